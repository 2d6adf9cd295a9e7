"""Calls for tests of what leaves: where they may lead, and one that is sent."""

from rejoinder.web.egress.addresses import policy
from rejoinder.web.egress.client import Call, Egress, Reply

OPEN = policy("1-65535", "127.0.0.0/8")


def a_call(url: str, most_bytes: int = 1_000_000) -> Call:
    return Call(purpose="test", project_id=1, url=url, body=b"{}", most_bytes=most_bytes)


async def sent(egress: Egress, url: str, most_bytes: int = 1_000_000) -> Reply:
    async with egress.opened():
        return await egress.send(a_call(url, most_bytes))
