"""Projects by their widget's token, remembered until their settings or secrets change."""

from collections.abc import Callable

from rejoinder.channels.widget import queries
from rejoinder.channels.widget.types import WidgetProject
from rejoinder.db.pool import Database
from rejoinder.events.announcement import Announcement
from rejoinder.events.event import INSTALLATION
from rejoinder.organizations.settings import decoded

_CHANGES = "project."


class Projects:
    """Token → project. Unknown tokens are not remembered: strangers could fill the memory."""

    def __init__(self, trusted: Callable[[], bool]) -> None:
        self._trusted = trusted
        self._known: dict[str, WidgetProject] = {}
        self._age = 0

    async def find(self, database: Database, token: str) -> WidgetProject | None:
        """None when the token is unknown, or the project's conversations are switched off."""
        if self._trusted() and (known := self._known.get(token)) is not None:
            return known
        age = self._age
        row = await queries.project_of_token(database, token)
        if row is None:
            return None
        secrets = (row.secret,) if row.backup is None else (row.secret, row.backup)
        project = WidgetProject(row.id, secrets, decoded(row.settings))
        if age == self._age:
            self._known[token] = project
        return project

    async def heard(self, announcement: Announcement) -> None:
        types = announcement.types
        if (
            announcement.project_id == INSTALLATION
            or not types
            or any(name.startswith(_CHANGES) for name in types)
        ):
            self.forget()

    def forget(self) -> None:
        self._age += 1
        self._known.clear()
