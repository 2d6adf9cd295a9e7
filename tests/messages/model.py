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
            self.unread_by_team += 1
        elif not said.is_private:
            self.unread_by_customer += 1
            self.status = status or self.status
        return said


def for_the_team(conversation: Conversation) -> dict[str, Any]:
    """As the list of tickets shows it."""
    last = conversation.last
    return {
        "id": conversation.id,
        "status": conversation.status,
        "unread_team_count": conversation.unread_by_team,
        "unread_customer_count": conversation.unread_by_customer,
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
    return datetime.fromisoformat(value) if name.endswith("_at") and value else value
