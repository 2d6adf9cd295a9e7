"""The one LISTEN connection of a process: it hears what other processes committed."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

import asyncpg
import structlog

from rejoinder.db.connection import DATABASE_AWAY
from rejoinder.events.announcement import CHANNEL, Announcement, decode
from rejoinder.events.work import Listener

log = structlog.get_logger(__name__)

APPLICATION_NAME: Final = "rejoinder listening"
"""What PostgreSQL calls the connection in its list of them."""

_LONGEST_PAUSE = 2.0
_LONGEST_SILENCE = 5.0


class Ear:
    """Feeds announcements of other processes to `listener`; says so when it has been deaf.

    While `hearing` is false nothing cached may be trusted; `deaf` is called when it turns false.
    Of the process' own commits it hears only if `is_untold` says that nobody told the listeners.
    """

    def __init__(
        self,
        dsn: str,
        process: str,
        listener: Listener,
        deaf: Callable[[], Awaitable[None]],
        *,
        is_untold: Callable[[Announcement], bool] = lambda _: False,
        others: Mapping[str, Callable[[str], None]] | None = None,
    ) -> None:
        """`others` take the payloads of further channels, those of this process among them."""
        self.hearing = False
        self._dsn = dsn
        self._process = process
        self._listener = listener
        self._deaf = deaf
        self._is_untold = is_untold
        self._others = others or {}

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[None]:
        """Listens until the block ends."""
        task = asyncio.create_task(self.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def run(self) -> None:
        """Listens until cancelled, across any number of lost connections."""
        pause = 0.05
        while True:
            try:
                await self._listen()
                pause = 0.05
            except DATABASE_AWAY as error:
                log.warning("listen.lost", error=type(error).__name__)
            finally:
                self.hearing = False
                await self._deaf()
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _listen(self) -> None:
        """Returns when the connection is lost."""
        heard: asyncio.Queue[str | None] = asyncio.Queue()
        connection = await asyncpg.connect(
            self._dsn,
            timeout=_LONGEST_SILENCE,
            command_timeout=_LONGEST_SILENCE,
            server_settings={"application_name": APPLICATION_NAME},
        )
        try:

            def hear(_c: object, _pid: object, _channel: object, payload: object) -> None:
                heard.put_nowait(str(payload))

            def hear_other(_c: object, _pid: object, channel: str, payload: object) -> None:
                self._others[channel](str(payload))

            def end(_c: object) -> None:
                heard.put_nowait(None)

            connection.add_termination_listener(end)
            await connection.add_listener(CHANNEL, hear)
            for channel in self._others:
                await connection.add_listener(channel, hear_other)
            await self._deaf()
            self.hearing = True
            while (payload := await self._next(connection, heard)) is not None:
                await self._hear(decode(payload))
        finally:
            connection.terminate()

    async def _next(
        self, connection: "asyncpg.Connection[asyncpg.Record]", heard: asyncio.Queue[str | None]
    ) -> str | None:
        """What is heard next; in long silence the connection has to show that it still lives."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LONGEST_SILENCE):
                    return await heard.get()
            await connection.execute("SELECT 1")

    async def _hear(self, announcement: Announcement) -> None:
        # What this process committed itself was handled before its caller was answered: usually.
        if announcement.process != self._process or self._is_untold(announcement):
            await self._listener(announcement)
