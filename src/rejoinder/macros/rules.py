"""Pure decisions about macros."""

from typing import Final

import msgspec

from rejoinder.errors import Invalid
from rejoinder.macros.types import Actions, Macro, NewMacro

_LONGEST_ACTIONS: Final = 10_000


def checked(new: NewMacro) -> NewMacro:
    """The macro, if it does anything.

    Raises:
        Invalid: it has neither a text nor an action, or too long a list of actions.
    """
    if len(msgspec.json.encode(new.actions)) > _LONGEST_ACTIONS:
        detail = f"Actions may take {_LONGEST_ACTIONS} bytes."
        raise Invalid(detail, attr="actions", code="max_length")
    says = new.content.strip() or new.rich_content is not None
    if not says and new.actions == Actions():
        raise Invalid("A macro needs a reply or an action.")
    return new


def changed_fields(macro: NewMacro, wanted: NewMacro) -> list[str]:
    """The names of what would be different."""
    return [
        field
        for field in NewMacro.__struct_fields__
        if getattr(wanted, field) != getattr(macro, field)
    ]


def check_owner(macro: Macro, fields: list[str], user_id: int) -> None:
    """Raises Invalid when somebody would take the team's macro who did not make it."""
    if "visibility" in fields and macro.creator_id != user_id:
        detail = "Only the creator of a macro can change this."
        raise Invalid(detail, attr="visibility")
