"""What a check found."""

from typing import Literal

from msgspec import Struct

State = Literal["ok", "warn", "fail"]


class Finding(Struct, frozen=True):
    """`hint` says what to do; it is empty when all is well."""

    check: str
    state: State
    detail: str
    hint: str = ""


def ok(check: str, detail: str) -> Finding:
    return Finding(check, "ok", detail)


def warn(check: str, detail: str, hint: str) -> Finding:
    return Finding(check, "warn", detail, hint)


def fail(check: str, detail: str, hint: str) -> Finding:
    return Finding(check, "fail", detail, hint)
