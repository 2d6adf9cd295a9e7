"""Open pages that ask for news: each has a connection of its own and asks every five seconds."""

from msgspec import Struct

from bench import load
from bench.goals import Verdict, at_most
from bench.load import Job
from bench.measure import Target, calm
from bench.processes import memory_mb, open_many_files, tree
from bench.talk import Talk

_EVERY_S = 5.0
_CPU_MS = 0.12
# The server's own files, and those that are open for other reasons.
_OTHER_FILES = 500


class Widgets(Struct, frozen=True):
    """So many pages, and the cores that they keep busy."""

    wanted: int
    pages: int
    rate: float
    failed: int
    p50: float
    p99: float
    python_cores: float
    postgres_cores: float
    python_mb: float
    """What the server holds while they are connected."""

    @property
    def cpu_ms(self) -> float:
        """CPU of a poll."""
        return (self.python_cores + self.postgres_cores) * 1000 / self.rate

    def verdicts(self) -> list[Verdict]:
        name = f"{self.pages:,} open widgets"
        return [at_most(name, "CPU of a poll, ms", _CPU_MS, self.cpu_ms)]


def widgets(target: Target, talk: Talk, wanted: int, seconds: float) -> Widgets:
    """As many of the wanted pages as the system lets a process have connections."""
    pages = min(wanted, open_many_files() - _OTHER_FILES)
    calm(target)
    polls = [talk.polls(behind=False)]
    job = Job(target.server.port, polls, pages, seconds, rate=pages / _EVERY_S)

    def look() -> tuple[float, float, float]:
        return *target.cpu(), memory_mb(tree(target.server.pid))

    outcome, before, after = load.run(job, look)
    return Widgets(
        wanted,
        pages,
        outcome.rate,
        outcome.failed,
        outcome.p50,
        outcome.p99,
        (after[0] - before[0]) / 1e6 / outcome.seconds,
        (after[1] - before[1]) / 1e6 / outcome.seconds,
        after[2],
    )
