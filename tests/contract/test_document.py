"""The document has every route of the application, with examples, or there is a reason."""

import re
from collections.abc import Iterator
from typing import Any, cast

import httpx
import pytest
from litestar.routes import HTTPRoute

from rejoinder.app.application import application
from rejoinder.channels.widget.routes import Widget
from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from rejoinder.web.shortcuts import Application

UNDOCUMENTED = {
    "/api/docs": "the page made from the document",
    "/api/schema": "the document",
    "/api/schema/openapi.json": "the document",
    "/api/schema/{path}": "the document",
    "/": "the inbox",
    "/sign-in": "the inbox",
    "/reset-password": "the inbox",
    "/invites/{token}": "the inbox",
    "/account": "the inbox",
    "/account/{rest}": "the inbox",
    "/projects/{rest}": "the inbox",
    "/assets/{name}": "a file",
    "/static/{name}": "a file",
    "/static/{version}/{name}": "a file",
    "/e": "an older name of /i/v0/e",
    "/capture": "an older name of /i/v0/e",
    "/track": "an older name of /i/v0/e",
    "/engage": "an older name of /i/v0/e",
    "/s": "an older name of /i/v0/e",
    "/decide": "an older name of /flags",
}

Document = dict[str, Any]


def routes(app: Application) -> Iterator[tuple[str, str]]:
    """Path and method of everything that the application answers."""
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        for method in route.methods - {"OPTIONS"}:
            yield re.sub(r":\w+\}", "}", route.path), method
    for beside in app.beside.values():
        assert isinstance(beside, Widget)
        yield from beside.routes.items()


@pytest.fixture
async def document(client: httpx.AsyncClient) -> Document:
    return (await client.get("/api/schema")).json()


def operations(document: Document) -> Iterator[tuple[str, Document]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


async def test_every_route_is_in_the_document(document: Document, settings: Settings) -> None:
    app = cast("Application", cast("Edge", application(settings)).app)
    known = {
        (path, method.upper()) for path, found in document["paths"].items() for method in found
    }

    existing = set(routes(app))

    assert {path for path, _ in existing - known} == set(UNDOCUMENTED)
    assert known <= existing


async def test_every_json_body_has_an_example(document: Document) -> None:
    bare = [
        f"{name} {place}"
        for name, operation in operations(document)
        for place, holder in {
            "body": operation.get("requestBody", {}),
            **operation["responses"],
        }.items()
        if not holder.get("content", {}).get("application/json", {"examples": True})["examples"]
    ]

    assert bare == []


async def test_every_operation_says_what_it_is_for(document: Document) -> None:
    tags = {tag["name"] for tag in document["tags"]}

    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["description"], name
        assert set(operation["tags"]) <= tags, name


async def test_operations_have_names_of_their_own(document: Document) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]

    assert len(set(names)) == len(names)


async def test_credentials_and_references_lead_somewhere(document: Document) -> None:
    components = document["components"]
    wanted = {
        credential
        for _, operation in operations(document)
        for alternative in operation.get("security", document["security"])
        for credential in alternative
    }

    assert wanted == set(components["securitySchemes"])
    for kind, name in re.findall(r"'#/components/(\w+)/([^']+)'", str(document)):
        assert name in components[kind]


async def test_the_page_has_a_line_with_the_right_credential(client: httpx.AsyncClient) -> None:
    page = (await client.get("/api/docs")).text

    for secret in (
        "Authorization: Bearer $REJOINDER_KEY",
        "Authorization: Bearer $REJOINDER_SECRET",
        "X-Conversations-Token: $REJOINDER_WIDGET_TOKEN",
    ):
        assert f"-H &quot;{secret}&quot;" in page
