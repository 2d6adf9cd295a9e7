"""The paths that posthog-js asks of its `api_host`, and that its siblings send events to.

Of several paths that mean the same, the document has those that clients use today.
"""

import hashlib
from functools import partial
from typing import Any, Final
from uuid import uuid4

import msgspec
from litestar import Response, Router, get, route
from litestar.di import NamedDependency, Provide
from litestar.openapi import ResponseSpec
from litestar.params import FromPath

from rejoinder.auth.guards import TeamRequest
from rejoinder.channels.host import access, commands, forwarding
from rejoinder.channels.host.assets import ABSENT, Assets
from rejoinder.channels.host.config import RemoteConfig, remote_config
from rejoinder.channels.host.decoding import read_batch
from rejoinder.channels.host.forwarding import Forwarded
from rejoinder.channels.host.wire import ASKING_FOR_FLAGS, CAPTURING, IN_QUERY, TAG, Flags, Taken
from rejoinder.errors import Malformed, NotFound, PayloadTooLarge
from rejoinder.organizations.types import Project
from rejoinder.web.answer import answer
from rejoinder.web.body import check
from rejoinder.web.limits import RateLimits
from rejoinder.web.openapi import errors_of
from rejoinder.web.parameters import Parameter, reads
from rejoinder.web.reference import PUBLIC

_CAPTURE_TODAY: Final = ["/i/v0/e/", "/batch/"]
_CAPTURE_ONCE: Final = ["/e/", "/capture/", "/track/", "/engage/", "/s/"]
_FLAGS_TODAY: Final = ["/flags/"]
_FLAGS_ONCE: Final = ["/decide/"]
CAPTURE: Final = (*_CAPTURE_TODAY, *_CAPTURE_ONCE)
FLAGS: Final = (*_FLAGS_TODAY, *_FLAGS_ONCE)
OPEN_TO_ALL: Final = ("/array/", "/static/", *CAPTURE, *FLAGS)

_JSON: Final = "application/json; charset=utf-8"
# Without the charset, a page that declares none takes the scripts' texts for Latin-1.
_SCRIPT: Final = "application/javascript; charset=utf-8"
_ASK_AGAIN: Final = "public, no-cache"
_SHORTLY: Final = "public, max-age=300"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_KNOWN: Final = {"If-None-Match": Parameter("The `ETag` one has.", place="header")}
_UNCHANGED: Final = ResponseSpec(None, description="The caller has this answer already.")


@get(
    "/array/{token:str}/config",
    summary="Read a project's remote configuration",
    operation_class=reads(_KNOWN),
    responses=errors_of(404)
    | {
        200: ResponseSpec(RemoteConfig, generate_examples=False, description="The configuration."),
        304: _UNCHANGED,
    },
)
async def config(
    request: TeamRequest, token: FromPath[str], forward_to: NamedDependency[str]
) -> Response[bytes]:
    """The project's remote configuration."""
    return _fresh(request, await _config(request, token, forward_to), _JSON)


@get(
    "/array/{token:str}/config.js",
    summary="Load a project's remote configuration",
    media_type="application/javascript",
    operation_class=reads(_KNOWN),
    responses=errors_of(404) | {304: _UNCHANGED},
)
async def config_script(
    request: TeamRequest, token: FromPath[str], forward_to: NamedDependency[str]
) -> Response[bytes]:
    """The same as a script, which posthog-js asks for first."""
    found = b'{"config":%s,"siteApps":[]}' % await _config(request, token, forward_to)
    name = msgspec.json.encode(token)
    script = b"(window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{})[%s]=%s;"
    return _fresh(request, script % (name, found), _SCRIPT)


# Files, as a web server has them: no operations of an API.
@get(["/static/{name:str}", "/static/{version:str}/{name:str}"], include_in_schema=False)
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


async def capture(request: TeamRequest, forward_to: NamedDependency[str]) -> Response[Taken]:
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
    return answer(Taken())


async def capture_from_query(
    request: TeamRequest, forward_to: NamedDependency[str]
) -> Response[Taken]:
    """The same with everything in the query: so pages send their last words."""
    return await capture(request, forward_to)


async def flags(request: TeamRequest, forward_to: NamedDependency[str]) -> Response[Any]:
    """There are no feature flags here; older clients read their configuration from this answer."""
    found: dict[str, Any] = msgspec.to_builtins(Flags(str(uuid4())))
    project = await _asking(request)
    if project is not None:
        found |= msgspec.to_builtins(remote_config(project, forwards=bool(forward_to)))
    return answer(found)


async def flags_from_query(request: TeamRequest, forward_to: NamedDependency[str]) -> Response[Any]:
    """The same with who asks in the query."""
    return await flags(request, forward_to)


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
    kept = ("content-type", "content-encoding", "user-agent")
    headers = {name: value for name in kept if (value := request.headers.get(name))}
    if request.client is not None:
        headers["x-forwarded-for"] = request.client.host
    asked = request.scope["query_string"].decode("latin-1")
    # All these paths end in a slash; the router has taken it away.
    path = request.scope["path"].rstrip("/") + "/" + (f"?{asked}" if asked else "")
    return Forwarded(host.rstrip("/"), path, headers, raw)


_capture = partial(route, status_code=200, summary="Capture events", responses=errors_of(401, 413))
_flags = partial(
    route,
    status_code=200,
    summary="Ask for feature flags",
    responses={200: ResponseSpec(Flags, generate_examples=False, description="There are none.")},
)
_undocumented = partial(
    route, http_method=["GET", "POST"], status_code=200, include_in_schema=False
)


def router(forward_to: str) -> Router:
    """The routes; captured events also go to the host `forward_to`, if there is one."""
    assets = Assets()
    return Router(
        "/",
        route_handlers=[
            config,
            config_script,
            script,
            _capture(_CAPTURE_TODAY, http_method="POST", operation_class=CAPTURING)(capture),
            _capture(_CAPTURE_TODAY, http_method="GET", operation_class=IN_QUERY)(
                capture_from_query
            ),
            _undocumented(_CAPTURE_ONCE)(capture),
            _flags(_FLAGS_TODAY, http_method="POST", operation_class=ASKING_FOR_FLAGS)(flags),
            _flags(_FLAGS_TODAY, http_method="GET", operation_class=IN_QUERY)(flags_from_query),
            _undocumented(_FLAGS_ONCE)(flags),
        ],
        dependencies={
            "assets": Provide(lambda: assets, sync_to_thread=False),
            "forward_to": Provide(lambda: forward_to, sync_to_thread=False),
        },
        tags=[TAG],
        security=PUBLIC,
    )
