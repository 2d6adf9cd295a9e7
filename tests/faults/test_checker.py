"""The checker finds nothing after a load without faults, and everything that is planted."""

import shutil
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from tests.faults.checker.case import Case, a_case
from tests.faults.checker.invariants import INVARIANTS, violations
from tests.faults.figures import figures
from tests.faults.history import Write
from tests.faults.ordeal import check, endure
from tests.faults.plants import PLANTS
from tests.faults.served import Served, a_served


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    with a_served(tmp_path_factory.mktemp("checker")) as served:
        yield served


@pytest.fixture(scope="module")
async def case(served: Served) -> AsyncGenerator[Case]:
    """A short load, and what came of it."""
    await endure(served, seconds=4)
    async with a_case(served.folder) as case:
        yield case


async def test_a_load_without_faults_violates_nothing(case: Case) -> None:
    assert await violations(case) == []


async def test_a_load_does_everything_that_the_invariants_are_about(case: Case) -> None:
    done = {(write.what, write.outcome) for write in case.history.of(Write)}
    counted = figures("clean", case.history)

    assert {what for what, outcome in done if outcome == "ok"} == {
        "ticket", "message", "note", "patch", "delete ticket", "delete note",
    }  # fmt: skip
    assert {("message", "refused"), ("patch", "refused")} <= done
    assert (counted.unanswered, counted.statuses.get(500, 0)) == (0, 0)
    assert len({write.client for write in case.history.of(Write)}) == 20
    assert await case.db.fetchval("SELECT count(*) FROM attachments") > 0


def test_each_invariant_has_a_planted_violation() -> None:
    assert {found for found, _ in PLANTS.values()} == {name.split()[0] for name in INVARIANTS}


@pytest.mark.parametrize("planted", PLANTS)
async def test_a_planted_violation_is_found(case: Case, planted: str) -> None:
    wanted, plant = PLANTS[planted]
    transaction = case.db.transaction()
    await transaction.start()
    try:
        changed = await plant(case)
        found = [
            problem
            for name, invariant in INVARIANTS.items()
            if name.split()[0] == wanted
            for problem in await invariant(changed)
        ]
    finally:
        await transaction.rollback()

    assert found != []


async def test_the_program_prints_what_is_wrong(case: Case, served: Served, tmp_path: Path) -> None:
    shutil.copy(served.folder / "world.json", tmp_path)
    lines = (served.folder / "history.jsonl").read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if b'"how":"hook"' not in line]
    (tmp_path / "history.jsonl").write_bytes(b"".join(kept))

    found = check(tmp_path)

    assert check(served.folder) == []
    assert {line.split()[0] for line in found} == {"I8"}
