"""The paths that posthog-js asks of its `api_host`, and that its siblings send events to.

They are PostHog's, not part of our API, so they do not stand in its document.
"""

import hashlib
from typing import Any, Final
from uuid import uuid4

import msgspec
from litestar import Response, Router, get, route
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from rejoinder.auth.guards import TeamRequest
from rejoinder.channels.host import access, commands, forwarding
from rejoinder.channels.host.assets import ABSENT, Assets
from rejoinder.channels.host.config import remote_config
from rejoinder.channels.host.decoding import read_batch
from rejoinder.channels.host.forwarding import Forwarded
from rejoinder.errors import Malformed, NotFound, PayloadTooLarge
from rejoinder.organizations.types import Project
from rejoinder.web.answer import answer
from rejoinder.web.body import check
from rejoinder.web.limits import RateLimits

CAPTURE: Final = ("/e/", "/i/v0/e/", "/batch/", "/capture/", "/track/", "/engage/", "/s/")
FLAGS: Final = ("/flags/", "/decide/")
OPEN_TO_ALL: Final = ("/array/", "/static/", *CAPTURE, *FLAGS)

_JSON: Final = "application/json; charset=utf-8"
# Without the charset, a page that declares none takes the scripts' texts for Latin-1.
_SCRIPT: Final = "application/javascript; charset=utf-8"
_ASK_AGAIN: Final = "public, no-cache"
_SHORTLY: Final = "public, max-age=300"
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@get("/array/{token:str}/config")
async def config(
    request: TeamRequest, token: FromPath[str], forward_to: NamedDependency[str]
) -> Response[bytes]:
    """The project's remote configuration."""
    return _fresh(request, await _config(request, token, forward_to), _JSON)


@get("/array/{token:str}/config.js")
async def config_script(
    request: TeamRequest, token: FromPath[str], forward_to: NamedDependency[str]
) -> Response[bytes]:
    """The same as a script, which posthog-js asks for first."""
    found = b'{"config":%s,"siteApps":[]}' % await _config(request, token, forward_to)
    name = msgspec.json.encode(token)
    script = b"(window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{})[%s]=%s;"
    return _fresh(request, script % (name, found), _SCRIPT)


@get(["/static/{name:str}", "/static/{version:str}/{name:str}"])
async def script(
    request: TeamRequest, name: FromPath[str], assets: NamedDependency[Assets]
) -> Response[bytes]:
    """A script of posthog-js; under its version it never changes."""
    found = assets.find(name, request.headers.get("accept-encoding", ""))
    if found is None:
        raise NotFound("There is no such script." if assets.version else ABSENT)
    version = request.path_params.get("version") or request.query.get("v")
    headers = {
        "Cache-Control": _FOR_EVER if version == assets.version else _SHORTLY,
        "ETag": found.tag,
        "Vary": "Accept-Encoding",
    }
    if found.encoding:
        headers["Content-Encoding"] = found.encoding
    return _unless_known(request, found.content, _SCRIPT, headers)


@route(list(CAPTURE), http_method=["GET", "POST"], status_code=200)
async def capture(request: TeamRequest, forward_to: NamedDependency[str]) -> Response[Any]:
    """Events: what they say about persons is kept, the rest counted, and all of it forwarded."""
    raw = await request.body() if request.method == "POST" else b""
    batch = read_batch(raw, request.query)
    project = await access.capturing(request.database, batch.token)
    limits: RateLimits = request.app.state["limits"]
    await limits.hit("capture", str(project.id))

    async def allow() -> None:
        await limits.hit("identify", str(project.id))

    await commands.learn(request.work, project.id, batch.events, check=check, allow=allow)
    if forward_to:
        received = _received(request, raw, forward_to)
        await forwarding.queue(request.database, received, len(batch.events))
    # Never more than this: `quota_limited` would silence the widget, too.
    return answer({"status": 1})


@route(list(FLAGS), http_method=["GET", "POST"], status_code=200)
async def flags(request: TeamRequest, forward_to: NamedDependency[str]) -> Response[Any]:
    """There are no feature flags here; older clients read their configuration from this answer."""
    found: dict[str, Any] = {
        "flags": {},
        "featureFlags": {},
        "featureFlagPayloads": {},
        "errorsWhileComputingFlags": False,
        "requestId": str(uuid4()),
    }
    project = await _asking(request)
    if project is not None:
        found |= msgspec.to_builtins(remote_config(project, forwards=bool(forward_to)))
    return answer(found)


async def _asking(request: TeamRequest) -> Project | None:
    """Who asks for flags; there is an answer for those who do not say, too."""
    raw = await request.body() if request.method == "POST" else b""
    try:
        token = read_batch(raw, request.query).token
    except (Malformed, PayloadTooLarge):
        return None
    return await access.project_of(request.database, token)


async def _config(request: TeamRequest, token: str, forward_to: str) -> bytes:
    project = await access.configured(request.database, token)
    return msgspec.json.encode(remote_config(project, forwards=bool(forward_to)))


def _fresh(request: TeamRequest, content: bytes, media_type: str) -> Response[bytes]:
    """Asked for again each time, and sent only if it has changed: settings act at once."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    return _unless_known(request, content, media_type, {"Cache-Control": _ASK_AGAIN, "ETag": tag})


def _unless_known(
    request: TeamRequest, content: bytes, media_type: str, headers: dict[str, str]
) -> Response[bytes]:
    known = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
    if not known.isdisjoint({headers["ETag"], f"W/{headers['ETag']}", "*"}):
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _received(request: TeamRequest, raw: bytes, host: str) -> Forwarded:
    """The request as it came, with the address it came from."""
    kept = ("content-type", "content-encoding", "user-agent", "x-forwarded-for")
    headers = {name: value for name in kept if (value := request.headers.get(name))}
    if request.client is not None:
        headers.setdefault("x-forwarded-for", request.client.host)
    asked = request.scope["query_string"].decode("latin-1")
    # All these paths end in a slash; the router has taken it away.
    path = request.scope["path"].rstrip("/") + "/" + (f"?{asked}" if asked else "")
    return Forwarded(host.rstrip("/"), path, headers, raw)


def router(forward_to: str) -> Router:
    """The routes; captured events also go to the host `forward_to`, if there is one."""
    assets = Assets()
    return Router(
        "/",
        route_handlers=[config, config_script, script, capture, flags],
        dependencies={
            "assets": Provide(lambda: assets, sync_to_thread=False),
            "forward_to": Provide(lambda: forward_to, sync_to_thread=False),
        },
        include_in_schema=False,
    )
