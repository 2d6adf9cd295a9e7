"""What the widget's calls take, as the document tells of it; `wire` reads it field by field."""

from typing import Annotated, Any, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.channels.widget.wire import Moment
from rejoinder.messages.attachments.types import MOST_OF_A_MESSAGE
from rejoinder.tickets.types import Status

_SESSION: Final = "018f3b6e-1c2d-4a4b-9e8f-0123456789ab"
_DISTINCT_ID: Final = 400

Hash = Annotated[str, Meta(pattern="^(.{64})?$")]


class Asking(Struct, kw_only=True):
    """Who asks: a session, or both halves of an identity, or all three."""

    widget_session_id: Annotated[
        UUID | None,
        Meta(description="A UUID made in the browser, and kept there.", examples=[_SESSION]),
    ] = None
    identity_distinct_id: Annotated[
        str, Meta(description="Whom your server knows the caller as.", max_length=_DISTINCT_ID)
    ] = ""
    identity_hash: Annotated[
        Hash, Meta(description="HMAC-SHA256 of the distinct id with the project's secret, in hex.")
    ] = ""
    identity_email: Annotated[str, Meta(description="The caller's address.")] = ""
    identity_hash_email: Annotated[
        str, Meta(description="The signature of the address; a wrong one is ignored.")
    ] = ""
    identity_exp_email: Annotated[
        str, Meta(description="Until when it is good: Unix seconds, a day ahead at most.")
    ] = ""


class Message(Asking, kw_only=True):
    message: Annotated[str, Meta(min_length=1, max_length=10_000, examples=["Hello?"])]
    distinct_id: Annotated[
        str,
        Meta(
            description="Required without an identity.", max_length=_DISTINCT_ID, examples=["cleo"]
        ),
    ] = ""
    ticket_id: Annotated[
        UUID | None, Meta(description="One of the caller's; null opens another.", examples=[None])
    ] = None
    traits: Annotated[
        dict[str, str | float | bool | None],
        Meta(description="What the customer says of themselves.", examples=[{"name": "Cleo"}]),
    ] = {}
    session_id: Annotated[str, Meta(description="Of the page's analytics.", max_length=64)] = ""
    session_context: Annotated[
        dict[str, Any],
        Meta(
            description="The page, for the team.",
            examples=[{"current_url": "https://example.com/pricing"}],
        ),
    ] = {}
    client_id: Annotated[
        str,
        Meta(
            description="Any text of your choice: sent again, the message is not added twice.",
            max_length=100,
        ),
    ] = ""
    attachment_ids: Annotated[
        list[UUID],
        Meta(
            description="Uploads of the same caller.", max_length=MOST_OF_A_MESSAGE, examples=[[]]
        ),
    ] = []


class RestoreRequest(Struct, kw_only=True):
    email: Annotated[str, Meta(max_length=254, examples=["cleo@example.com"])]
    request_url: Annotated[
        str,
        Meta(
            description="Where the link leads: the page that asks, on a host of `widget_domains`.",
            max_length=2_048,
            examples=["https://example.com/help"],
        ),
    ]


class Restore(Struct, kw_only=True):
    restore_token: Annotated[str, Meta(min_length=40, max_length=50, examples=["t" * 43])]
    widget_session_id: Annotated[UUID, Meta(examples=[_SESSION])]


class Asked(Struct):
    """Always the same, whether or not the address has tickets."""

    ok: Literal[True]


class Messages(Asking, kw_only=True):
    after: Annotated[
        Moment | None, Meta(description="Only messages after this one's `created_at`.")
    ] = None
    limit: Annotated[int, Meta(description="How many at most.", ge=1, le=500)] = 500


class Tickets(Asking, kw_only=True):
    status: Annotated[Status | None, Meta(description="Only tickets that stand so.")] = None
    limit: Annotated[int, Meta(description="How many at most.", ge=1, le=500)] = 100
    offset: Annotated[int, Meta(description="How many to leave out at the beginning.", ge=0)] = 0


class Stream(Asking, kw_only=True):
    ticket_id: Annotated[
        UUID | None, Meta(description="Only this ticket, and then its messages, too.")
    ] = None
    after: Annotated[Moment | None, Meta(description="Messages after this moment.")] = None


class Upload(Asking, kw_only=True):
    name: Annotated[
        str, Meta(description="What the file is called, if the body is the file itself.")
    ] = ""
