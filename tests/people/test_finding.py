"""Finding persons by a text, and how PostgreSQL does it."""

from collections.abc import AsyncGenerator

import pytest

from rejoinder.db.pool import Database, connect
from rejoinder.db.sql import Statement
from rejoinder.people import finding
from rejoinder.settings import Settings
from tests.builders import Desk
from tests.conftest import a_copy
from tests.people.test_persons import found, person
from tests.plans.noting import Noting

PROJECT = 1
SEED = Statement("""
WITH organization AS (
    INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'Seeded') RETURNING id
), project AS (
    INSERT INTO projects (organization_id, name, api_token, widget_public_token, secret_api_token)
    SELECT id, 'Seeded', 'a', 'b', 'c' FROM organization RETURNING id
), person AS (
    INSERT INTO persons (project_id, id, properties, name, distinct_ids, created_at)
    SELECT project.id, gen_random_uuid(),
        json_build_object('email', 'visitor' || n || '@example.com', 'name', 'Visitor ' || n),
        'visitor' || n || '@example.com', ARRAY['id-' || n], now() + n * interval '1 s'
    FROM project, generate_series(1, $1) AS n
    RETURNING project_id, id, distinct_ids
)
INSERT INTO person_distinct_ids (project_id, distinct_id, person_id)
SELECT project_id, distinct_ids[1], id FROM person
""")


@pytest.fixture(scope="module")
async def seeded(server: str, template: str) -> AsyncGenerator[Database]:
    """20,000 persons, with fresh statistics."""
    async with a_copy(server, template) as dsn, connect(dsn, Settings()) as database:
        await database.run(SEED, 20_000)
        # As autovacuum leaves it: what waits to be sorted into an index makes it dear to look up.
        await database.run(Statement("SELECT gin_clean_pending_list('persons_text')"))
        await database.run(Statement("ANALYZE persons, person_distinct_ids"))
        yield database


@pytest.fixture
async def noting(seeded: Database) -> AsyncGenerator[Noting]:
    database = Noting(seeded)
    yield database
    await database.close()


async def test_a_text_finds_persons_by_name_address_and_the_beginning_of_an_id(desk: Desk) -> None:
    ada = await person(desk, "a-1", properties={"email": "ada@example.com", "name": "Ada Lovelace"})
    bea = await person(desk, "lovely-2", properties={"username": "bea_100%"})
    await person(desk, "c-3", properties={"email": "cleo@elsewhere.org"})

    assert await found(desk, search=" love ") == [bea, ada]
    assert await found(desk, search="LOVE") == [ada]
    assert await found(desk, search="ada@ex") == [ada]
    assert await found(desk, search="a_100%") == [bea]
    assert await found(desk, search="lovely-2") == [bea]
    assert await found(desk, search="ovely-2") == []
    assert await found(desk, search="a%e") == []
    assert await found(desk, search="lo", limit=1, offset=1) == [ada]
    assert await found(desk, search="x" * 201) == []
    assert len(await found(desk, search=" ")) == 3


async def test_a_text_finds_nobody_in_another_project(desk: Desk, other_desk: Desk) -> None:
    await person(other_desk, "cleo", properties={"name": "Cleo"})

    assert await found(desk, search="cleo") == []


async def test_a_common_text_is_found_among_the_newest(noting: Noting) -> None:
    people = await finding.find(noting, PROJECT, "visitor", limit=20, offset=900)

    assert people[0].distinct_ids == ["id-19100"]
    assert noting.indexes == [{"persons_created"}]


async def test_a_rare_text_is_found_by_the_index_of_texts(noting: Noting) -> None:
    (visitor,) = await finding.find(noting, PROJECT, "visitor777@", limit=20, offset=0)

    assert visitor.distinct_ids == ["id-777"]
    assert {"persons_text", "person_distinct_ids_prefix"} <= noting.indexes[-1]
    assert noting.read_through == set()


async def test_the_beginning_of_an_id_is_found_by_its_index(noting: Noting) -> None:
    people = await finding.find(noting, PROJECT, "id-77", limit=200, offset=0)

    assert len(people) == 1 + 10 + 100
    assert "person_distinct_ids_prefix" in noting.indexes[-1]
    assert noting.read_through == set()
