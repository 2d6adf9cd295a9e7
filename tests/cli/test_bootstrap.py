"""The first start's secrets: made once, shown once, and they work."""

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rejoinder.cli.bootstrap import OWNER, first_start
from rejoinder.settings import Settings
from tests.cli.shell import COMMAND, answer, environment
from tests.conftest import a_client


def settings_of(dsn: str) -> Settings:
    return Settings(
        database_url=dsn, public_url="http://testserver", rate_limits=False, background_jobs=False
    )


async def test_the_first_start_shows_a_key_that_opens_project_one(dsn: str) -> None:
    settings = settings_of(dsn)

    welcome = await first_start(dsn, settings)
    assert welcome is not None
    key = re.findall(r"API key +(phx_\S+)", welcome)[0]
    async with a_client(settings) as client:
        response = await client.get(
            "/api/projects/1/conversations/tickets/", headers={"Authorization": f"Bearer {key}"}
        )

    assert response.json()["count"] == 0
    assert "Inbox     http://testserver/\n" in welcome
    assert OWNER in welcome
    assert re.search(r"Password +\S{23}\n", welcome)


async def test_the_printed_curl_lines_are_whole(dsn: str) -> None:
    welcome = await first_start(dsn, settings_of(dsn))
    assert welcome is not None
    curls = [line.strip() for line in welcome.splitlines() if line.startswith("  curl")]

    assert len(curls) == 2
    assert all(
        line.endswith(" http://testserver/api/projects/1/conversations/tickets/") for line in curls
    )
    assert ["-d '{" in line for line in curls] == [False, True]


async def test_a_second_start_makes_no_new_secrets(dsn: str) -> None:
    first = await first_start(dsn, settings_of(dsn))

    assert first is not None
    assert await first_start(dsn, settings_of(dsn)) is None


async def test_of_servers_that_start_together_one_is_first(dsn: str) -> None:
    starts = await asyncio.gather(*(first_start(dsn, settings_of(dsn)) for _ in range(4)))

    assert [welcome is not None for welcome in starts].count(True) == 1


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[str]]:
    """What `rejoinder serve` prints up to and including that it is ready."""
    server = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", "--port", "0", "--log-format", "json"],
        env=environment(data_dir=str(tmp_path)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    lines = list[str]()
    for line in server.stdout:
        lines.append(line.strip())
        if line.startswith("Rejoinder is ready"):
            break
    yield lines
    server.send_signal(signal.SIGTERM)
    server.stdout.read()
    server.stdout.close()
    assert server.wait(20) == 0


def test_a_running_server_notices_what_the_command_line_does(
    started: list[str], tmp_path: Path
) -> None:
    url = next(line.split()[-1] for line in started if line.startswith("curl"))
    create = ("create-key", "--user", OWNER, "--scopes", "ticket:read")
    key = answer("admin", *create, "--data-dir", str(tmp_path))

    def status() -> int:
        return httpx.get(url, headers={"Authorization": f"Bearer {key['key']}"}).status_code

    before = status()
    answer("admin", "revoke-key", key["id"], "--data-dir", str(tmp_path))

    assert (before, status()) == (200, 401)
