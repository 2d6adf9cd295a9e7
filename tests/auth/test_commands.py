"""Users and keys: what is refused, what is kept of a secret, what is announced."""

import secrets

import pytest

from rejoinder.auth.commands import create_key, create_user, revoke_key
from rejoinder.auth.events import KeyCreated, KeyRevoked, UserCreated
from rejoinder.db.sql import Statement
from rejoinder.errors import Invalid, NotFound
from rejoinder.events.work import Work
from rejoinder.ids import digest, new_id
from tests.builders import ROOT, Desk

KEPT = Statement("SELECT key_hash FROM personal_api_keys WHERE id = $1")
PASSWORD = Statement("SELECT password_hash FROM users WHERE id = $1")


async def test_of_a_key_only_the_hash_is_kept(desk: Desk) -> None:
    async with desk.work.begin(ROOT) as tx:
        key = await create_key(tx, desk.ada.id, ["ticket:read", "ticket:read"])
        events = tx.events

    assert key.key.startswith("phx_")
    assert len(key.key) > 40
    assert await desk.work.database.value(KEPT, key.id) == digest(key.key)
    assert events == [
        KeyCreated(
            key_id=key.id,
            user_id=desk.ada.id,
            label="",
            scopes=["ticket:read"],
            project_ids=[],
        )
    ]


@pytest.mark.parametrize("scopes", [[], ["ticket:fly"], ["ticket:read", "x"], ["TICKET:READ"]])
async def test_scopes_are_those_we_know(desk: Desk, scopes: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        async with desk.work.begin(ROOT) as tx:
            await create_key(tx, desk.ada.id, scopes)

    assert refused.value.attr == "scopes"


async def test_a_key_is_revoked_once(desk: Desk) -> None:
    async with desk.work.begin(ROOT) as tx:
        key = await create_key(tx, desk.ada.id, ["*"])
        await revoke_key(tx, key.id)
        events = tx.events

    assert events[-1] == KeyRevoked(key_id=key.id, user_id=desk.ada.id)
    for gone in (key.id, new_id()):
        with pytest.raises(NotFound):
            async with desk.work.begin(ROOT) as tx:
                await revoke_key(tx, gone)


async def test_a_password_is_kept_as_argon2id(work: Work) -> None:
    async with work.begin(ROOT) as tx:
        user = await create_user(tx, f" Ada.{secrets.token_hex(4)}@example.com ", "open sesame")
        events = tx.events

    kept = await work.database.value(PASSWORD, user.id)
    assert kept.startswith("$argon2id$")
    assert user.email == user.email.strip()
    assert events == [UserCreated(user_id=user.id, email=user.email, first_name="", last_name="")]


@pytest.mark.parametrize("email", ["", "ada", "@x", "a@", "a b@example.com", "a" * 250 + "@x.org"])
async def test_an_address_is_one(work: Work, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        async with work.begin(ROOT) as tx:
            await create_user(tx, email, "open sesame")

    assert refused.value.attr == "email"


async def test_an_address_is_taken_in_any_case(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        async with desk.work.begin(ROOT) as tx:
            await create_user(tx, desk.ada.email.upper(), "open sesame")

    assert (refused.value.attr, refused.value.code) == ("email", "unique")
