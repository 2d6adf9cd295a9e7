"""Users, their passwords and sessions, and their personal API keys."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from rejoinder.auth import queries, rules
from rejoinder.auth.events import (
    KeyChanged,
    KeyCreated,
    KeyRevoked,
    PasswordChanged,
    PasswordResetRequested,
    SessionsEnded,
    SignedIn,
    SignInRefused,
    UserActivated,
    UserChanged,
    UserCreated,
    UserDeactivated,
)
from rejoinder.auth.passwords import checked, hashed
from rejoinder.auth.types import Device, Key, Lifetime, NewKey, NewSession, User
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.ids import (
    PERSONAL_KEY_PREFIX,
    RESET_PREFIX,
    SESSION_PREFIX,
    digest,
    new_id,
    new_token,
)


async def create_user(
    tx: Tx, email: str, password: str, *, first_name: str = "", last_name: str = ""
) -> User:
    """A new user who belongs to no organization yet.

    Raises:
        Invalid: the address is not one, or is taken (attr `email`); the password is none.
    """
    address = rules.checked_email(email)
    password_hash = hashed(checked(password))
    return await add_user(tx, address, password_hash, first_name=first_name, last_name=last_name)


async def add_user(
    tx: Tx, email: str, password_hash: str, *, first_name: str = "", last_name: str = ""
) -> User:
    """As `create_user`, for an address that was checked and a password that was hashed."""
    user = await queries.add_user(tx, email, first_name, last_name, password_hash)
    if user is None:
        raise Invalid("A user with this email already exists.", attr="email", code="unique")
    tx.emit(UserCreated(user_id=user.id, email=email, first_name=first_name, last_name=last_name))
    return user


async def change_password(
    tx: Tx,
    user_id: int,
    password_hash: str,
    *,
    by: Literal["user", "reset", "operator"],
    keep: UUID | None = None,
) -> None:
    """Another password; every session but the one to `keep` ends."""
    await queries.set_password(tx, user_id, password_hash)
    await queries.clear_resets(tx, user_id)
    tx.emit(PasswordChanged(user_id=user_id, by=by))
    await end_sessions(tx, user_id, but=keep)


async def deactivate_user(tx: Tx, user_id: int) -> None:
    """Nobody is let in as this user: sessions, keys and links for a password end."""
    if not await queries.set_active(tx, user_id, active=False):
        return
    tx.emit(UserDeactivated(user_id=user_id))
    await queries.clear_resets(tx, user_id)
    await end_sessions(tx, user_id, but=None)
    for key_id in await queries.revoke_keys(tx, user_id):
        tx.emit(KeyRevoked(key_id=key_id, user_id=user_id))


async def activate_user(tx: Tx, user_id: int) -> None:
    """The user can sign in with the password they had; keys are made anew."""
    if await queries.set_active(tx, user_id, active=True):
        tx.emit(UserActivated(user_id=user_id))


async def issue_reset(tx: Tx, user_id: int) -> str:
    """A token with which the user may choose a password, once and within an hour."""
    token = new_token(RESET_PREFIX)
    await queries.add_reset(tx, digest(token), user_id)
    tx.emit(PasswordResetRequested(user_id=user_id))
    return token


async def redeem_reset(tx: Tx, token: str, password_hash: str) -> int:
    """The password of whoever the token was mailed to; says who that is.

    Raises:
        Invalid: the token was used, has run out, or never was (`invalid_token`).
    """
    user_id = await queries.take_reset(tx, digest(token))
    if user_id is None:
        raise rules.spent_token()
    await change_password(tx, user_id, password_hash, by="reset")
    return user_id


async def change_profile(
    tx: Tx,
    user_id: int,
    *,
    first_name: str | None = None,
    last_name: str | None = None,
    preferences: dict[str, Any] | None = None,
) -> None:
    """What is None stays; preferences are merged by their names, null unsets one.

    Raises:
        Invalid: the preferences would grow beyond ten kilobytes.
    """
    before = await queries.locked_profile(tx, user_id)
    wanted = {"first_name": first_name, "last_name": last_name}
    names = {name: text.strip() for name, text in wanted.items() if text is not None}
    known = {"first_name": before.first_name, "last_name": before.last_name}
    values: dict[str, Any] = rules.changes(known, names)
    previous: dict[str, Any] = {name: known[name] for name in values}
    if values:
        await queries.set_names(tx, user_id, **(known | names))
    preferred = msgspec.json.decode(before.preferences, type=dict[str, Any])
    if changed := rules.changes(preferred, preferences or {}):
        if not await queries.merge_preferences(tx, user_id, changed):
            raise Invalid("Preferences take at most 10 kB.", attr="preferences", code="max_length")
        values["preferences"] = changed
        previous["preferences"] = {name: preferred.get(name) for name in changed}
    if values:
        tx.emit(UserChanged(user_id=user_id, fields=list(values), values=values, previous=previous))


async def start_session(
    tx: Tx, user_id: int, device: Device, life: Lifetime, *, rehashed: str | None = None
) -> NewSession:
    """A session of its own for each sign-in; only its hash is stored.

    `rehashed` is the same password, hashed as we would hash it today.
    """
    session = NewSession(new_id(), new_token(SESSION_PREFIX))
    await queries.add_session(tx, session.id, user_id, digest(session.token), device, life)
    if rehashed is not None:
        await queries.set_password(tx, user_id, rehashed)
    tx.emit(SignedIn(session_id=session.id, user_id=user_id, address=device.address))
    return session


async def refuse_sign_in(tx: Tx, user_id: int | None, device: Device) -> None:
    """Keeps the attempt in the log."""
    tx.emit(SignInRefused(user_id=user_id, address=device.address))


async def end_session(tx: Tx, session_id: UUID, user_id: int) -> None:
    """The browser is signed out from the moment this commits.

    Raises:
        NotFound: the user has no such session.
    """
    if not await queries.end_session(tx, session_id, user_id):
        raise NotFound
    tx.emit(SessionsEnded(session_ids=[session_id], user_id=user_id))


async def end_sessions(tx: Tx, user_id: int, *, but: UUID | None) -> int:
    """Signs the user out everywhere else, or (None) everywhere; says how many that were."""
    ended = await queries.end_sessions(tx, user_id, but)
    if ended:
        tx.emit(SessionsEnded(session_ids=ended, user_id=user_id))
    return len(ended)


async def create_key(
    tx: Tx, user_id: int, scopes: Sequence[str], *, project_ids: Sequence[int] = (), label: str = ""
) -> NewKey:
    """A personal API key; only its hash is stored, so this is the one time to read it."""
    granted = rules.checked_scopes(scopes)
    key = NewKey(new_id(), new_token(PERSONAL_KEY_PREFIX))
    await queries.add_key(tx, key, user_id, label, granted, project_ids)
    tx.emit(
        KeyCreated(
            key_id=key.id,
            user_id=user_id,
            label=label,
            scopes=list(granted),
            project_ids=list(project_ids),
        )
    )
    return key


async def change_key(
    tx: Tx, user_id: int, key: Key, label: str, scopes: Sequence[str], project_ids: Sequence[int]
) -> Key:
    """The key, locked, under another label or with another reach."""
    granted = rules.checked_scopes(scopes)
    changed = replace(key, label=label, scopes=list(granted), scoped_projects=list(project_ids))
    if changed == key:
        return key
    await queries.change_key(tx, key.id, label, granted, project_ids)
    tx.emit(
        KeyChanged(
            key_id=key.id,
            user_id=user_id,
            label=label,
            scopes=changed.scopes,
            project_ids=changed.scoped_projects,
        )
    )
    return changed


async def revoke_key(tx: Tx, key_id: UUID) -> None:
    """The key opens nothing from the moment this commits.

    Raises:
        NotFound: there is no such key in force.
    """
    user_id = await queries.revoke_key(tx, key_id)
    if user_id is None:
        raise NotFound("There is no such key in force.")
    tx.emit(KeyRevoked(key_id=key_id, user_id=user_id))
