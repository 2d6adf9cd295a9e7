"""The work for one webhook, as long as it has something to do.

Only the process that holds the webhook does it. Each step is one transaction under the webhook's
lock: it writes down what came of attempts, turns the log into deliveries and reads what is due;
the attempts themselves are made between the steps. So nothing that a receiver does keeps a
transaction open, and nobody else changes the order of deliveries meanwhile.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

import structlog
from msgspec import Struct

from rejoinder.db.connection import DATABASE_AWAY
from rejoinder.events.event import Actor
from rejoinder.events.work import Tx, Work
from rejoinder.web.egress.client import Egress
from rejoinder.webhooks import commands, queries, rules
from rejoinder.webhooks.attempt import attempt
from rejoinder.webhooks.types import Due, Key, Outcome, Webhook

log = structlog.get_logger(__name__)

_BATCH: Final = 500
# An announced event can be read once every older transaction has ended: soon, but not at once.
LOOKS_S: Final = (0.005, 0.02, 0.1, 0.5, 1.0)


class Pace(Struct, frozen=True, kw_only=True):
    """How a courier works. What it leaves behind is missed after a `lease`."""

    poll: timedelta = timedelta(seconds=1)
    beat: timedelta = timedelta(seconds=5)
    lease: timedelta = timedelta(seconds=15)
    # Less than the eight seconds that a server takes to stop.
    grace: timedelta = timedelta(seconds=4)
    # Attempts at one webhook, and webhooks, at once.
    attempts: int = 8
    rounds: int = 500


class Step(Struct, frozen=True):
    """What a step found: who is to be sent what, and whether the log goes on."""

    webhook: Webhook
    secrets: Sequence[str]
    due: Sequence[Due]
    has_more: bool


class Round:
    """One webhook's, in the hands of `holder`."""

    def __init__(
        self,
        work: Work,
        egress: Egress,
        key: Key,
        holder: str,
        *,
        pace: Pace,
        turn: asyncio.Semaphore,
    ) -> None:
        """`turn` bounds how many rounds use the database at once."""
        self.key = key
        self._work = work
        self._egress = egress
        self._holder = holder
        self._pace = pace
        self._turn = turn
        self._stirred = asyncio.Event()
        self._stopping = False
        self._flying: dict[asyncio.Task[Outcome], Due] = {}

    def nudge(self) -> None:
        """The project's log may have grown."""
        self._stirred.set()

    def stop(self) -> None:
        """Sends nothing more; `run` returns when the attempts under way have ended."""
        self._stopping = True
        self._stirred.set()

    async def run(self) -> None:
        """Works until nothing is left to do for the moment, or somebody else holds the webhook."""
        looks = 0
        try:
            while looks < len(LOOKS_S) and not (self._stopping and not self._flying):
                self._stirred.clear()
                step = await self._step()
                if step is None:
                    return
                self._begin(step)
                looks = 0 if step.due or self._flying else looks + 1
                if not step.has_more:
                    await within(LOOKS_S[looks - 1], self._stirred)
            await self._release()
        finally:
            for task in self._flying:
                task.cancel()

    async def _step(self) -> Step | None:
        """One step, tried until the database takes it; None when the webhook is not ours."""
        while True:
            try:
                async with self._turn:
                    return await self._try_step()
            except DATABASE_AWAY as error:
                log.warning("webhook.waits", webhook=str(self.key.id), error=type(error).__name__)
                await asyncio.sleep(LOOKS_S[-1])

    async def _try_step(self) -> Step | None:
        landed = [task for task in self._flying if task.done()]
        outcomes = [task.result() for task in landed]
        actor = Actor(self.key.project_id, "system", "webhooks")
        async with self._work.begin(actor) as tx:
            webhook = await queries.held(tx, self.key, self._holder)
            if webhook is None:
                return None
            is_open = await self._write_down(tx, webhook, outcomes)
            step = await self._look(tx, webhook, landed, is_open=is_open)
        for task in landed:
            del self._flying[task]
        return step

    async def _write_down(self, tx: Tx, webhook: Webhook, outcomes: Sequence[Outcome]) -> bool:
        """Whether the webhook goes on being sent events."""
        if outcomes:
            await queries.finish(tx, self.key, outcomes)
        if any(outcome.was_failing for outcome in outcomes):
            await queries.hasten(tx, self.key)
        reasons = [outcome.ends_because for outcome in outcomes if outcome.ends_because]
        if reasons and webhook.enabled:
            await commands.disable(tx, webhook, reasons[0])
        return webhook.enabled and not reasons

    async def _look(
        self, tx: Tx, webhook: Webhook, landed: Sequence[asyncio.Task[Outcome]], *, is_open: bool
    ) -> Step:
        """What is new and due."""
        flying = [due.event_id for task, due in self._flying.items() if task not in landed]
        free = self._pace.attempts - len(flying)
        if self._stopping or not is_open or free < 1:
            return Step(webhook, (), (), has_more=False)
        subjects = rules.subjects(public_only=webhook.public_only)
        has_more = await queries.dispatch(tx, self.key, subjects, _BATCH)
        due = await queries.due(tx, self.key, flying, free)
        secrets = await queries.webhook_secrets(tx, self.key) if due else ()
        return Step(webhook, [secret.secret for secret in secrets], due, has_more)

    def _begin(self, step: Step) -> None:
        for due in step.due:
            task = asyncio.create_task(
                attempt(self._egress, self.key, step.webhook, step.secrets, due)
            )
            self._flying[task] = due
            task.add_done_callback(lambda _: self._stirred.set())

    async def _release(self) -> None:
        with suppress(*DATABASE_AWAY):
            await queries.release(self._work.database, self.key, self._holder)


async def within(seconds: float, event: asyncio.Event) -> bool:
    """Whether the event is set before the time is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await event.wait()
    return False
