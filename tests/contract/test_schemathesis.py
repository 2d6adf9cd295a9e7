"""What the document promises, held against what the server does, with made-up requests."""

import asyncio
import os
from collections.abc import Callable, Generator
from contextlib import nullcontext, suppress
from functools import partial
from typing import Any, cast

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

from rejoinder.app.application import application
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
LONG = os.environ.get("REJOINDER_TEST_LONG") == "1"
EXAMPLES = {
    GenerationMode.POSITIVE: 200 if LONG else 30,
    GenerationMode.NEGATIVE: 50 if LONG else 10,
}
# With a key everything can be asked; others are let in here and there.
OF_OTHERS = 50 if LONG else 2
# A stream has no end that a test could wait for.
STREAM = "text/event-stream"
# The document's own example.
SESSION = "018f3b6e-1c2d-4a4b-9e8f-0123456789ab"

Document = dict[str, Any]
Send = Callable[[Case], Response]
Credentials = Callable[[str], dict[str, str]]


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
    """Each case as one who may ask this."""
    return sender(runner, desk, partial(a_keys, desk))


def sender(runner: asyncio.Runner, desk: Desk, credentials: Credentials) -> Send:
    def send(case: Case) -> Response:
        made = case.as_transport_kwargs(base_url="http://testserver")
        given = {**made.pop("headers", {}), **credentials(case.operation.path)}
        headers = [(name.encode(), str(value).encode()) for name, value in given.items()]
        known = {name: made[name] for name in ("method", "url", "params", "json") if name in made}
        content = made.get("data")
        request = desk.client.request(**known, content=content, headers=headers, cookies=None)
        return Response.from_httpx(runner.run(request), verify=True)

    return send


def a_keys(desk: Desk, path: str) -> dict[str, str]:
    secret = desk.project.secret_api_token if "/external/" in path else desk.key
    return {
        "Authorization": f"Bearer {secret}",
        "X-Conversations-Token": desk.project.widget_public_token,
    }


@pytest.fixture
def of_others(runner: asyncio.Runner, desk: Desk) -> dict[str, Credentials]:
    """What else somebody may come with, on any path."""
    session = runner.run(desk.session())
    tokens = {
        "the project's secret": desk.project.secret_api_token,
        "the widget's token": desk.project.widget_public_token,
        "a key that only reads": runner.run(desk.a_key("ticket:read")),
    }
    bearers = {name: {"Authorization": f"Bearer {token}"} for name, token in tokens.items()}
    everything = {"a session": session.headers, "nothing": dict[str, str](), **bearers}
    return {name: lambda _, given=given: given for name, given in everything.items()}


def operations(document: Document) -> list[Operation]:
    """Those that can be held to the document."""
    schema: Any = schemathesis.openapi.from_dict(document)
    return [
        operation
        for result in schema.get_all_operations()
        if STREAM not in str((operation := result.ok()).definition.raw)
    ]


def described() -> Document:
    """The document as it is before anything stands in the database."""

    async def read() -> Document:
        transport = httpx.ASGITransport(cast("Any", application(Settings(access_log=False))))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return (await client.get("/api/schema")).json()

    return asyncio.run(read())


@pytest.fixture(scope="module")
def known(document: Document) -> dict[str, Operation]:
    return {operation.label: operation for operation in operations(document)}


# Sorted: routes of one handler come out of a set.
LABELS = sorted(each.label for each in operations(described()))


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("label", LABELS)
def test_the_server_does_what_the_document_says(
    known: dict[str, Operation], send: Send, label: str, mode: GenerationMode
) -> None:
    # Where any text will do, nothing can be given wrongly.
    with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():
        hold(known[label], send, mode, EXAMPLES[mode])


@pytest.mark.parametrize("label", LABELS)
def test_it_does_so_whoever_asks(
    known: dict[str, Operation],
    runner: asyncio.Runner,
    desk: Desk,
    of_others: dict[str, Credentials],
    label: str,
) -> None:
    for credentials in of_others.values():
        send = sender(runner, desk, credentials)
        hold(known[label], send, GenerationMode.POSITIVE, OF_OTHERS)


def hold(operation: Operation, send: Send, mode: GenerationMode, examples: int) -> None:
    """So many made-up requests are answered as the document says."""

    @seed(1)
    @effort(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        case.validate_response(send(case), checks=CHECKS)

    ask()
