"""An answer given before, given again."""

from typing import Any

from litestar import Request, Response


class AnsweredBefore(Exception):
    """Raised instead of doing the same thing twice."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


def replay(_: Request[Any, Any, Any], answer: AnsweredBefore) -> Response[bytes]:
    """Litestar's exception handler for it."""
    return Response(
        answer.body,
        status_code=answer.status,
        headers={"Idempotent-Replayed": "true"},
        media_type="application/json",
    )
