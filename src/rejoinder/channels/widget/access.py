"""Give me this project, this viewer, this ticket, if this caller may have it."""

from time import time
from uuid import UUID

from rejoinder.channels.widget import queries
from rejoinder.channels.widget.call import Call
from rejoinder.channels.widget.errors import Refused, forbidden, no_ticket
from rejoinder.channels.widget.memory import Part
from rejoinder.channels.widget.rules import identity, origins
from rejoinder.channels.widget.rules.ownership import owns
from rejoinder.channels.widget.switchboard import RememberedTicket, Switchboard
from rejoinder.channels.widget.types import Viewer, WidgetProject
from rejoinder.channels.widget.wire import Claims
from rejoinder.errors import Forbidden
from rejoinder.events.announcement import reader_key


async def project(board: Switchboard, call: Call) -> WidgetProject:
    """The project that the token opens.

    Raises:
        Refused, Forbidden: there is no token, or it opens nothing.
    """
    if not call.token:
        raise Refused(403, "Authentication required")
    found = await board.projects.find(board.database, call.token)
    if found is None:
        raise Forbidden("Invalid token or conversations not enabled", code="authentication_failed")
    return found


def check_origin(project: WidgetProject, call: Call) -> None:
    """Raises Refused when the page is not on the project's list."""
    if not origins.may_speak(call.origin, call.referer, call.user_agent, project.domains):
        raise Refused(403, "Origin not allowed")


def count_poll(board: Switchboard, project: WidgetProject, who: Claims) -> None:
    """Raises Throttled; apart from writes, so that polling never stops anybody from writing."""
    key = f"{project.id}:{who.session_id or who.distinct_id}"
    board.limits.hit_here("widget_poll", key)
    board.limits.hit_here("widget_token_poll", str(project.id))


async def count_write(board: Switchboard, project: WidgetProject, who: Claims) -> None:
    """Raises Throttled."""
    key = f"{project.id}:{who.session_id or who.distinct_id}"
    await board.limits.hit("widget_write", key)
    await board.limits.hit("widget_token_write", str(project.id))


async def viewer(board: Switchboard, project: WidgetProject, who: Claims) -> Viewer:
    """Who asks, as far as it was proven.

    Raises:
        Refused: an identity was claimed, and is not proven.
    """
    session_id = "" if who.session_id is None else str(who.session_id)
    if not who.has_identity:
        return Viewer(session_id=session_id)
    if not identity.is_proven(project.secrets, who.distinct_id, who.hash):
        raise forbidden()
    email = ""
    if who.email_hash:
        email = identity.proven_email(
            project.secrets, who.distinct_id, who.email, who.email_hash, who.email_expiry, time()
        )
    return Viewer(
        session_id=session_id,
        distinct_id=who.distinct_id,
        distinct_ids=await _distinct_ids(board, project.id, who.distinct_id),
        email=email,
    )


async def ticket(
    board: Switchboard,
    project: WidgetProject,
    viewer: Viewer,
    ticket_id: UUID,
    *,
    fresh: bool = False,
) -> RememberedTicket:
    """The viewer's ticket; `fresh` asks the database, whatever is remembered.

    Raises:
        Refused: there is no such ticket, or it is not the viewer's.
    """

    async def read() -> tuple[RememberedTicket, tuple[UUID]]:
        state = await queries.ticket_state(board.database, project.id, ticket_id)
        if state is None:
            raise no_ticket()
        return RememberedTicket(state), (ticket_id,)

    recall = board.tickets.read if fresh else board.tickets.get
    found = await recall(project.id, ticket_id, read)
    if not owns(viewer, found.state):
        raise forbidden()
    return found


def parts_of(viewer: Viewer) -> frozenset[Part]:
    """What announcements name when the viewer sees other tickets than before."""
    readers = {*viewer.distinct_ids, viewer.session_id, viewer.email} - {""}
    return frozenset(reader_key(reader) for reader in readers)


async def _distinct_ids(board: Switchboard, project_id: int, distinct_id: str) -> frozenset[str]:
    async def read() -> tuple[frozenset[str], set[str]]:
        found = await queries.distinct_ids(board.database, project_id, distinct_id)
        return found, {reader_key(known) for known in found}

    return await board.people.get(project_id, distinct_id, read)
