"""Structured logs: lines for people on a terminal, JSON elsewhere, one request id in each.

What we log is chosen field by field; the redaction here is only the second wall. Records of the
standard library, granian's included, pass through the same processors.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final, TextIO, cast

import msgspec
import structlog
from msgspec import Struct
from structlog.typing import EventDict, Processor

from rejoinder.settings import Settings

REQUEST_ID: Final[ContextVar[str]] = ContextVar("request_id", default="")

_access = structlog.stdlib.get_logger("rejoinder.access")

_SECRET_NAME: Final = re.compile(r"key$|authorization|token|password|secret|cookie", re.IGNORECASE)
_SECRET_TEXT: Final = re.compile(r"\b(ph[xcsa]_|rj[spi]_|Bearer )[\w.~+/=-]+")
_REDACTED: Final = "[redacted]"


class _Answered(Struct):
    """The access log's line."""

    method: str
    route: str
    status: int
    ms: float
    request_id: str
    at: datetime
    event: str = "request"
    level: str = "info"


class Lossy:
    """A log that cannot be written, because the disk is full or nobody reads it, fails nobody."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()


class _Direct:
    """Where the access log goes past structlog, whose way costs half of a short request."""

    stream: TextIO | None = None


def request_answered(method: str, route: str, status: int, ms: float) -> None:
    """Writes the access log's line; nothing in it comes from the request's content."""
    stream = _Direct.stream
    if stream is None:
        _access.info("request", method=method, route=route, status=status, ms=ms)
        return
    line = _Answered(method, route, status, ms, REQUEST_ID.get(), datetime.now(UTC))
    stream.write(msgspec.json.encode(line).decode() + "\n")
    stream.flush()


def configure_logging(settings: Settings, stream: TextIO = sys.stderr) -> None:
    """Sends everything to `stream`, in the format and from the level that the settings name."""
    for_people = settings.log_format == "console" or (
        settings.log_format == "auto" and stream.isatty()
    )
    stream = cast("TextIO", Lossy(stream))
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    _Direct.stream = stream if not for_people and level <= logging.INFO else None
    shared = _processors()
    renderer = _renderer(for_people=for_people)
    structlog.configure(
        processors=[*shared, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    _route_standard_library(shared, renderer, level, stream)


def _processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        add_request_id,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        # Text before it is redacted, and without the local variables that hold what people wrote.
        structlog.processors.format_exc_info,
        redact,
    ]


def _renderer(*, for_people: bool) -> list[Processor]:
    if for_people:
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(timestamp_key="at", exception_formatter=plain)]
    return [structlog.processors.JSONRenderer(serializer=_encode)]


def _encode(event: Any, **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()


def _route_standard_library(
    shared: list[Processor], renderer: list[Processor], level: int, stream: TextIO
) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in ("httpcore", "httpx"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("_granian", "granian.access"):
        theirs = logging.getLogger(name)
        theirs.handlers.clear()
        theirs.propagate = True


def add_request_id(_logger: Any, _method: str, event: EventDict) -> EventDict:
    if request_id := REQUEST_ID.get():
        event["request_id"] = request_id
    return event


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> EventDict:
    """Blanks values whose name sounds secret, and keys that got into a text."""
    for name, value in event.items():
        if _sounds_secret(name):
            event[name] = _REDACTED
        elif type(value) is str and ("ph" in value or "Bearer" in value):
            event[name] = _SECRET_TEXT.sub(rf"\1{_REDACTED}", value)
    return event


_known_names: dict[str, bool] = {}


def _sounds_secret(name: str) -> bool:
    # Field names are a fixed vocabulary, so each is matched once.
    known = _known_names.get(name)
    if known is None:
        known = _known_names[name] = _SECRET_NAME.search(name) is not None
    return known
