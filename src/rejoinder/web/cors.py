"""Leave for pages of any other site to ask, on the paths that are open to all of them.

No cookies are involved: who asks stands in the request itself, so any origin may.
"""

from collections.abc import Iterable
from typing import Any, Final

from litestar.types import Send

Header = tuple[bytes, bytes]

GRANTED: Final[tuple[Header, ...]] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After, X-Request-Id"),
)
_PREFLIGHT: Final[tuple[Header, ...]] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    # Browsers keep it for two hours at most.
    (b"access-control-max-age", b"7200"),
    (b"vary", b"Access-Control-Request-Headers"),
    (b"content-length", b"0"),
)
_ALLOWED_HEADERS: Final = b"access-control-allow-headers"
_USUAL_HEADERS: Final = b"content-type, x-conversations-token"


async def answer_preflight(headers: Iterable[Header], send: Send) -> None:
    """Says yes to whatever headers a page wants to send."""
    wanted = next(
        (value for name, value in headers if name == b"access-control-request-headers"),
        _USUAL_HEADERS,
    )
    allowed = [*_PREFLIGHT, (_ALLOWED_HEADERS, wanted)]
    start: Any = {"type": "http.response.start", "status": 204, "headers": allowed}
    await send(start)
    await send({"type": "http.response.body", "body": b"", "more_body": False})
