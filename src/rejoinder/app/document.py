"""What the OpenAPI document says of the application as a whole."""

from importlib.metadata import version

from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import SecurityScheme

from rejoinder.auth.sessions import COOKIE, CSRF_HEADER
from rejoinder.channels.widget import openapi as widget_openapi
from rejoinder.channels.widget import routes as widget
from rejoinder.web.openapi import openapi_config
from rejoinder.web.parameters import Parameter

_DESCRIPTION = "Customer conversations over HTTP, wire-compatible with PostHog's."
_TAGS = {
    "signing in": "Sessions of the inbox, the caller's account, and personal API keys.",
    "tickets": "Conversations: what customers asked, who has it, and how it stands.",
    "views": "Saved filters of the ticket list, and how many tickets each has.",
    "macros": "Texts and changes that are applied to a ticket at once; also called quick actions.",
    "messages": "What was said: replies to the customer, and notes among the team.",
    "attachments": "Files in messages: uploaded first, then named in a reply or note.",
    "email": "Tickets that the team begins by mail, and where that mail comes from.",
    "comments": "The same messages in the words of PostHog's comments API.",
    "persons": "Who writes to us, known by distinct ids.",
    "notifications": "What concerns the caller: mentions, assignments, customers' messages.",
    "widget": "What a chat on a customer's page speaks, opened by the project's public token.",
    "posthog-js": "What PostHog's libraries ask of their host: its settings, and where events go.",
    "external": "One ticket for other systems, opened by the project's secret token.",
    "projects": "A project's settings, and the tokens that open it.",
    "organizations": "Who works here, as what, and in which roles.",
    "events": "Everything that happened, in order: read it, follow it, resume it.",
    "webhooks": "Events sent to other systems, signed, in order, and again if need be.",
    "health": "For whoever runs this server.",
}
_CREDENTIALS = {
    "session": SecurityScheme(
        type="apiKey",
        name=COOKIE,
        security_scheme_in="cookie",
        description=f"Who signed in. What changes something also needs `{CSRF_HEADER}`.",
    ),
    "secret": SecurityScheme(
        type="http", scheme="bearer", description="The project's secret token (`phs_…`)."
    ),
    widget_openapi.CREDENTIAL: SecurityScheme(
        type="apiKey",
        name="X-Conversations-Token",
        security_scheme_in="header",
        description="The project's public token for the widget.",
    ),
}
_IN_PATHS = {
    "project_id": Parameter("The project's number, or `@current`.", example="@current"),
    "ref": Parameter("The ticket's number or id.", example="1"),
    "ticket_id": Parameter("The ticket's id.", example="018f3b6e-1c2d-7a4b-9e8f-0123456789ab"),
}


def config() -> OpenAPIConfig:
    """Names, texts and credentials of the document."""
    return openapi_config(
        version=version("rejoinder"),
        description=_DESCRIPTION,
        tags=_TAGS,
        credentials=_CREDENTIALS,
        instead_of_key=["session"],
        in_paths=_IN_PATHS,
        beside=[widget_openapi.described(widget.PREFIX)],
    )
