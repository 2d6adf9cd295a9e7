"""Which scopes, levels and projects let a caller through."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, assert_never

import msgspec

from rejoinder.auth.types import SCOPES, Grant, Level, Scope
from rejoinder.errors import Forbidden, Invalid, NotFound

_LONGEST_EMAIL: Final = 254


def allows(granted: Sequence[str], wanted: Scope) -> bool:
    """Whether the granted scopes cover the wanted one; write implies read."""
    if "*" in granted or wanted in granted:
        return True
    subject, _, action = wanted.partition(":")
    return action == "read" and f"{subject}:write" in granted


def changes(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What of `wanted` differs as JSON; what is absent before is null."""
    encode = partial(msgspec.json.encode, order="deterministic")
    return {
        name: value for name, value in wanted.items() if encode(value) != encode(before.get(name))
    }


def may(level: Level, wanted: Scope) -> bool:
    """Whether a teammate of this level may do what the scope says: viewers only read."""
    match level:
        case "owner" | "admin" | "agent":
            return True
        case "viewer":
            return wanted.endswith(":read")
        case _:
            assert_never(level)


def project_of(grant: Grant, name: str) -> int:
    """The project that the URL names, by number or as `@current`.

    Raises:
        NotFound: there is none, or its organization is not the caller's; the two look alike.
        Forbidden: the caller has it, but this key is limited to others.
    """
    if name == "@current":
        candidates = grant.limited_to or grant.project_ids
        visible = [project for project in candidates if project in grant.project_ids]
        if not visible:
            raise NotFound
        return visible[0]
    project_id = int(name) if name.isascii() and name.isdecimal() and len(name) < 19 else 0  # noqa: PLR2004  below 2^63
    if project_id not in grant.project_ids:
        raise NotFound
    if grant.limited_to and project_id not in grant.limited_to:
        raise Forbidden(f"API key does not have access to the requested project: ID {project_id}.")
    return project_id


def checked_scopes(scopes: Sequence[str]) -> list[Scope]:
    """The scopes, if each exists and there is at least one."""
    if not scopes:
        raise Invalid("Name at least one scope.", attr="scopes", code="required")
    known: list[Scope] = [scope for scope in SCOPES if scope in scopes]
    for scope in scopes:
        if scope not in SCOPES:
            message = f'"{scope}" is not a valid choice. Scopes are {", ".join(SCOPES)}.'
            raise Invalid(message, attr="scopes", code="invalid_choice")
    return known


def checked_email(email: str) -> str:
    """The address without space around it.

    Raises:
        Invalid: it is none (attr `email`).
    """
    address = email.strip()
    name, at, host = address.rpartition("@")
    too_long = len(address) > _LONGEST_EMAIL
    if too_long or not (name and at and host) or not address.isprintable() or " " in address:
        raise Invalid("Enter a valid email address.", attr="email")
    return address


def spent_token() -> Invalid:
    return Invalid("This link is not valid, or no longer.", attr="token", code="invalid_token")


def checked_projects(project_ids: Sequence[int], grant: Grant) -> list[int]:
    """The projects, if the user sees each of them.

    Raises:
        Invalid: one is none of theirs (attr `scoped_projects`).
    """
    for project_id in project_ids:
        if project_id not in grant.project_ids:
            message = f'"{project_id}" is not a valid choice.'
            raise Invalid(message, attr="scoped_projects", code="invalid_choice")
    return sorted(set(project_ids))
