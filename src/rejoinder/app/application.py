"""The application: the routes of this node behind the edge."""

from typing import Final

from litestar.types import ASGIApp, Scope

from rejoinder.app import document
from rejoinder.app.node import Node
from rejoinder.app.routers import routers
from rejoinder.auth.guards import TeamRequest
from rejoinder.channels.host import routes as host
from rejoinder.channels.widget import routes as widget
from rejoinder.process import die_with_parent
from rejoinder.settings import Settings, load
from rejoinder.tickets.routes import table as tickets
from rejoinder.views import routes as views
from rejoinder.web.edge import Edge
from rejoinder.web.envelope import EXCEPTION_HANDLERS
from rejoinder.web.logs import configure_logging
from rejoinder.web.openapi import RawObjects
from rejoinder.web.shortcuts import Application

_PROJECTS: Final = "/api/projects/"
_WIDGET_TOKEN: Final = b"x-conversations-token"
_LONGEST_NAME: Final = 64


def create() -> ASGIApp:
    """The application, as a worker of `rejoinder serve` or any ASGI server starts it."""
    die_with_parent()
    settings = load()
    configure_logging(settings)
    return application(settings)


def application(settings: Settings) -> ASGIApp:
    """The application with these settings; its lifespan opens and closes what it needs."""
    node = Node(settings)
    app = Application(
        route_handlers=routers(node),
        lifespan=[node.lifespan],
        request_class=TeamRequest,
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=document.config(),
        plugins=[RawObjects()],
        logging_config=None,
    )
    app.shortcuts = tickets.shortcuts(
        node.unread, node.lists, node.rendered, node.creations, views.stored_view
    )
    app.beside = {widget.PREFIX: widget.Widget(node.board)}
    return Edge(
        app,
        settings,
        open_to_all=(widget.PREFIX, *host.OPEN_TO_ALL),
        compressed=host.CAPTURE,
        uploads=("/conversations/attachments", f"{widget.PREFIX}attachments"),
        project_of=_project_of,
    )


def _project_of(scope: Scope) -> str:
    """What a request says about whom it is for, before anybody has looked whether it may."""
    path = scope["path"]
    if path.startswith(_PROJECTS):
        return path[len(_PROJECTS) :].partition("/")[0][:_LONGEST_NAME]
    if path.startswith(widget.PREFIX):
        for name, value in scope["headers"]:
            if name == _WIDGET_TOKEN:
                return value[:_LONGEST_NAME].decode("latin-1")
    return ""
