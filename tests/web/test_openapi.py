"""The document, and the page made from it."""

from typing import Any

import httpx
import pytest

from rejoinder.web.health import health_router
from rejoinder.web.openapi import ERRORS, errors_of
from rejoinder.web.schema import Schemas
from tests.web.app import application, client


@pytest.fixture
async def document(web: httpx.AsyncClient) -> dict[str, Any]:
    return (await web.get("/api/schema")).json()


async def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["version"] == "1.2.3"


@pytest.mark.parametrize("path", ["/api/schema/", "/api/schema/openapi.json"])
async def test_it_is_found_under_several_names(
    web: httpx.AsyncClient, document: dict[str, Any], path: str
) -> None:
    assert (await web.get(path)).json() == document


async def test_what_is_not_there_has_the_envelope(web: httpx.AsyncClient) -> None:
    answer = await web.get("/api/schema/nothing")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_every_operation_names_what_the_edge_may_answer(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            expected = ["400", "429", "503"]
            if "requestBody" in operation:
                expected += ["413", "415"]
            assert set(expected) <= set(operation["responses"])


async def test_every_error_is_described_as_the_envelope(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    (media,) = response["content"].values()
                    assert media["schema"] == {"$ref": "#/components/schemas/Error"}
                    (example,) = media["examples"].values()
                    assert set(example["value"]) == {"type", "code", "detail", "attr"}


async def test_a_page_has_a_name_and_a_shape(document: dict[str, Any]) -> None:
    page = document["components"]["schemas"]["strPage"]

    assert set(page["properties"]) == {"count", "next", "previous", "results"}


async def test_a_bearer_key_is_asked_for(document: dict[str, Any]) -> None:
    scheme = document["components"]["securitySchemes"]["key"]

    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert document["security"] == [{"key": []}]


def test_a_route_names_its_own_errors_too() -> None:
    assert set(errors_of(401, 404)) == {400, 401, 404, 429, 503}


async def test_the_page_shows_every_operation_once(document: dict[str, Any]) -> None:
    async with client(application(health_router({}))) as web:
        answer = await web.get("/api/docs/")

    assert answer.headers["content-type"].startswith("text/html")
    for path, methods in document["paths"].items():
        for method in methods:
            shown = f'<span class="method {method}">{method.upper()}</span>'
            assert f'{shown}<span class="path">{path}</span>' in answer.text


async def test_the_page_needs_no_script_and_nothing_from_elsewhere(web: httpx.AsyncClient) -> None:
    answer = await web.get("/api/docs")

    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    for word in ("<script", "http://", "https://", "style=", "onclick"):
        assert word not in answer.text.replace("https://example.com", "")


async def test_the_page_has_a_line_to_try_each_operation(web: httpx.AsyncClient) -> None:
    page = (await web.get("/api/docs")).text

    assert "curl -X PATCH &quot;$REJOINDER_URL/things/" in page
    assert "Authorization: Bearer $REJOINDER_KEY" in page


def test_an_example_can_be_made_of_every_schema() -> None:
    schemas = Schemas({"components": {"schemas": {"Tree": TREE}}})

    example = schemas.example({"$ref": "#/components/schemas/Tree"})

    assert (example["name"], example["kind"], example["size"]) == ("text", "oak", None)
    assert isinstance(example["branches"], list)


TREE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "kind": {"enum": ["oak", "ash"]},
        "size": {"oneOf": [{"type": "null"}, {"type": "number"}], "default": None},
        "branches": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    },
}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "format": "uuid"}, "string (uuid)"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Tag"}}, "array of Tag"),
        ({"oneOf": [{"type": "null"}, {"type": "integer"}]}, "integer, or null"),
        ({"enum": ["new", None]}, "new | null"),
        ({}, "any"),
    ],
)
def test_types_are_put_into_words(schema: dict[str, Any], words: str) -> None:
    assert Schemas({}).words(schema) == words


def test_each_documented_error_says_when_it_comes() -> None:
    assert all(text.endswith(".") for text, _ in ERRORS.values())
