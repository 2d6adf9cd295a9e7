"""A transaction that a client may repeat: with an Idempotency-Key the same request acts once.

    async with transaction(request, work, actor) as (tx, answer):
        ticket = await commands.create(tx, ...)
        return await answer(ticket, 201)

The answer is stored in the same transaction as the change, so both exist or neither. A repeat
within 24 hours gets it again; the key with another body or path is 422, while the first runs 409.
Without the header this is `work.begin(actor)` and nothing more.

What many ask for at once is said as a function instead, which may then share a transaction:

    return await performed(request, work, actor, act, shown)
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Final, Protocol, TypeVar, cast

from litestar import Response

from rejoinder.db.pool import Queryable
from rejoinder.errors import Conflict, Invalid, KeyReused
from rejoinder.events.event import Actor
from rejoinder.events.work import Tx, Work
from rejoinder.web import queries
from rejoinder.web.answer import answer
from rejoinder.web.queries import Attempt
from rejoinder.web.replay import AnsweredBefore
from rejoinder.web.request import ApiRequest

T = TypeVar("T")
Done = TypeVar("Done")
Shown = tuple[T, int, Mapping[str, str] | None]
"""A response's value, status and headers."""

HEADER: Final = "Idempotency-Key"
_MAX_LENGTH: Final = 255


class Answer(Protocol):
    """Encodes the value, keeps it for a repeat if there is a key, and returns the response."""

    async def __call__(
        self, value: T, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response[T]: ...


@asynccontextmanager
async def transaction(
    request: ApiRequest, work: Work, actor: Actor
) -> AsyncGenerator[tuple[Tx, Answer]]:
    """A transaction and the function that answers from within it.

    Raises:
        AnsweredBefore: the request is a repeat.
        Conflict, KeyReused, Invalid: the key is in use, belongs to another request, or is no key.
    """
    attempt = await _attempt(request, actor)
    async with work.begin(actor) as tx:
        if attempt is not None:
            await _claim(tx, attempt)
        answers = _Answers(tx, attempt)
        yield tx, answers.answer
        if not answers.given:
            raise RuntimeError("a transaction ended without an answer")


async def performed(
    request: ApiRequest,
    work: Work,
    actor: Actor,
    act: Callable[[Tx], Awaitable[Done]],
    shown: Callable[[Done], Shown[T]],
) -> Response[T]:
    """The response to what `act` did, in a transaction of its own only if the client may repeat it.

    Raises:
        AnsweredBefore, Conflict, KeyReused, Invalid: as `transaction`.
    """
    if not is_repeatable(request):
        value, status, headers = shown(await work.together(actor, act))
        return answer(value, status, headers)
    async with transaction(request, work, actor) as (tx, respond):
        value, status, headers = shown(await act(tx))
        return await respond(value, status, headers)


def is_repeatable(request: ApiRequest) -> bool:
    """Whether the request names a key under which its answer is to be kept."""
    return any(name == b"idempotency-key" for name, _ in request.scope["headers"])


async def purge_expired(db: Queryable) -> int:
    """Forgets answers older than 24 hours; returns how many."""
    return await queries.purge_answers(db)


class _Answers:
    def __init__(self, tx: Tx, attempt: Attempt | None) -> None:
        self._tx = tx
        self._attempt = attempt
        self.given = False

    async def answer(
        self, value: T, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response[T]:
        self.given = True
        response = answer(value, status, headers)
        if self._attempt is not None:
            body = cast("bytes", response.content)
            await queries.store_answer(self._tx, self._attempt, status, body)
        return response


async def _attempt(request: ApiRequest, actor: Actor) -> Attempt | None:
    key = _key(request)
    if key is None:
        return None
    scope = request.scope
    said = sha256(scope["path"].encode() + b"\0" + await request.body()).digest()
    route = f"{scope['method']} {scope['path_template']}"
    return Attempt(actor.project_id, f"{actor.kind}:{actor.id}", route, key, said)


def _key(request: ApiRequest) -> str | None:
    for name, value in request.scope["headers"]:
        if name == b"idempotency-key":
            key = value.decode("latin-1")
            if not 0 < len(key) <= _MAX_LENGTH or not (key.isascii() and key.isprintable()):
                allowed = f"1 to {_MAX_LENGTH} printable ASCII characters"
                raise Invalid(f"The key must have {allowed}.", attr=HEADER)
            return key
    return None


async def _claim(tx: Tx, attempt: Attempt) -> None:
    """Makes this attempt the only one with its key until the transaction ends."""
    if not await queries.claim_key(tx, _lock(attempt)):
        message = "A request with this idempotency key is still running."
        raise Conflict(message, code="idempotency_key_in_use")
    # Asked after the lock is held, so a first attempt that has just committed is seen.
    stored = await queries.stored_answer(tx, attempt)
    if stored is None:
        return
    if stored.request_hash != attempt.request_hash:
        raise KeyReused
    raise AnsweredBefore(stored.status, stored.body)


def _lock(attempt: Attempt) -> int:
    """The key as PostgreSQL numbers its advisory locks: 64 bits, signed."""
    name = f"{attempt.project_id}\0{attempt.owner}\0{attempt.route}\0{attempt.key}"
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
