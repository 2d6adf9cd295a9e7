"""Sends requests to the addresses that were checked, within a time and up to a size."""

import asyncio
import ssl
import time
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from functools import cache
from typing import Final, cast

import httpcore
import structlog
from msgspec import Struct

from rejoinder.settings import Settings
from rejoinder.web.egress import metrics
from rejoinder.web.egress.addresses import EVERYWHERE, Policy, policy
from rejoinder.web.egress.errors import EgressError, Refused, Unreachable
from rejoinder.web.egress.resolver import Resolve, Resolver
from rejoinder.web.egress.target import Target, host_of, parse

log = structlog.get_logger(__name__)

TIMEOUT_S: Final = 10.0
_KEPT_OPEN_S: Final = 15.0
_CONNECT_S: Final = 4.0
_MOST_ADDRESSES: Final = 4
_NO_ANSWER: Final = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException)


class Call(Struct, frozen=True, kw_only=True):
    """One request. `purpose` and `project_id` are for the log and the figures."""

    purpose: str
    project_id: int
    url: str
    method: str = "POST"
    headers: Mapping[str, str] = {}
    body: bytes = b""
    most_bytes: int = 1_048_576


class Reply(Struct, frozen=True):
    """The answer; of its body no more than the call asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


class _Checked(httpcore.AsyncNetworkBackend):
    """Opens connections to addresses that passed the policy: what is checked is connected to."""

    def __init__(self, policy: Policy, resolve: Resolve) -> None:
        self._policy = policy
        self._resolve = resolve
        self._inner = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """Those behind the name, if every one of them may be connected to."""
        if not self._policy.allows_port(port):
            raise Refused(f"Port {port} is not allowed.")
        found = await self._resolve(host, port)
        if not all(map(self._policy.allows, found)):
            raise Refused(f"{host} is not a public address.")
        return found

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """To the first of its addresses that takes the connection."""
        error: Exception = Unreachable(f"{host} has no address.")
        for address in (await self.addresses(host, port))[:_MOST_ADDRESSES]:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
        raise error


class Egress:
    """The client. One for each process, open as long as `opened` is."""

    def __init__(
        self,
        policy: Policy,
        *,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT_S,
    ) -> None:
        self._network = _Checked(policy, resolve or Resolver())
        self._timeout = timeout
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust or _trust(),
            max_connections=None,
            max_keepalive_connections=64,
            keepalive_expiry=_KEPT_OPEN_S,
            network_backend=self._network,
        )

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator["Egress"]:
        """Closes its connections when the block ends."""
        async with self._pool:
            yield self

    @classmethod
    def of(cls, settings: Settings) -> "Egress":
        """For URLs that users give: within what the operator permits."""
        return cls(policy(settings.egress_ports, settings.egress_networks))

    @classmethod
    def anywhere(cls) -> "Egress":
        """For URLs that the operator gave: wherever they lead."""
        return cls(EVERYWHERE)

    async def check(self, call: Call) -> None:
        """Whether it would be sent now; for the moment at which its URL is entered.

        Raises:
            Refused, Unreachable: it would not.
        """
        began = time.monotonic()
        try:
            await self._check(parse(call.url))
        except EgressError as error:
            _note(call, type(error).__name__.lower(), began)
            raise

    async def _check(self, target: Target) -> None:
        try:
            async with asyncio.timeout(self._timeout):
                await self._network.addresses(target.host, target.port)
        except TimeoutError:
            raise Unreachable(f"{target.host} cannot be resolved.") from None

    async def send(self, call: Call) -> Reply:
        """The answer, whatever its status; a redirect is an answer, too.

        Raises:
            Refused, Unreachable: there is none.
        """
        began = time.monotonic()
        try:
            reply = await self._send(call, began)
        except EgressError as error:
            _note(call, type(error).__name__.lower(), began)
            raise
        _note(call, f"{reply.status // 100}xx", began)
        return reply

    async def _send(self, call: Call, began: float) -> Reply:
        target = parse(call.url)
        try:
            async with asyncio.timeout(self._timeout):
                return await self._exchange(call, target, began)
        except TimeoutError:
            raise Unreachable(f"No answer within {self._timeout:g} seconds.") from None
        except _NO_ANSWER as error:
            raise Unreachable(str(error) or type(error).__name__) from None

    async def _exchange(self, call: Call, target: Target, began: float) -> Reply:
        request = httpcore.Request(
            call.method,
            httpcore.URL(
                scheme=target.scheme, host=target.host, port=target.port, target=target.path
            ),
            headers={
                "Host": target.host_header,
                "User-Agent": "Rejoinder",
                # What is sent small stays small.
                "Accept-Encoding": "identity",
                "Content-Length": str(len(call.body)),
                **call.headers,
            },
            content=call.body,
            extensions={"timeout": {"connect": _CONNECT_S}},
        )
        response = await self._pool.handle_async_request(request)
        try:
            body = await _beginning(response, call.most_bytes)
        finally:
            await response.aclose()
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }
        return Reply(response.status, headers, body, time.monotonic() - began)


def _note(call: Call, outcome: str, began: float) -> None:
    """Of the URL only the host: the rest may be a secret."""
    seconds = time.monotonic() - began
    metrics.count(call.purpose, outcome, seconds)
    log.info(
        "egress.sent",
        purpose=call.purpose,
        project_id=call.project_id,
        host=host_of(call.url),
        outcome=outcome,
        seconds=round(seconds, 3),
    )


@cache
def _trust() -> ssl.SSLContext:
    """The system's certificates and those that Mozilla trusts; reading them takes a while."""
    return httpcore.default_ssl_context()


async def _beginning(response: httpcore.Response, most: int) -> bytes:
    """Up to `most` bytes; the rest is never read."""
    body = b""
    stream = cast("AsyncGenerator[bytes]", response.aiter_stream())
    async with aclosing(stream) as chunks:
        async for chunk in chunks:
            body += chunk
            if len(body) >= most:
                break
    return body[:most]
