"""Whoever has a shell on the server, as commands see them."""

from rejoinder.db.pool import Database
from rejoinder.events.event import INSTALLATION, Actor
from rejoinder.events.reactions import queue_reactions
from rejoinder.events.work import Work
from rejoinder.wiring import REACTIONS


def operator(project_id: int = INSTALLATION) -> Actor:
    return Actor(project_id, "system", "cli")


def work_on(database: Database) -> Work:
    """Work like a server's: its events are announced and reacted to."""
    return Work(database, reactors=[queue_reactions(REACTIONS)])
