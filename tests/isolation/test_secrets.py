"""A secret is shown once: it stands in no table, in no log, and in no second answer."""

from typing import Final

import httpx
import pytest

from rejoinder.auth.commands import issue_reset
from rejoinder.channels.widget.commands import issue_restore_token
from rejoinder.db.pool import Database
from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from tests.builders import ROOT
from tests.isolation.attack import attempt, path_ids
from tests.isolation.table import TABLE, of
from tests.isolation.world import World, a_world

# Keys of signatures: a hash could not sign. Whoever may change them may read them.
_READABLE: Final = {"projects", "webhook_secrets"}
_TABLES: Final = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"


async def tables_with(database: Database, secret: str) -> set[str]:
    """Those in which the secret stands, as text or as bytes."""
    found: set[str] = set()
    async with database.session() as session:
        for (table,) in await session.connection.fetch(_TABLES):
            wanted = [f"%{secret}%", f"%{secret.encode().hex()}%"]
            query = f"SELECT count(*) FROM {table} t WHERE t::text LIKE ANY($1)"
            if await session.connection.fetchval(query, wanted):
                found.add(table)
    return found


async def test_no_table_holds_what_opens_something(
    work: Work, client: httpx.AsyncClient, database: Database
) -> None:
    world = await a_world(work, client)
    async with work.begin(ROOT) as tx:
        reset = await issue_reset(tx, world.desk.ada.id)
    async with work.begin(Actor(world.desk.project.id, "system", "test")) as tx:
        restore = await issue_restore_token(tx, world.ids["email"])
    await world.desk.client.post("/api/password_reset/", json={"email": world.desk.ada.email})
    cookie = world.browser.cookie.partition("=")[2]
    secrets = [each for each in world.secrets if "rejoinder_session" not in each]

    where = {
        secret: await tables_with(database, secret) for secret in (*secrets, cookie, reset, restore)
    }

    assert where[reset] == where[restore] == where[cookie] == where[world.desk.key] == set()
    assert set().union(*where.values()) == _READABLE
    # The search can find something.
    assert where[world.desk.project.secret_api_token] == {"projects"}


async def test_no_log_line_holds_a_secret_or_a_customers_word(
    work: Work, client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    world = await a_world(work, client)
    query = {"personal_api_key": world.desk.key, "search": world.mark}
    await client.get(world.desk.tickets, params=query)
    await client.get(f"/api/invites/{world.ids['invite_token']}/")
    await client.get("/api/nowhere/" + world.desk.key)
    written = "".join(capsys.readouterr())

    assert "route=/api/projects/{project_id}/conversations/tickets " in written
    assert [each for each in (world.mark, *world.secrets) if each in written] == []


async def test_no_second_answer_holds_what_was_shown_once(
    victim: World, client: httpx.AsyncClient
) -> None:
    """Neither to the victim: a session that is stolen gets no key to keep."""
    project = victim.desk.project.secret_api_token
    # Links to files are signed anew for whoever may see the files.
    once = [each for each in victim.secrets if each != project and each.count(".") != 1]
    once.remove(victim.browser.csrf_token)
    for operation in of("project", "organization", "account"):
        entry = TABLE[operation]
        if not (entry.writes or entry.streams):
            asked = attempt(operation, path_ids(entry, victim.ids), victim.ids)
            answer = await asked.by(client, victim.browser.headers)
            assert [each for each in once if each in answer.text] == []
