"""The one answer to everything that goes wrong: `{"type", "code", "detail", "attr"}`.

`problem(error)` knows what each exception means on the wire; `EXCEPTION_HANDLERS` hands it to
Litestar, and the edge uses it for what fails before or outside Litestar.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct

from rejoinder import errors
from rejoinder.web import wording
from rejoinder.web.replay import AnsweredBefore, replay

log = structlog.stdlib.get_logger("rejoinder.web")

NOT_FOUND: Final = 404
NOT_ALLOWED: Final = 405
SERVER_ERROR: Final = 500
RETRY_SOON: Final = {"Retry-After": "1"}
CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="api"'}


class Error(Struct, frozen=True):
    """What every refused or failed request is answered with."""

    type: str
    code: str
    detail: str
    attr: str | None = None


class Problem(Struct, frozen=True):
    """An error with its status and headers, ready to be sent."""

    status: int
    error: Error
    headers: Mapping[str, str] = msgspec.field(default_factory=dict[str, str])

    @property
    def body(self) -> bytes:
        return msgspec.json.encode(self.error)


_STATUS: Final[dict[type[errors.RejoinderError], tuple[int, str, Mapping[str, str]]]] = {
    errors.Malformed: (400, "invalid_request", {}),
    errors.Invalid: (400, "validation_error", {}),
    errors.Unauthenticated: (401, "authentication_error", CHALLENGE),
    errors.Forbidden: (403, "authentication_error", {}),
    errors.NotFound: (404, "invalid_request", {}),
    errors.Conflict: (409, "invalid_request", {}),
    errors.Stale: (412, "invalid_request", {}),
    errors.PayloadTooLarge: (413, "invalid_request", {}),
    errors.UnsupportedMedia: (415, "invalid_request", {}),
    errors.KeyReused: (422, "invalid_request", {}),
    errors.Throttled: (429, "throttled_error", {}),
    errors.Unavailable: (503, "server_error", RETRY_SOON),
}
_HTTP: Final = {
    400: ("invalid_request", "invalid_input"),
    401: ("authentication_error", "not_authenticated"),
    403: ("authentication_error", "permission_denied"),
    404: ("invalid_request", "not_found"),
    405: ("invalid_request", "method_not_allowed"),
    413: ("invalid_request", "request_too_large"),
    415: ("invalid_request", "unsupported_media_type"),
    429: ("throttled_error", "throttled"),
    503: ("server_error", "unavailable"),
}
# By SQLSTATE or its class: the value is at fault, or the moment is (connection, resources,
# operator, serialization, deadlock, lock and statement timeouts).
_BAD_VALUE: Final = ("22", "23", "54")
_TRY_AGAIN: Final = ("08", "53", "57", "58", "40", "55P03", "25P03", "25P04")


def problem(error: Exception, method: str = "") -> Problem:  # noqa: PLR0911  one return per kind
    """What `error` means to the caller. Logs what is our fault, never a body."""
    match error:
        case errors.RejoinderError():
            return _known(error)
        case ValidationException():
            return _refused(_reason(error))
        case HTTPException() if error.status_code < SERVER_ERROR:
            return _http(error, method)
        case msgspec.ValidationError():
            return _refused(str(error))
        case asyncpg.PostgresError():
            return _database(error)
        case asyncpg.DataError():
            return _bad_value()
        case asyncpg.InterfaceError() | asyncpg.InternalClientError() | OSError():
            return _unavailable(error)
        case _:
            return failure(error)


def failure(error: BaseException) -> Problem:
    """The answer to a fault of ours."""
    log.error("request failed", exc_info=error)
    return Problem(SERVER_ERROR, Error("server_error", "error", "A server error occurred."))


def answer_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Litestar's exception handler for everything."""
    found = problem(error, request.method)
    return Response(
        found.body,
        status_code=found.status,
        headers=dict(found.headers),
        media_type="application/json",
    )


EXCEPTION_HANDLERS: Final = {Exception: answer_error, AnsweredBefore: replay}


def _known(error: errors.RejoinderError) -> Problem:
    for kind in type(error).__mro__:
        if kind in _STATUS:
            status, type_, headers = _STATUS[kind]
            break
    else:
        return failure(error)
    if isinstance(error, errors.Throttled):
        headers = {"Retry-After": str(error.retry_after)}
    attr = error.attr if isinstance(error, errors.Invalid) else None
    return Problem(status, Error(type_, error.code, error.detail, attr), headers)


def _refused(message: str) -> Problem:
    found = wording.refusal(message)
    return Problem(400, Error("validation_error", found.code, found.detail, found.attr))


def _reason(error: ValidationException) -> str:
    """The text of msgspec's own error, which Litestar's shortens; the body is its `data`."""
    cause = error.__cause__
    if isinstance(cause, msgspec.ValidationError):
        return re.sub(r"\$\.data\b", "$", str(cause))
    return error.detail


def _with_head(allowed: str) -> str:
    """The edge serves HEAD wherever there is GET."""
    methods = set(allowed.split(", "))
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


def _http(error: HTTPException, method: str) -> Problem:
    type_, code = _HTTP.get(error.status_code, ("invalid_request", "error"))
    detail = error.detail
    headers = error.headers or {}
    if error.status_code == NOT_FOUND:
        detail = "Not found."
    elif error.status_code == NOT_ALLOWED:
        detail = f'Method "{method}" not allowed.'
        headers = {"Allow": _with_head(headers.get("allow", ""))}
    return Problem(error.status_code, Error(type_, code, detail), headers)


def _database(error: asyncpg.PostgresError) -> Problem:
    state = error.sqlstate or ""
    if state.startswith(_BAD_VALUE):
        log.info("value refused by the database", sqlstate=state)
        return _bad_value()
    if isinstance(error, asyncpg.DiskFullError):
        log.error("disk full")
        return _known(errors.OutOfSpace())
    if state.startswith(_TRY_AGAIN):
        return _unavailable(error)
    return failure(error)


def _bad_value() -> Problem:
    detail = "A value cannot be stored: it is out of range, malformed or already taken."
    return Problem(400, Error("validation_error", "invalid_input", detail))


def _unavailable(error: Exception) -> Problem:
    state = getattr(error, "sqlstate", None)
    # Of this class PostgreSQL says who stopped what, and nothing of the values in it.
    reason = str(error) if isinstance(error, asyncpg.OperatorInterventionError) else None
    log.warning("database unavailable", kind=type(error).__name__, sqlstate=state, reason=reason)
    return _known(errors.Unavailable("The database does not answer. Try again shortly."))
