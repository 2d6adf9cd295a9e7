"""What the running application answers: every method of every path, and of the widget's."""

import re
from collections.abc import Iterator
from typing import cast

from litestar.routes import HTTPRoute
from litestar.types import ASGIApp

from rejoinder.app.application import application
from rejoinder.channels.widget.routes import Widget
from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from rejoinder.web.shortcuts import Application

_KIND = re.compile(r":\w+\}")


def operations() -> list[str]:
    """Each as `GET /api/projects/{project_id}`, in order."""
    return sorted({*_routed(_litestar()), *_beside(_litestar())})


def edge_of(app: ASGIApp) -> Edge:
    return cast("Edge", app)


def _litestar() -> Application:
    app = application(Settings(database_url="postgresql://nobody@localhost/none"))
    return cast("Application", edge_of(app).app)


def _routed(app: Application) -> Iterator[str]:
    for route in app.routes:
        assert isinstance(route, HTTPRoute), f"{route.path} is no HTTP route: attack it by hand"
        for handler in route.route_handlers:
            # The framework's own OPTIONS only names the methods.
            for method in handler.http_methods - {"OPTIONS"}:
                yield f"{method} {_KIND.sub('}', route.path)}"


def _beside(app: Application) -> Iterator[str]:
    for raw in app.beside.values():
        for path, method in cast("Widget", raw).routes.items():
            yield f"{method} {path}"
