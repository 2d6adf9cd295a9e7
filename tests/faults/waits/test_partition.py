"""The network between the server and its database loses everything for a while."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import AsyncGenerator, Generator

import httpx
import pytest
from msgspec.structs import replace

from rejoinder.settings import Settings
from tests.eventually import eventually
from tests.faults.waits.network import Network, a_network
from tests.faults.waits.report import LONG, report
from tests.faults.waits.situation import (
    LONGEST_S,
    STATEMENT_MS,
    Answered,
    Situation,
    a_situation,
)
from tests.processes import is_root
from tests.receiver import Receiver, a_receiver
from tests.webhooks.hooks import a_hook

_APART_S = 30.0 if LONG else 5.0
_WRITERS = 4

pytestmark = pytest.mark.skipif(not is_root(), reason="only root can make a network")


@pytest.fixture
def network() -> Generator[Network]:
    with a_network() as network:
        yield network


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver]:
    async with a_receiver() as receiver:
        yield receiver


@pytest.fixture
async def far(network: Network, dsn: str, settings: Settings) -> AsyncGenerator[Situation]:
    """A desk whose server runs jobs and sends webhooks, with its database on the other machine."""
    with network.serving(dsn) as far_dsn:
        limited = replace(
            Settings(),
            database_url=far_dsn,
            data_dir=settings.data_dir,
            statement_timeout_ms=STATEMENT_MS,
            rate_limits=False,
            egress_ports="1-65535",
            egress_networks="127.0.0.0/8",
        )
        async with a_situation(limited, replace(settings, database_url=dsn)) as situation:
            yield situation


class Writer:
    """Says one thing after the other, each again and again until it is acknowledged."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self.said: list[str] = []
        self.answers: list[Answered] = []
        self.enough = False

    async def run(self) -> None:
        while not self.enough:
            text = secrets.token_hex(8)
            while not await self._say(text):  # noqa: ASYNC110  as a client would
                await asyncio.sleep(0.1)
            self.said.append(text)

    async def _say(self, text: str) -> bool:
        began = time.monotonic()
        answer: httpx.Response = await self._situation.desk.call(
            "POST",
            f"{self._situation.ticket}/reply/",
            {"message": text},
            headers={"Idempotency-Key": text},
        )
        seconds = time.monotonic() - began
        self.answers.append(Answered("reply", answer.status_code, seconds, {}))
        return answer.is_success


async def test_after_a_partition_everything_is_there_once(
    far: Situation, network: Network, receiver: Receiver
) -> None:
    await a_hook(far.desk, receiver, events=["message.sent"])
    writers = [Writer(far) for _ in range(_WRITERS)]
    tasks = [asyncio.create_task(writer.run()) for writer in writers]
    await asyncio.sleep(1)
    apart = time.monotonic()
    network.pull_out()
    await asyncio.sleep(_APART_S)
    network.plug_in()
    began = time.monotonic()
    for writer in writers:
        writer.enough = True
    await asyncio.gather(*tasks)

    answers = [answer for writer in writers for answer in writer.answers]
    report(f"a partition of {_APART_S:.0f} s, healed in {time.monotonic() - began:.1f} s", answers)
    assert {answer.status for answer in answers} <= {201, 503, 409}
    assert max(answer.seconds for answer in answers) < LONGEST_S
    said = Counter(text for writer in writers for text in writer.said)
    shown = Counter(await _thread(far))
    assert {text: shown[text] for text in said} == said
    await _until_delivered(receiver, len(said))
    assert_only_repeated_around(apart, receiver)
    await eventually(far.is_served, expected=True)


def assert_only_repeated_around(moment: float, receiver: Receiver) -> None:
    """Sent again, once, is only that of which nobody could write down any more that it arrived."""
    first: dict[str, float] = {}
    for each in receiver.received:
        if each.id in first:
            assert abs(first[each.id] - moment) < LONGEST_S
        first.setdefault(each.id, each.at)
    assert max(Counter(receiver.ids).values()) <= 2


async def _thread(situation: Situation) -> list[str]:
    """Whatever the thread shows, page by page."""
    shown: list[str] = []
    path: str | None = f"{situation.ticket}/messages/"
    while path is not None:
        page = (await situation.desk.call("GET", path)).json()
        shown += [message["content"] for message in page["results"]]
        path = httpx.URL(page["next"]).raw_path.decode() if page["next"] else None
    return shown


async def _until_delivered(receiver: Receiver, count: int) -> None:
    async def delivered() -> bool:
        return len(set(receiver.ids)) >= count

    await eventually(delivered, expected=True)
