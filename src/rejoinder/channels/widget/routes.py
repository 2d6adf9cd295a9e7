"""The widget's API as one raw ASGI application, in front of the framework: it is polled.

Paths stand without a trailing slash; one with it is answered all the same.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar.exceptions import MethodNotAllowedException
from litestar.types import Receive, Send

from rejoinder.channels.widget import reading, restore, uploading, writing
from rejoinder.channels.widget.call import Answer, Call
from rejoinder.channels.widget.errors import Refused
from rejoinder.channels.widget.stream import stream
from rejoinder.channels.widget.switchboard import Switchboard
from rejoinder.channels.widget.wire import Refusal
from rejoinder.errors import NotFound

PREFIX: Final = "/api/conversations/v1/widget/"

Plain = Callable[[Switchboard, Call], Awaitable[Answer]]
OfTicket = Callable[[Switchboard, Call, UUID], Awaitable[Answer]]

_PLAIN: Final[dict[str, tuple[str, Plain]]] = {
    "message": ("POST", writing.message),
    "attachments": ("POST", uploading.attachment),
    "tickets": ("GET", reading.tickets),
    "restore/request": ("POST", restore.request),
    "restore": ("POST", restore.redeem),
}
_OF_TICKET: Final[dict[str, tuple[str, OfTicket, str]]] = {
    "": ("GET", reading.messages, PREFIX + "messages/{ticket_id}"),
    "/read": ("POST", writing.read, PREFIX + "messages/{ticket_id}/read"),
}
_STREAM: Final = "stream"
_UUID: Final = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MESSAGES: Final = re.compile(rf"messages/({_UUID})(/read)?")


class Widget:
    """Answers everything below PREFIX."""

    routes: Final[Mapping[str, str]] = {
        **{PREFIX + path: method for path, (method, _) in _PLAIN.items()},
        **{template: method for method, _, template in _OF_TICKET.values()},
        PREFIX + _STREAM: "GET",
    }
    """The method of each path."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        path: str = scope["path"].removeprefix(PREFIX).rstrip("/")
        call = Call(scope, receive)
        try:
            if path == _STREAM:
                _enter(scope, "GET", PREFIX + path)
                await stream(self._board, call, send)
                return
            answer = await self._answer(scope, call, path)
        except Refused as refused:
            answer = _refusal(refused)
        await answer.send(send)

    async def _answer(self, scope: Any, call: Call, path: str) -> Answer:
        """What the route says.

        Raises:
            NotFound, MethodNotAllowedException: there is no such route.
        """
        if found := _MESSAGES.fullmatch(path):
            method, of_ticket, template = _OF_TICKET[found[2] or ""]
            _enter(scope, method, template)
            return await of_ticket(self._board, call, UUID(found[1]))
        if path not in _PLAIN:
            raise NotFound
        method, plain = _PLAIN[path]
        _enter(scope, method, PREFIX + path)
        return await plain(self._board, call)


def _enter(scope: Any, method: str, template: str) -> None:
    """Names the route for metrics and logs, which never see the path itself."""
    scope["path_template"] = template
    if scope["method"] != method:
        raise MethodNotAllowedException(headers={"allow": f"{method}, OPTIONS"})


def _refusal(refused: Refused) -> Answer:
    details = msgspec.UNSET if refused.details is None else refused.details
    return Answer(refused.status, msgspec.json.encode(Refusal(refused.text, details)))
