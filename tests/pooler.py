"""PgBouncer from a distribution's packages, in front of a PostgreSQL of the tests."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Literal
from urllib.parse import SplitResult, parse_qs, urlsplit

import asyncpg
import pytest

from tests.eventually import eventually
from tests.faults.served import free_port

Mode = Literal["session", "transaction", "statement"]

# The last two as the guide to operation has them.
_CONFIGURATION: Final = """
[databases]
* = host={host} port=5432
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {users}
pool_mode = {mode}
default_pool_size = 60
server_login_retry = 1
"""


@asynccontextmanager
async def a_pooler(dsn: str, mode: Mode) -> AsyncGenerator[str]:
    """The DSN of the same database behind a PgBouncer, which ends with the block."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        pytest.skip("There is no pgbouncer on this machine.")
    url, port = urlsplit(dsn), free_port()
    folder = Path(tempfile.mkdtemp(prefix="rejoinder-pooler-"))
    process = _started(program, folder, url, port=port, mode=mode)
    behind = f"postgresql://{url.username}@127.0.0.1:{port}{url.path}?sslmode=disable"
    try:
        await eventually(lambda: _answers(behind), expected=True)
        yield behind
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)
        shutil.rmtree(folder)


def _started(
    program: str, folder: Path, url: SplitResult, *, port: int, mode: Mode
) -> "subprocess.Popen[bytes]":
    users, configuration = folder / "users", folder / "pgbouncer.ini"
    users.write_text(f'"{url.username}" ""\n')
    host = parse_qs(url.query)["host"][0]
    configuration.write_text(_CONFIGURATION.format(host=host, port=port, users=users, mode=mode))
    folder.chmod(0o755)
    # Root it refuses to be; who owns PostgreSQL's socket may use it.
    owner = Path(host, ".s.PGSQL.5432").stat().st_uid if os.geteuid() == 0 else None
    return subprocess.Popen([program, "--quiet", configuration], user=owner)


async def _answers(dsn: str) -> bool:
    try:
        await (await asyncpg.connect(dsn, timeout=2)).close()
    except (OSError, asyncpg.PostgresError):
        return False
    return True
