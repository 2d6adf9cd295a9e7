"""The hottest routes, answered without the framework's way to them.

Routing, parameters, dependencies and responses cost Litestar more than these routes themselves do.
A shortcut runs the guard and the function of the route it is made from, so both answer the same;
what they raise becomes the edge's envelope. What a shortcut does not understand it leaves to the
framework, which says what is wrong with it: a body that does not fit, a request to be repeated.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, cast, get_args, get_type_hints

import msgspec
from litestar import Litestar, Response
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.types import ASGIApp

from rejoinder.errors import RejoinderError
from rejoinder.web.idempotency import is_repeatable
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
        self._body = _body_of(handler)
        self.methods = frozenset(map(str, handler.http_methods))
        path = (prefix + below).rstrip("/")
        self.template = _PARAMETER.sub(r"{\1}", path)
        # No reference has an underscore; fixed paths that stand in its place have.
        self.path = re.compile(_PARAMETER.sub(r"(?P<\1>[^/_]+)", path) + "/?")

    async def answer(self, request: ApiRequest) -> Response[Any] | None:
        """The route's answer; None, and nothing done, when the framework has to give it."""
        given = dict(self._given)
        if self._body is not None:
            if is_repeatable(request):
                return None
            try:
                body = await request.json()
                given["data"] = msgspec.convert(body, self._body, strict=False, str_keys=True)
            except (RejoinderError, msgspec.ValidationError):
                return None
        await self._guard(request, self._handler)
        found = request.path_params
        given |= {name: found[name] for name in self._wanted}
        return await self._handler.fn(request=request, **given)


def _body_of(handler: HTTPRouteHandler) -> Any:
    """The type of the route's body, if it has one."""
    body = get_type_hints(handler.fn, include_extras=True).get("data")
    return None if body is None else get_args(body)[0]


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
            for shortcut in self.shortcuts:
                if scope["method"] not in shortcut.methods:
                    continue
                if match := shortcut.path.fullmatch(scope["path"]):
                    if await self._take(shortcut, match.groupdict(), scope, receive, send):
                        return
                    break
        await super().__call__(scope, receive, send)

    async def _take(
        self, shortcut: Shortcut, found: dict[str, str], scope: Any, receive: Any, send: Any
    ) -> bool:
        scope["litestar_app"] = self
        scope["path_params"] = found
        scope["path_template"] = shortcut.template
        scope.setdefault("state", {})
        kind = cast("type[ApiRequest]", self.request_class)  # pyright: ignore[reportUnknownMemberType]  theirs
        request = kind(scope, receive, send)
        response: Any = await shortcut.answer(request)
        if response is None:
            return False
        await response.to_asgi_response(None, request)(scope, receive, send)
        return True
