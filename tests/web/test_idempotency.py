"""A request that is sent twice acts once."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Response, delete, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from rejoinder.errors import Conflict
from rejoinder.events.event import Actor
from rejoinder.events.work import Work
from rejoinder.ids import new_id
from rejoinder.web.idempotency import purge_expired, transaction
from rejoinder.web.request import ApiRequest
from tests.web.app import application, client, envelope

ADD = Statement("INSERT INTO organizations (id, name) VALUES ($1, $2)")
COUNT = Statement("SELECT count(*) FROM organizations WHERE name = $1")
AGE = Statement("UPDATE idempotency_keys SET created_at = now() - interval '25 hours'")


class Named(Struct):
    name: str = ""
    wait: float = 0
    fail: bool = False


class Added(Struct):
    id: UUID
    name: str


def actor_of(request: ApiRequest) -> Actor:
    return Actor(1, "user", request.headers.get("x-user", "1"))


@post("/organizations/{place:str}")
async def add(request: ApiRequest, place: FromPath[str], data: JSONBody[Named]) -> Response[Added]:
    work: Work = request.app.state["work"]
    async with transaction(request, work, actor_of(request)) as (tx, answer):
        added = Added(new_id(), data.name)
        await tx.run(ADD, added.id, added.name)
        await asyncio.sleep(data.wait)
        if data.fail:
            raise Conflict("Not today.")
        return await answer(added, 201)


@delete("/organizations/{place:str}", status_code=204)
async def remove(request: ApiRequest, place: FromPath[str]) -> Response[None]:
    work: Work = request.app.state["work"]
    async with transaction(request, work, actor_of(request)) as (_, answer):
        return await answer(None, 204)


@post("/forgetful")
async def forgetful(request: ApiRequest) -> None:
    work: Work = request.app.state["work"]
    async with transaction(request, work, actor_of(request)):
        pass


@pytest.fixture
async def api(database: Database) -> AsyncGenerator[httpx.AsyncClient]:
    work = Work(database)
    app = application(add, remove, forgetful, state={"work": work})
    async with client(app) as speaking:
        yield speaking


@pytest.fixture
def name() -> str:
    return str(new_id())


async def send(
    api: httpx.AsyncClient, key: str | None, name: str, *, path: str = "a", **more: Any
) -> httpx.Response:
    headers: dict[str, str] = more.pop("headers", {})
    if key is not None:
        headers["idempotency-key"] = key
    return await api.post(f"/organizations/{path}", json={"name": name, **more}, headers=headers)


async def test_without_a_key_every_request_acts(
    api: httpx.AsyncClient, database: Database, name: str
) -> None:
    first, second = await send(api, None, name), await send(api, None, name)

    assert first.json()["id"] != second.json()["id"]
    assert await database.value(COUNT, name) == 2


async def test_a_repeat_gets_the_first_answer_and_changes_nothing(
    api: httpx.AsyncClient, database: Database, name: str
) -> None:
    first, second = await send(api, name, name), await send(api, name, name)

    assert (second.status_code, second.content) == (201, first.content)
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert second.headers["content-type"] == "application/json"
    assert await database.value(COUNT, name) == 1


async def test_an_answer_without_content_is_repeated_too(api: httpx.AsyncClient, name: str) -> None:
    headers = {"idempotency-key": name}
    first = await api.delete("/organizations/a", headers=headers)
    second = await api.delete("/organizations/a", headers=headers)

    assert (first.status_code, first.content) == (204, b"")
    assert (second.status_code, second.content) == (204, b"")
    assert second.headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize("other", [{"wait": 0.001}, {"path": "b"}])
async def test_a_key_belongs_to_one_request(
    api: httpx.AsyncClient, database: Database, name: str, other: dict[str, Any]
) -> None:
    await send(api, name, name)
    answer = await send(api, name, name, **other)

    assert answer.status_code == 422
    assert answer.json() == envelope(
        "invalid_request",
        "idempotency_key_reused",
        "This idempotency key was used for a different request.",
    )
    assert await database.value(COUNT, name) == 1


async def test_two_callers_may_pick_the_same_key(
    api: httpx.AsyncClient, database: Database, name: str
) -> None:
    await send(api, name, name, headers={"x-user": "1"})
    await send(api, name, name, headers={"x-user": "2"})

    assert await database.value(COUNT, name) == 2


async def test_of_requests_at_the_same_time_one_acts(
    api: httpx.AsyncClient, database: Database, name: str
) -> None:
    answers = await asyncio.gather(*(send(api, name, name, wait=0.2) for _ in range(5)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    busy = next(answer for answer in answers if answer.status_code == 409)
    assert busy.json()["code"] == "idempotency_key_in_use"
    assert await database.value(COUNT, name) == 1


async def test_what_failed_may_be_tried_again(
    api: httpx.AsyncClient, database: Database, name: str
) -> None:
    failed = await send(api, name, name, fail=True)
    again = await send(api, name, name, fail=False)

    assert (failed.status_code, again.status_code) == (409, 201)
    assert await database.value(COUNT, name) == 1


async def test_a_key_is_forgotten_after_a_day(
    api: httpx.AsyncClient, database: Database, name: str
) -> None:
    await send(api, name, name)
    await database.run(AGE)
    again = await send(api, name, name, wait=0.001)
    await database.run(AGE)

    assert again.status_code == 201
    assert await purge_expired(database) >= 1
    assert await purge_expired(database) == 0


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
async def test_a_key_is_printable_and_short(
    api: httpx.AsyncClient, database: Database, name: str, key: str
) -> None:
    answer = await send(api, key, name)

    assert (answer.status_code, answer.json()["attr"]) == (400, "Idempotency-Key")
    assert await database.value(COUNT, name) == 0


async def test_a_transaction_without_an_answer_is_a_fault_of_ours(api: httpx.AsyncClient) -> None:
    assert (await api.post("/forgetful")).status_code == 500
