"""Every change of a macro."""

from typing import Any, Final

import msgspec
from msgspec import UNSET

from rejoinder.errors import Invalid, within
from rejoinder.events.work import Tx
from rejoinder.ids import new_id, new_short_id
from rejoinder.macros import queries, rules
from rejoinder.macros.events import MacroChanged, MacroCreated, MacroDeleted
from rejoinder.macros.types import Actions, Macro, NewMacro
from rejoinder.tickets.commands.change import check_assignee

MOST_MACROS: Final = 1_000


async def create(tx: Tx, new: NewMacro, user_id: int) -> str:
    """A macro of this teammate's; returns its short id.

    Raises:
        Invalid: it does nothing, assigns to nobody of ours, or the project has too many.
    """
    if await queries.count_macros(tx, tx.project_id) >= MOST_MACROS:
        raise Invalid(f"A project has at most {MOST_MACROS} macros.")
    await _check_assignee(tx, rules.checked(new).actions)
    macro_id, short_id = new_id(), new_short_id()
    await queries.add_macro(tx, tx.project_id, macro_id, new, short_id, user_id)
    tx.emit(MacroCreated(macro_id=macro_id))
    return short_id


async def change(tx: Tx, macro: Macro, wanted: NewMacro, user_id: int) -> None:
    """The macro as wanted.

    Raises:
        Invalid: as `create`; or the team's macro would become that of one who did not make it.
    """
    before = as_wanted(macro)
    fields = rules.changed_fields(before, wanted)
    if not fields:
        return
    rules.check_owner(macro, fields, user_id)
    rules.checked(wanted)
    if wanted.actions.assignee != before.actions.assignee:
        await _check_assignee(tx, wanted.actions)
    await queries.change_macro(tx, tx.project_id, macro.id, wanted)
    tx.emit(MacroChanged(macro_id=macro.id, fields=fields))


async def remove(tx: Tx, macro: Macro) -> None:
    await queries.remove_macro(tx, tx.project_id, macro.id)
    tx.emit(MacroDeleted(macro_id=macro.id))


def as_wanted(macro: Macro) -> NewMacro:
    """What would have to be wanted for the macro to be as it is."""
    document = macro.rich_content
    return NewMacro(
        name=macro.name,
        description=macro.description,
        content=macro.content,
        rich_content=None
        if document is None
        else msgspec.json.decode(document, type=dict[str, Any]),
        actions=msgspec.json.decode(macro.actions, type=Actions),
        visibility=macro.visibility,
    )


async def _check_assignee(tx: Tx, actions: Actions) -> None:
    if actions.assignee is not UNSET:
        with within("actions"):
            await check_assignee(tx, actions.assignee)
