"""From the command to the first answer, and what a server and its PostgreSQL take when idle."""

import shutil
import time
from pathlib import Path

from msgspec import Struct

from bench.goals import Verdict, at_most
from bench.processes import cpu_us, memory_mb, rejoinder, serving, tree

START_S = 3.0
IDLE_MB = 250.0

_SETTLE_S = 3.0


class Startup(Struct, frozen=True):
    """Seconds from nothing and from an existing data directory; what it takes to do nothing."""

    first_s: float
    again_s: float
    python_mb: float
    postgres_mb: float
    python_cores: float
    postgres_cores: float

    @property
    def idle_mb(self) -> float:
        return self.python_mb + self.postgres_mb

    @property
    def idle_cores(self) -> float:
        return self.python_cores + self.postgres_cores

    def verdicts(self) -> list[Verdict]:
        name = "a server of its own"
        return [
            at_most(name, "first start, s", START_S, self.first_s),
            at_most(name, "next start, s", START_S, self.again_s),
            at_most(name, "idle memory, MB", IDLE_MB, self.idle_mb),
        ]


def startup(folder: Path, idle_seconds: float) -> Startup:
    data = folder / "startup"
    shutil.rmtree(data, ignore_errors=True)
    environment = {"REJOINDER_DATA_DIR": str(data)}
    log = folder / "startup.log"
    with serving(rejoinder("serve"), environment, log) as first:
        pass
    with serving(rejoinder("serve"), environment, log) as again:
        time.sleep(_SETTLE_S)
        everything = tree(again.pid)
        database = [pid for pid in everything if _is_postgres(pid)]
        python = [pid for pid in everything if pid not in database]
        before = cpu_us(python), cpu_us(database)
        time.sleep(idle_seconds)
        spent = cpu_us(python) - before[0], cpu_us(database) - before[1]
        held = memory_mb(python), memory_mb(database)
    shutil.rmtree(data, ignore_errors=True)
    cores = (us / 1e6 / idle_seconds for us in spent)
    return Startup(first.started_in, again.started_in, *held, *cores)


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except OSError:
        return False
