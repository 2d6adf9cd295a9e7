"""Every operation, asked by everybody who may not, and for everything that is not theirs."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from rejoinder.db.pool import Database
from tests.isolation.attack import (
    MALFORMED,
    attempt,
    names_objects,
    path_ids,
    unknown_ids,
)
from tests.isolation.intruders import Intruder, intruders
from tests.isolation.operations import operations
from tests.isolation.table import TABLE, of
from tests.isolation.traces import shown_of, state_of
from tests.isolation.world import World

# Longer than any number of a project or user.
_A_NUMBER = 6

_GUARDED = of("project", "organization", "account")
_WITH_IDS = [each for each in _GUARDED if TABLE[each].ids]
_NAMING = [each for each in _GUARDED if names_objects(TABLE[each]) and not TABLE[each].streams]


@pytest.fixture(scope="module")
async def everybody(victim: World, own: World) -> list[Intruder]:
    return await intruders(victim, own)


@pytest.fixture
async def untouched(
    victim: World, everybody: list[Intruder], database: Database
) -> AsyncGenerator[None]:
    """The victim's rows are after the test what they were before."""
    before = await state_of(database, victim)
    yield
    assert await state_of(database, victim) == before


def test_every_operation_has_an_entry() -> None:
    assert sorted(TABLE) == operations()


@pytest.mark.parametrize("operation", _GUARDED)
async def test_nobody_gets_in_without_the_right_to(
    operation: str,
    victim: World,
    everybody: list[Intruder],
    client: httpx.AsyncClient,
    untouched: None,
) -> None:
    entry = TABLE[operation]
    asked = attempt(operation, path_ids(entry, victim.ids), victim.ids)
    wrong: list[object] = []
    for intruder in everybody:
        if (status := intruder.verdict(entry)) is None:
            continue
        answer = await asked.by(client, intruder.headers)
        shown = shown_of(victim, answer)
        if answer.status_code != status or shown:
            wrong.append((intruder.name, answer.status_code, status, shown, answer.text))

    assert wrong == []


@pytest.mark.parametrize("operation", of("project", "organization"))
async def test_a_foreign_project_looks_like_none(
    operation: str,
    victim: World,
    own: World,
    everybody: list[Intruder],
    client: httpx.AsyncClient,
) -> None:
    entry = TABLE[operation]
    nowhere = path_ids(entry, unknown_ids(victim))
    foreign = path_ids(entry, victim.ids)
    for intruder in everybody:
        if intruder.verdict(entry) == 404:
            answers = [
                await attempt(operation, ids, victim.ids).by(client, intruder.headers)
                for ids in (foreign, nowhere)
            ]
            assert answers[0].content == answers[1].content
            assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("operation", _WITH_IDS)
async def test_nothing_foreign_deleted_or_unknown_is_found_in_ones_own_place(
    operation: str,
    victim: World,
    own: World,
    client: httpx.AsyncClient,
    untouched: None,
) -> None:
    entry = TABLE[operation]
    mine = path_ids(entry, own.ids)
    unknown = unknown_ids(victim)
    for name, kept in entry.ids.items():
        wanted = {"foreign": victim.ids[kept], "unknown": unknown[kept]}
        if kept in own.deleted:
            wanted["deleted"] = own.deleted[kept]
        wanted |= {f"malformed {text}": text for text in MALFORMED}
        answers = {
            case: await attempt(operation, mine | {name: text}, own.ids).by(
                client, own.browser.headers
            )
            for case, text in wanted.items()
        }
        statuses = {case: answer.status_code for case, answer in answers.items()}
        # What is no id at all may also be said to be none.
        assert set(statuses.values()) <= {400, 404, 405}, (name, statuses)
        assert answers["foreign"].content == answers["unknown"].content
        assert statuses["foreign"] == 404
        assert all(not shown_of(victim, answer) for answer in answers.values())


@pytest.mark.parametrize("operation", _NAMING)
async def test_what_is_foreign_cannot_be_named_in_what_one_says(
    operation: str,
    victim: World,
    own: World,
    client: httpx.AsyncClient,
    untouched: None,
) -> None:
    mine = path_ids(TABLE[operation], own.ids)
    unknown = unknown_ids(victim)
    answers: list[httpx.Response] = []
    for ids in (victim.ids, unknown):
        answer = await attempt(operation, mine, ids).by(client, own.browser.headers)
        answers.append(answer)

    foreign, nowhere = [
        _without(answer, ids) for answer, ids in zip(answers, (victim.ids, unknown), strict=True)
    ]
    assert foreign == nowhere
    said = victim.ids["distinct_id"], victim.ids["email"]
    assert not [each for each in shown_of(victim, answers[0]) if each not in said]


def _without(answer: httpx.Response, ids: dict[str, str]) -> tuple[int, str]:
    """What it says apart from what was asked for."""
    text = answer.text
    for each in sorted(ids.values(), key=len, reverse=True):
        text = text.replace(f'\\"{each}\\"', "…")
        if len(each) > _A_NUMBER:
            text = text.replace(each, "…")
    return answer.status_code, text
