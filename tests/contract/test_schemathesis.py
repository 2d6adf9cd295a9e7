"""What the document promises, held against what the server does, with made-up requests."""

import asyncio
from collections.abc import Callable, Generator
from contextlib import nullcontext, suppress
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as effort
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis import checks as any_api
from schemathesis.core.transport import Response
from schemathesis.specs.openapi import checks as open_api

from rejoinder.db.pool import connect
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from tests.builders import Desk, a_desk
from tests.channels.widget.browser import Browser
from tests.conftest import a_client

# The library's own types are generic in classes of clients that we do not have.
Case = Any
Operation = Any
any_checks: Any = any_api
api_checks: Any = open_api
CHECKS = [
    any_checks.not_a_server_error,
    api_checks.status_code_conformance,
    api_checks.content_type_conformance,
    api_checks.response_headers_conformance,
    api_checks.response_schema_conformance,
]
EXAMPLES = {GenerationMode.POSITIVE: 60, GenerationMode.NEGATIVE: 20}
# A stream has no end that a test could wait for.
STREAM = "text/event-stream"
# The document's own example.
SESSION = "018f3b6e-1c2d-4a4b-9e8f-0123456789ab"

Document = dict[str, Any]
Send = Callable[[Case], Response]


@pytest.fixture(scope="module")
def runner() -> Generator[asyncio.Runner]:
    """A loop that stands still between requests: Hypothesis calls, it does not await."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def desk(runner: asyncio.Runner, settings: Settings) -> Generator[Desk]:
    """A project with a little of everything, in an application on the runner's loop."""
    quiet = a_client(settings)
    database = connect(settings.database_url, settings)

    async def furnish(client: httpx.AsyncClient) -> Desk:
        desk = await a_desk(Work(await database.__aenter__()), client)
        await desk.call("POST", desk.persons, {"distinct_id": "cleo", "properties": {"n": 1}})
        for _ in range(3):
            await desk.a_ticket(distinct_id="cleo", message="Hello?", tags=["a"])
        await Browser(desk, SESSION, origin="").say("Hello?")
        return desk

    yield runner.run(furnish(runner.run(quiet.__aenter__())))
    runner.run(quiet.__aexit__(None, None, None))
    runner.run(database.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def document(runner: asyncio.Runner, desk: Desk) -> Document:
    """Ours, with paths that lead somewhere more often than chance would."""
    made: Document = runner.run(desk.call("GET", "/api/schema")).json()
    ticket = runner.run(desk.call("GET", "1/")).json()
    of_widget = runner.run(desk.call("GET", "4/")).json()["id"]
    known = {
        "project_id": [str(desk.project.id), "@current"],
        "ref": ["1", "2", "3", ticket["id"]],
        "person_id": [ticket["person"]["id"]],
        "ticket_id": [of_widget],
        "widget_session_id": [SESSION],
        "item_id": ["1", "2", ticket["id"]],
        "token": [desk.project.api_token],
    }
    for path in made["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] != "header" and parameter["name"] in known:
                    parameter["schema"] = {"enum": known[parameter["name"]]}
    return made


@pytest.fixture(scope="module")
def send(runner: asyncio.Runner, desk: Desk) -> Send:
    def send(case: Case) -> Response:
        made = case.as_transport_kwargs(base_url="http://testserver")
        given = {**made.pop("headers", {}), **_credentials(desk, case.operation.path)}
        headers = [(name.encode(), str(value).encode()) for name, value in given.items()]
        known = {name: made[name] for name in ("method", "url", "params", "json") if name in made}
        content = made.get("data")
        request = desk.client.request(**known, content=content, headers=headers, cookies=None)
        return Response.from_httpx(runner.run(request), verify=True)

    return send


def _credentials(desk: Desk, path: str) -> dict[str, str]:
    secret = desk.project.secret_api_token if "/external/" in path else desk.key
    return {
        "Authorization": f"Bearer {secret}",
        "X-Conversations-Token": desk.project.widget_public_token,
    }


def operations(document: Document) -> list[Operation]:
    """Those that can be held to the document."""
    schema: Any = schemathesis.openapi.from_dict(document)
    return [
        operation
        for result in schema.get_all_operations()
        if STREAM not in str((operation := result.ok()).definition.raw)
    ]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_server_does_what_the_document_says(
    document: Document, send: Send, subtests: pytest.Subtests, mode: GenerationMode
) -> None:
    for operation in operations(document):
        with subtests.test(operation.label):
            strategy = operation.as_strategy(generation_mode=mode)

            @seed(1)
            @effort(
                max_examples=EXAMPLES[mode],
                database=None,
                deadline=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            )
            @given(case=strategy)
            def hold(case: Case) -> None:
                case.validate_response(send(case), checks=CHECKS)

            # Where any text will do, nothing can be given wrongly.
            with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():
                hold()
