"""Several servers on one database and one Valkey, as an operator would start them."""

import asyncio
import secrets
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from msgspec import Struct
from msgspec.structs import replace

from tests.builders import Desk
from tests.cli.shell import COMMAND, environment

_PATIENCE_S = 90.0


class Server(Struct):
    """One process of `rejoinder serve`, and who speaks to it."""

    process: subprocess.Popen[bytes]
    client: httpx.AsyncClient

    def kill(self) -> None:
        """As when its machine is lost."""
        self.process.kill()
        self.process.wait()

    def seen_by(self, desk: Desk) -> Desk:
        """The desk, reached through this server."""
        return replace(desk, client=self.client)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@asynccontextmanager
async def a_server(folder: Path, **settings: str) -> AsyncGenerator[Server]:
    """A server that is ready; it has ended after the block."""
    port = free_port()
    log = folder / f"server-{secrets.token_hex(4)}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: ASYNC220  it returns at once
            [sys.executable, "-c", COMMAND, "serve", "--port", str(port)],
            env=environment(**settings),
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            await _ready(client, process, log)
            yield Server(process, client)
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)


async def _ready(client: httpx.AsyncClient, process: subprocess.Popen[bytes], log: Path) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not await _is_ready(client):
            assert process.poll() is None, f"see {log}"
            await asyncio.sleep(0.05)


async def _is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).status_code == 200
    except httpx.TransportError:
        return False
