"""THE list: what must hold, under the name by which reports call it."""

from collections.abc import Mapping
from typing import Final

from tests.faults.checker.case import Case, Invariant
from tests.faults.checker.counts import counters_true, numbers_gapless
from tests.faults.checker.order import order_kept, readers_saw_all
from tests.faults.checker.outbox import outbox_empty
from tests.faults.checker.secrecy import notes_inside, projects_apart, secrets_unlogged
from tests.faults.checker.storage import database_sound, files_owned
from tests.faults.checker.writes import acknowledged_once, refused_absent, shown_once

INVARIANTS: Final[Mapping[str, Invariant]] = {
    "I1 what was acknowledged is there once": acknowledged_once,
    "I1 what was acknowledged is shown once": shown_once,
    "I2 what was refused is nowhere": refused_absent,
    "I3 projects are apart": projects_apart,
    "I4 ticket numbers have no gap": numbers_gapless,
    "I5 counters equal a recount": counters_true,
    "I6 order is that of acknowledgement": order_kept,
    "I7 readers saw everything": readers_saw_all,
    "I8 the outbox is empty and all arrived": outbox_empty,
    "I9 notes are in no public place": notes_inside,
    "I10 files and rows are one": files_owned,
    "I11 the database is sound": database_sound,
    "I12 no secret is in a log": secrets_unlogged,
}


async def violations(case: Case) -> list[str]:
    """What is wrong, as lines to be read; none is good."""
    return [
        f"{name}: {problem}"
        for name, invariant in INVARIANTS.items()
        for problem in await invariant(case)
    ]
