"""Creating users, and issuing and revoking personal API keys."""

from collections.abc import Sequence
from uuid import UUID

from argon2 import PasswordHasher

from rejoinder.auth import queries, rules
from rejoinder.auth.events import KeyCreated, KeyRevoked, UserCreated
from rejoinder.auth.types import NewKey, User
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Tx
from rejoinder.ids import PERSONAL_KEY_PREFIX, digest, new_id, new_token

_hasher = PasswordHasher()
_LONGEST_EMAIL = 254


async def create_user(
    tx: Tx, email: str, password: str, *, first_name: str = "", last_name: str = ""
) -> User:
    """A new user who belongs to no organization yet.

    Raises:
        Invalid: the address is not one, or is taken (attr `email`).
    """
    address = email.strip()
    name, at, host = address.rpartition("@")
    too_long = len(address) > _LONGEST_EMAIL
    if too_long or not (name and at and host) or any(map(str.isspace, address)):
        raise Invalid("Enter a valid email address.", attr="email")
    hashed = _hasher.hash(password)
    user = await queries.add_user(tx, address, first_name, last_name, hashed)
    if user is None:
        raise Invalid("A user with this email already exists.", attr="email", code="unique")
    tx.emit(UserCreated(user_id=user.id))
    return user


async def create_key(
    tx: Tx, user_id: int, scopes: Sequence[str], *, project_ids: Sequence[int] = (), label: str = ""
) -> NewKey:
    """A personal API key; only its hash is stored, so this is the one time to read it."""
    granted = rules.checked_scopes(scopes)
    key = NewKey(new_id(), new_token(PERSONAL_KEY_PREFIX))
    await queries.add_key(tx, key.id, user_id, label, digest(key.key), granted, project_ids)
    tx.emit(
        KeyCreated(
            key_id=key.id, user_id=user_id, scopes=list(granted), project_ids=list(project_ids)
        )
    )
    return key


async def revoke_key(tx: Tx, key_id: UUID) -> None:
    """The key opens nothing from the moment this commits.

    Raises:
        NotFound: there is no such key in force.
    """
    user_id = await queries.revoke_key(tx, key_id)
    if user_id is None:
        raise NotFound("There is no such key in force.")
    tx.emit(KeyRevoked(key_id=key_id, user_id=user_id))
