"""Who may make whom what."""

from typing import Final

from rejoinder.auth.types import ADMINISTRATORS, Level
from rejoinder.errors import Forbidden, Invalid

_LONGEST_NAME: Final = 200


def check_may_set(by: Level | None, before: Level | None, after: Level | None) -> None:
    """Whether a member of level `by` may bring somebody from one level to another; None: outside.

    Raises:
        Forbidden: only admins change members, and only owners make and unmake owners.
    """
    if by not in ADMINISTRATORS:
        raise Forbidden("You need to be an admin of the organization.")
    if "owner" in {before, after} and by != "owner":
        raise Forbidden("Only an owner makes or unmakes owners.")


def check_an_owner_stays(owners: int, before: Level, after: Level | None) -> None:
    """Raises Invalid when nobody would be left who may do everything."""
    if before == "owner" and after != "owner" and owners == 1:
        raise Invalid("An organization needs an owner.", attr="level", code="last_owner")


def checked_name(name: str) -> str:
    """The name without space around it.

    Raises:
        Invalid: nothing is left of it, or too much (attr `name`).
    """
    if not 0 < len(stripped := name.strip()) <= _LONGEST_NAME:
        raise Invalid(f"Give a name of 1 to {_LONGEST_NAME} characters.", attr="name")
    return stripped
