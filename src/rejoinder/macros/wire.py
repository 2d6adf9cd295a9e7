"""What the macros API takes and answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from rejoinder.auth.basic_user import BasicUser, basic_user
from rejoinder.errors import Invalid, within
from rejoinder.macros.types import Actions, Macro, NewMacro, Visibility
from rejoinder.messages import rich
from rejoinder.people.types import JsonObject
from rejoinder.tickets import rules
from rejoinder.tickets.types import Priority, Status
from rejoinder.tickets.wire import AssigneeIn

Name = Annotated[str, Meta(max_length=200)]
Description = Annotated[str, Meta(max_length=400)]
Content = Annotated[str, Meta(max_length=50_000, examples=["Hello {{customer.name}}, …"])]


class ActionsIn(Struct, frozen=True, kw_only=True):
    """What to change; null changes nothing. An assignee that is left out stays as it was stored."""

    status: Status | UnsetType | None = UNSET
    priority: Priority | UnsetType | None = UNSET
    tags: list[str] | UnsetType | None = UNSET
    assignee: AssigneeIn | UnsetType = UNSET

    def wanted(self, before: Actions) -> Actions:
        """Raises Invalid when a value is none that its field can have."""
        with within("actions"):
            assignee = before.assignee
            if self.assignee is not UNSET:
                assignee = rules.parse_assignee(self.assignee) or UNSET
            return Actions(
                status=self.status or UNSET,
                priority=self.priority or UNSET,
                tags=rules.normal_tags(self.tags) if self.tags else UNSET,
                assignee=assignee,
            )


class MacroBody(Struct, frozen=True, kw_only=True):
    """A macro to save: it has a text, an action, or both."""

    name: Name
    description: Description = ""
    content: Content = ""
    rich_content: dict[str, Any] | None = None
    actions: ActionsIn | None = None
    visibility: Visibility = "team"

    def wanted(self) -> NewMacro:
        """Raises Invalid when a value is none that its field can have."""
        return NewMacro(
            name=_name(self.name),
            description=self.description,
            content=self.content,
            rich_content=_document(self.rich_content),
            actions=(self.actions or ActionsIn()).wanted(Actions()),
            visibility=self.visibility,
        )


class MacroPatch(Struct, frozen=True, kw_only=True):
    """What is absent stays as it is. `actions` replace all that were stored but the assignee."""

    name: Name | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    content: Content | UnsetType = UNSET
    rich_content: dict[str, Any] | UnsetType | None = UNSET
    actions: ActionsIn | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET

    def on(self, before: NewMacro) -> NewMacro:
        """The macro with these changes. Raises Invalid as `MacroBody.wanted`."""
        document = self.rich_content
        return NewMacro(
            name=before.name if self.name is UNSET else _name(self.name),
            description=before.description if self.description is UNSET else self.description,
            content=before.content if self.content is UNSET else self.content,
            rich_content=before.rich_content if document is UNSET else _document(document),
            actions=before.actions
            if self.actions is UNSET
            else self.actions.wanted(before.actions),
            visibility=before.visibility if self.visibility is UNSET else self.visibility,
        )


class MacroOut(Struct, frozen=True):
    """A macro; its text may hold `{{variables}}`, which whoever applies it fills in."""

    id: UUID
    short_id: str
    name: str
    description: str
    content: str
    rich_content: JsonObject | None
    actions: Actions
    visibility: Visibility
    created_at: datetime
    created_by: BasicUser | None


def macro_out(macro: Macro) -> MacroOut:
    return MacroOut(
        macro.id,
        macro.short_id,
        macro.name,
        macro.description,
        macro.content,
        macro.rich_content,
        msgspec.json.decode(macro.actions, type=Actions),
        macro.visibility,
        macro.created_at,
        basic_user(
            macro.creator_id, macro.creator_first_name, macro.creator_last_name, macro.creator_email
        ),
    )


def _name(given: str) -> str:
    if not (name := given.strip()):
        raise Invalid("This field may not be blank.", attr="name", code="blank")
    return name


def _document(given: dict[str, Any] | None) -> dict[str, Any] | None:
    if given is None:
        return None
    document = rich.checked(given)
    if rich.attachments_in(document):
        raise Invalid("Attachments belong to one message.", attr="rich_content")
    return document
