"""The inbox in the browser: one page for every address it knows, and the files it is made of.

The page has no script or style inside it, and nothing it shows may come from elsewhere: what a
customer writes can neither run there nor report that it was read.
"""

import hashlib
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from litestar import Request, Response, get
from litestar.params import FromPath

from rejoinder.errors import NotFound
from rejoinder.settings import Settings
from rejoinder.web.precompressed import Asset, Precompressed

log = structlog.stdlib.get_logger(__name__)

FOLDER: Final = Path(__file__).parent / "static"
ABSENT: Final = "The inbox is not built on this server: run make setup."

_INDEX: Final = "index.html"
_PATHS: Final = [
    "/",
    "/sign-in",
    "/reset-password",
    "/invites/{token:str}",
    "/account",
    "/account/{rest:path}",
    "/projects/{rest:path}",
]
_ASK_AGAIN: Final = "no-cache"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_KINDS: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_COMPRESSED: Final = {".js", ".css", ".svg", ".webmanifest", ".html"}


class Pages:
    """What was built, and the policy under which browsers show it."""

    def __init__(self, settings: Settings, folder: Path = FOLDER) -> None:
        self._files = Precompressed(folder)
        self.policy = policy(settings)
        self.names = frozenset(_names(folder))
        if _INDEX not in self.names:
            log.warning("inbox absent", folder=str(folder))
            return
        self.version = hashlib.sha256((folder / _INDEX).read_bytes()).hexdigest()[:16]

    def index(self, accepted: str) -> Asset:
        if _INDEX not in self.names:
            raise NotFound(ABSENT)
        return self._files.find(_INDEX, self.version, accepted)

    def asset(self, name: str, accepted: str) -> Asset:
        if name not in self.names:
            raise NotFound
        packed = Path(name).suffix in _COMPRESSED
        return self._files.find(name, "", accepted if packed else "")


def policy(settings: Settings) -> str:
    """Scripts, styles and connections are ours; pictures may also come from our store of files."""
    store = _origin(settings.files_public_url)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        f"img-src 'self' blob: data:{store}; media-src 'self'{store}; font-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _names(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.relative_to(folder).as_posix() for path in files]


@get(_PATHS, include_in_schema=False, sync_to_thread=False)
def page(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The inbox; which of its pages, its own script reads from the address."""
    pages: Pages = request.app.state["pages"]
    found = pages.index(request.headers.get("accept-encoding", ""))
    headers = {
        "Cache-Control": _ASK_AGAIN,
        "Content-Security-Policy": pages.policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "ETag": found.tag,
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == found.tag:
        return Response(b"", status_code=304, headers=headers)
    return _sent(found, "text/html", headers)


@get("/assets/{name:str}", include_in_schema=False, sync_to_thread=False)
def asset(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """A file of the inbox; under its name it never changes."""
    pages: Pages = request.app.state["pages"]
    found = pages.asset(f"assets/{name}", request.headers.get("accept-encoding", ""))
    kind = _KINDS.get(Path(name).suffix, "application/octet-stream")
    return _sent(found, kind, {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"})


def _sent(found: Asset, kind: str, headers: dict[str, str]) -> Response[bytes]:
    if found.encoding:
        headers["Content-Encoding"] = found.encoding
    return Response(found.content, media_type=kind, headers=headers)
