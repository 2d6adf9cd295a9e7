"""What can go wrong, as facts. The web layer gives each its status and envelope.

RejoinderError
├── Malformed         the body cannot be read at all
├── UnsupportedMedia  the body is of a kind we do not read
├── PayloadTooLarge   the body is longer than we read
├── Invalid           the request is wrong; names the field
├── Unauthenticated   we do not know who asks
├── Forbidden         known, but not allowed
├── NotFound          not there, or not yours
├── Conflict          true a moment ago, no longer
├── Stale             changed since the version the caller knows
├── KeyReused         one idempotency key, two different requests
├── Throttled         too often; says when to come back
└── Unavailable       the database (or what we need) does not answer; try again
    └── OutOfSpace    a disk is full: what is there can be read
"""

from collections.abc import Generator
from contextlib import contextmanager


class RejoinderError(Exception):
    """The root: `detail` is a sentence for the caller, `code` a fixed word for programs."""

    code = "error"

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code


class Malformed(RejoinderError):
    code = "parse_error"


class UnsupportedMedia(RejoinderError):
    code = "unsupported_media_type"


class PayloadTooLarge(RejoinderError):
    code = "request_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The request body is larger than {limit} bytes.")


class Invalid(RejoinderError):
    """A value was refused. `attr` is the field's name, nested names joined by `__`."""

    code = "invalid_input"

    def __init__(self, detail: str, *, attr: str | None = None, code: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.attr = attr


@contextmanager
def within(name: str) -> Generator[None]:
    """What is refused inside is named as a part of the field `name`."""
    try:
        yield
    except Invalid as error:
        attr = f"{name}__{error.attr}" if error.attr else name
        raise Invalid(error.detail, attr=attr, code=error.code) from None


class Unauthenticated(RejoinderError):
    """No credentials, or (code `authentication_failed`) wrong ones."""

    code = "not_authenticated"

    def __init__(
        self,
        detail: str = "Authentication credentials were not provided.",
        *,
        code: str | None = None,
    ) -> None:
        super().__init__(detail, code=code)


class NotFound(RejoinderError):
    code = "not_found"

    def __init__(self, detail: str = "Not found.") -> None:
        super().__init__(detail)


class Forbidden(RejoinderError):
    code = "permission_denied"


class Conflict(RejoinderError):
    code = "conflict"


class Stale(RejoinderError):
    """The precondition of `If-Match` does not hold any more."""

    code = "precondition_failed"


class KeyReused(RejoinderError):
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("This idempotency key was used for a different request.")


class Throttled(RejoinderError):
    code = "throttled"

    def __init__(self, retry_after: int) -> None:
        plural = "" if retry_after == 1 else "s"
        super().__init__(
            f"Request was throttled. Expected available in {retry_after} second{plural}."
        )
        self.retry_after = retry_after


class Unavailable(RejoinderError):
    code = "unavailable"


class OutOfSpace(Unavailable):
    code = "out_of_space"

    def __init__(self) -> None:
        super().__init__("The server's disk is full. Nothing was stored.")
