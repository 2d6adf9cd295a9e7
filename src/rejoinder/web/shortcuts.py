"""The hottest GET routes, answered without the framework's way to them.

Routing, parameters, dependencies and responses cost Litestar more than these routes themselves do.
A shortcut runs the guard and the function of the route it is made from, so both answer the same;
what they raise becomes the edge's envelope.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, cast

from litestar import Litestar, Response
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.types import ASGIApp

from rejoinder.web.request import ApiRequest

Guard = Callable[[ApiRequest, BaseRouteHandler], Awaitable[None]]

_PARAMETER: Final = re.compile(r"\{(\w+):str\}")


class Shortcut:
    """One route below `prefix`; `given` are the dependencies that its function asks for."""

    def __init__(self, prefix: str, handler: HTTPRouteHandler, **given: object) -> None:
        (below,) = handler.paths
        (guard,) = cast("Sequence[Guard]", handler.guards)  # pyright: ignore[reportUnknownMemberType]  theirs
        self._handler = handler
        self._guard = guard
        self._wanted: list[str] = _PARAMETER.findall(below)
        self._given = given
        self.template = _PARAMETER.sub(r"{\1}", prefix + below)
        self.path = re.compile(_PARAMETER.sub(r"(?P<\1>[^/]+)", prefix + below) + "/?")

    async def answer(self, request: ApiRequest) -> Response[Any]:
        await self._guard(request, self._handler)
        found = request.path_params
        return await self._handler.fn(
            request=request, **{name: found[name] for name in self._wanted}, **self._given
        )


class Application(Litestar):
    """Litestar, with shortcuts that are tried first, in their order.

    What lies below a path prefix of `beside` is answered by the raw application that stands there.
    """

    shortcuts: Sequence[Shortcut] = ()
    beside: Mapping[str, ASGIApp] = MappingProxyType({})

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            for prefix, application in self.beside.items():
                if scope["path"].startswith(prefix):
                    await application(scope, receive, send)
                    return
        if scope["type"] == "http" and scope["method"] == "GET":
            for shortcut in self.shortcuts:
                if match := shortcut.path.fullmatch(scope["path"]):
                    await self._take(shortcut, match.groupdict(), scope, receive, send)
                    return
        await super().__call__(scope, receive, send)

    async def _take(
        self, shortcut: Shortcut, found: dict[str, str], scope: Any, receive: Any, send: Any
    ) -> None:
        scope["litestar_app"] = self
        scope["path_params"] = found
        scope["path_template"] = shortcut.template
        scope.setdefault("state", {})
        kind = cast("type[ApiRequest]", self.request_class)  # pyright: ignore[reportUnknownMemberType]  theirs
        request = kind(scope, receive, send)
        response: Any = await shortcut.answer(request)
        await response.to_asgi_response(None, request)(scope, receive, send)
