"""From the command to the first answer, and what the server and its PostgreSQL then hold."""

import shutil
import time
from pathlib import Path

from msgspec import Struct

from bench.processes import memory_mb, rejoinder, serving, tree

_SETTLE_S = 3.0


class Startup(Struct, frozen=True):
    """Seconds from nothing and from an existing data directory; megabytes when idle."""

    first_s: float
    again_s: float
    python_mb: float
    postgres_mb: float

    @property
    def idle_mb(self) -> float:
        return self.python_mb + self.postgres_mb


def startup(folder: Path) -> Startup:
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
        postgres = memory_mb(database)
        python = memory_mb([pid for pid in everything if pid not in database])
    shutil.rmtree(data, ignore_errors=True)
    return Startup(first.started_in, again.started_in, python, postgres)


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except OSError:
        return False
