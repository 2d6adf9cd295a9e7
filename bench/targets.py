"""The servers that are measured: ours, and what it is compared with."""

import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from bench.cases import Case
from bench.measure import Target
from bench.processes import postmaster, rejoinder, serving, valkey
from bench.world import FOLDER, World

_REFERENCE: Final = Path("bench/reference")
_GUNICORN: Final = FOLDER / "reference/bin/gunicorn"

HAS_REFERENCE: Final = _GUNICORN.exists()
"""Whether `make bench-reference` has installed what the reference needs."""


@contextmanager
def ours(world: World, settings: Mapping[str, str]) -> Generator[Target]:
    """The server as it is installed, with these settings on top of the usual ones."""
    usual = {"REJOINDER_RATE_LIMITS": "false", "REJOINDER_LOG_FORMAT": "json"}
    log = f"server-{world.plan.tickets}"
    with _served(rejoinder("serve"), world, log, "/livez", usual | dict(settings)) as target:
        yield target


@contextmanager
def everybody(
    world: World, cases: Sequence[Case], settings: Mapping[str, str]
) -> Generator[dict[str, Target]]:
    """Those whom the cases need; the reference only where it is installed."""
    floors = {case.floor_server for case in cases if case.floor}
    with ExitStack() as stack:
        targets = {"ours": stack.enter_context(ours(world, settings))}
        for name, path in (("floor", "/constant/"), ("framework", "/")):
            if name in floors:
                command = [sys.executable, "-m", f"bench.{name}"]
                targets[name] = stack.enter_context(_served(command, world, name, path))
        if any(case.server == "redis" for case in cases):
            shared = {**settings, "REJOINDER_REDIS_URL": stack.enter_context(valkey(FOLDER))}
            targets["redis"] = stack.enter_context(ours(world, shared))
        if HAS_REFERENCE and any(case.drf for case in cases):
            command = [str(_GUNICORN), "--config", str(_REFERENCE / "gunicorn.conf.py")]
            command += ["--chdir", str(_REFERENCE)]
            targets["drf"] = stack.enter_context(_served(command, world, "reference", "/livez"))
        yield targets


@contextmanager
def _served(
    command: Sequence[str],
    world: World,
    log: str,
    path: str,
    settings: Mapping[str, str] | None = None,
) -> Generator[Target]:
    environment = {"REJOINDER_DATABASE_URL": world.dsn, **(settings or {})}
    with serving(command, environment, FOLDER / f"{log}.log", path=path) as server:
        yield Target(server, postmaster(FOLDER))
