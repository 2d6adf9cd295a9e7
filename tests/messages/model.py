"""A conversation as it should be: plain Python that knows neither database nor clock."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LAST_TEXT = 500


@dataclass(eq=False)
class Said:
    """A message or note; `at` is when the server says that it was written."""

    conversation: "Conversation"
    id: str
    text: str
    at: datetime
    by_customer: bool = False
    is_private: bool = False
    version: int = 0
    is_deleted: bool = False

    @property
    def is_gone(self) -> bool:
        return self.is_deleted or self.conversation.is_deleted

    def edit(self, text: str) -> None:
        self.text = text
        self.version += 1

    def delete(self) -> None:
        self.is_deleted = True
        if not (self.is_private or self.by_customer):
            unread = self.conversation.unread_by_customer
            self.conversation.unread_by_customer = max(unread - 1, 0)


@dataclass(eq=False)
class Conversation:
    id: str
    status: str = "new"
    unread_by_team: int = 0
    unread_by_customer: int = 0
    is_deleted: bool = False
    merged_into: "Conversation | None" = None
    before_merge: str = ""
    assignee: dict[str, Any] | None = None
    snoozed_until: datetime | None = None
    said: list[Said] = field(default_factory=list[Said])

    @property
    def thread(self) -> list[Said]:
        """What the team reads."""
        return [each for each in self.said if not each.is_deleted]

    @property
    def public(self) -> list[Said]:
        """What the customer reads."""
        return [each for each in self.thread if not each.is_private]

    @property
    def last(self) -> Said | None:
        return self.public[-1] if self.public else None

    def add(self, said: Said, *, status: str | None = None) -> Said:
        """The message, which makes the status `status` where that is given."""
        self.said.append(said)
        if said.by_customer:
            self.unmerge()
            self.unread_by_team += 1
        elif not said.is_private:
            self.unread_by_customer += 1
            self.set_status(status or self.status)
        return said

    def set_status(self, status: str) -> None:
        """Another one ends a merge."""
        if status != self.status:
            self.merged_into = None
        self.status = status

    def snooze(self, until: datetime | None) -> None:
        """What begins to sleep is on hold, and what is woken is open."""
        was, self.snoozed_until = self.snoozed_until, until
        if bool(was) != bool(until):
            self.set_status("on_hold" if until else "open")

    def merge(self, target: "Conversation") -> None:
        self.before_merge = "open" if self.snoozed_until else self.status
        self.merged_into, self.status, self.snoozed_until = target, "resolved", None

    def unmerge(self) -> None:
        if self.merged_into is not None:
            self.merged_into, self.status = None, self.before_merge

    def split(self, moved: list[Said], new: "Conversation") -> None:
        """What is moved of what was unread, is unread there: the latest messages of each side."""
        new.unread_by_team = len(self._unread(by_customer=True) & set(moved))
        new.unread_by_customer = len(self._unread(by_customer=False) & set(moved))
        self.unread_by_team -= new.unread_by_team
        self.unread_by_customer -= new.unread_by_customer
        self.said = [each for each in self.said if each not in moved]
        new.said = moved
        for each in moved:
            each.conversation = new

    def _unread(self, *, by_customer: bool) -> set[Said]:
        count = self.unread_by_team if by_customer else self.unread_by_customer
        said = [each for each in self.public if each.by_customer == by_customer]
        return set(said[len(said) - min(count, len(said)) :])


def for_the_team(conversation: Conversation) -> dict[str, Any]:
    """As the list of tickets shows it."""
    last = conversation.last
    return {
        "id": conversation.id,
        "status": conversation.status,
        "unread_team_count": conversation.unread_by_team,
        "unread_customer_count": conversation.unread_by_customer,
        "merged_into": conversation.merged_into and conversation.merged_into.id,
        "assignee": conversation.assignee,
        "snoozed_until": conversation.snoozed_until,
        "message_count": len(conversation.public),
        "last_message_at": last and last.at,
        "last_message_text": last and last.text[:LAST_TEXT],
    }


def for_the_customer(conversation: Conversation) -> dict[str, Any]:
    """As the widget lists it."""
    last = conversation.last
    return {
        "id": conversation.id,
        "status": conversation.status,
        "unread_count": conversation.unread_by_customer,
        "message_count": len(conversation.public),
        "last_message_at": last and last.at,
        "last_message": last and last.text[:LAST_TEXT],
    }


def parts(shown: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Of what an answer shows that which the model knows of, times as times."""
    return {name: _value(name, shown[name]) for name in expected}


def _value(name: str, value: Any) -> Any:
    if name == "assignee":
        return value and {part: value[part] for part in ("type", "id")}
    is_time = name.endswith(("_at", "_until"))
    return datetime.fromisoformat(value) if is_time and value else value
