"""What macros announce. Their texts never stand in here: macros may be personal."""

from uuid import UUID

from rejoinder.events.event import Event


class MacroCreated(Event, frozen=True, kw_only=True, tag="macro.created"):
    """A macro was saved."""

    macro_id: UUID


class MacroChanged(Event, frozen=True, kw_only=True, tag="macro.changed"):
    """Fields of a macro were set; `fields` names them."""

    macro_id: UUID
    fields: list[str]


class MacroDeleted(Event, frozen=True, kw_only=True, tag="macro.deleted"):
    """A macro is gone."""

    macro_id: UUID
