"""What can go wrong, as facts. The web layer gives each its status and envelope.

    RejoinderError
    ├── Invalid           the request is wrong; names the field
    ├── NotFound          not there, or not yours
    ├── Forbidden         known, but not allowed
    ├── Conflict          true a moment ago, no longer
    └── Unavailable       the database (or what we need) does not answer; try again
"""


class RejoinderError(Exception):
    """The root: `detail` is a sentence for the caller, `code` a fixed word for programs."""

    code = "error"

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code


class Invalid(RejoinderError):
    """A value was refused. `attr` is the field's name, nested names joined by `__`."""

    code = "invalid_input"

    def __init__(self, detail: str, *, attr: str | None = None, code: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.attr = attr


class NotFound(RejoinderError):
    code = "not_found"

    def __init__(self, detail: str = "Not found.") -> None:
        super().__init__(detail)


class Forbidden(RejoinderError):
    code = "permission_denied"


class Conflict(RejoinderError):
    code = "conflict"


class Unavailable(RejoinderError):
    code = "unavailable"
