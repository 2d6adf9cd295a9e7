"""What nobody should send: stored and read back unchanged, or refused by name; never a 5xx."""

from typing import Any

import httpx
import pytest

from tests.builders import Desk
from tests.contract.naughty import TEXTS
from tests.web.app import envelope

JSON = {"content-type": "application/json"}
FILTERS = (
    "limit", "offset", "order_by", "status", "priority", "channel_source", "channel_detail",
    "assignee", "date_from", "date_to", "distinct_ids", "emails", "search", "sla", "snoozed",
    "tags", "tags_all", "tags_exclude", "cursor", "view", "personal_api_key", "distinct_id",
    "email",
)  # fmt: skip


def assert_refused(response: httpx.Response, attr: str | None) -> None:
    """A 400 in the envelope that names the place."""
    assert response.status_code == 400, response.text
    assert set(response.json()) == {"type", "code", "detail", "attr"}
    assert response.json()["attr"] == attr


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
async def test_a_naughty_text_is_kept_as_it_is(desk: Desk, text: str) -> None:
    written = {
        "distinct_id": text,
        "escalation_reason": text,
        "email_subject": text,
        "email_from": text,
        "anonymous_traits": {"name": text, text: [text], "deep": {text: text}},
    }

    created = await desk.a_ticket(**written, message=f"x{text}x", tags=[f"x{text}x"])
    read = (await desk.call("GET", "1/")).json()
    person = await desk.call(
        "POST", desk.persons, {"distinct_id": text, "properties": {text: text, "email": text}}
    )
    by_id = await desk.call("GET", desk.persons, params={"distinct_id": text})

    assert {name: created[name] for name in written} == written
    assert {name: read[name] for name in written} == written
    assert read["last_message_text"] == f"x{text}x"
    assert read["tags"] == [f"x{text}x".lower()]
    assert person.json()["properties"] == {text: text, "email": text}
    assert [each["distinct_ids"] for each in by_id.json()["results"]] == [[text]]
    assert (await desk.call("GET", "1/")).json()["person"]["distinct_ids"] == [text]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
async def test_a_naughty_text_breaks_no_parameter_and_no_path(desk: Desk, text: str) -> None:
    await desk.a_ticket(message=f"x{text}x")

    answers = [await desk.call("GET", params={name: text}) for name in FILTERS]
    answers += [await desk.call("GET", desk.persons, params={name: text}) for name in FILTERS]
    answers += [await desk.call("GET", f"{httpx.QueryParams({'': text})}"[1:] + "/")]

    assert {answer.status_code for answer in answers} <= {200, 400, 404}
    for refused in (answer for answer in answers if answer.status_code == 400):
        assert refused.json()["attr"] in {"cursor", "view"}
    if len(text.strip()) > 2 and not text.strip().isdigit():
        assert await desk.listed(search=text) == [1]


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        (b'{"message": "a\\u0000b"}', "message"),
        (b'{"anonymous_traits": {"a": {"b": ["x", "\\u0000"]}}}', "anonymous_traits__a__b__1"),
        (b'{"anonymous_traits": {"\\u0000": 1}}', "anonymous_traits"),
        (b'{"tags": ["\\u0000"]}', "tags__0"),
        (b'{"anonymous_traits": {"n": 9223372036854775808}}', "anonymous_traits__n"),
        (b'{"anonymous_traits": {"n": -9223372036854775809}}', "anonymous_traits__n"),
        (b'{"assignee": {"type": "user", "id": 9223372036854775808}}', "assignee__id"),
        (b'{"anonymous_traits": ' + b'{"a":' * 32 + b"1" + b"}" * 33, "anonymous_traits"),
        (b'{"anonymous_traits": {"a": ' + b"[" * 40 + b"]" * 40 + b"}}", "anonymous_traits"),
        (b'{"anonymous_traits": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}", None),
        (b'{"message": "\\ud800"}', None),
        (b'{"anonymous_traits": {"n": NaN}}', None),
        (b'{"anonymous_traits": {"n": Infinity}}', None),
        (b'{"anonymous_traits": {"n": 1e400}}', None),
        (b'{"anonymous_traits": {"n": ' + b"9" * 5000 + b"}}", None),
        (b'{"message": "\xff"}', None),
        (b'{"message": "\xed\xa0\x80"}', None),
        (b'\xef\xbb\xbf{"message": "x"}', None),
        ('{"message": "x"}'.encode("utf-16"), None),
        (b"[1]", None),
        (b'"x"', None),
        (b"null", None),
        (b"5", None),
        (b"{", None),
        (b"{}{}", None),
        (b'{"message": "x",}', None),
        (b"{'message': 'x'}", None),
    ],
    ids=lambda value: str(value)[:40],
)
@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("PATCH", "1/")])
async def test_a_bad_body_is_refused_where_it_is_bad(
    desk: Desk, method: str, path: str, body: bytes, attr: str | None
) -> None:
    await desk.a_ticket()

    refused = await desk.call(method, path, content=body, headers=JSON)

    assert_refused(refused, attr)
    assert await desk.listed() == [1]


VALUES: list[object] = [
    2**63 - 1, -(2**63), 0.1, -0.5, 5e-324, 1e22, 123456789.123456789, True, None, "", [], {},
    [[[]]], {"": {"": ""}}, [1, [2, {"a": [None, True, "x"]}]],
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=str)
async def test_every_other_json_value_is_kept_as_it_is(desk: Desk, value: object) -> None:
    traits: object = {"value": value, "deep": {"er": [value]}}

    created = await desk.a_ticket(anonymous_traits=traits)
    properties = {"distinct_id": "cleo", "properties": traits}
    person = (await desk.call("POST", desk.persons, properties)).json()

    assert created["anonymous_traits"] == traits
    assert (await desk.call("GET", "1/")).json()["anonymous_traits"] == traits
    assert person["properties"] == traits


async def test_a_huge_number_comes_back_as_the_same_number(desk: Desk) -> None:
    """Though in other digits: jsonb writes them out."""
    ticket = await desk.a_ticket(anonymous_traits={"n": 1e308})
    changed = await desk.call("PATCH", "1/", {"anonymous_traits": {"n": 1}})

    assert float(ticket["anonymous_traits"]["n"]) == 1e308
    assert changed.json()["anonymous_traits"] == {"n": 1}


async def test_a_key_given_twice_has_its_last_value(desk: Desk) -> None:
    body = b'{"status": "open", "status": "pending"}'

    created = await desk.call("POST", content=body, headers=JSON)

    assert created.json()["status"] == "pending"


async def test_a_body_of_10_megabytes_is_too_large(desk: Desk) -> None:
    for method, path in (("POST", ""), ("PATCH", "1/"), ("POST", desk.persons)):
        refused = await desk.call(method, path, {"message": "x" * 10_000_000})

        expected = "The request body is larger than 1048576 bytes."
        assert refused.status_code == 413
        assert refused.json() == envelope("invalid_request", "request_too_large", expected)


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/xml", "application/octet-stream", "x", "application/msgpack"]
)
async def test_another_content_type_is_not_supported(desk: Desk, kind: str) -> None:
    await desk.a_ticket()
    expected = f'Unsupported media type "{kind}" in request.'

    for method, path in (("POST", ""), ("PATCH", "1/"), ("PUT", "1/"), ("POST", desk.persons)):
        answer = await desk.call(method, path, content=b"<a/>", headers={"content-type": kind})
        assert answer.status_code == 415
        assert answer.json() == envelope("invalid_request", "unsupported_media_type", expected)


@pytest.mark.parametrize(
    ("raw", "attr"), [("%ff", "search"), ("%00", "search"), ("%c3%28", "search")]
)
async def test_a_query_that_is_no_text_is_refused_by_name(desk: Desk, raw: str, attr: str) -> None:
    assert_refused(await desk.call("GET", f"?search={raw}"), attr)
    assert_refused(await desk.call("GET", f"{desk.persons}?search={raw}"), attr)


async def test_a_thousand_parameters_are_too_many(desk: Desk) -> None:
    assert (await desk.call("GET", "?" + "&".join(["a=1"] * 1000))).status_code == 200
    assert_refused(await desk.call("GET", "?" + "&".join(["a=1"] * 1001)), None)


@pytest.mark.parametrize("length", ["9" * 18, "9" * 5000, "-1", "x", ""])
async def test_an_odd_content_length_is_no_fault_of_ours(desk: Desk, length: str) -> None:
    answer = await desk.call("GET", headers={"content-length": length})

    assert answer.status_code in {200, 413}


@pytest.mark.parametrize(
    "moment",
    [
        "", "now", "-7d", "2026", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
        "2026-01-01T25:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+25:00",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1969-12-31T23:59:59Z",
        "10000-01-01T00:00:00Z", "294276-01-01T00:00:00Z", "-0001-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z\u0020", "\uff12026-01-01T00:00:00Z", 0, 1.5, True, [], {},
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["sla_due_at", "snoozed_until"])
async def test_an_odd_time_is_refused(desk: Desk, field: str, moment: object) -> None:
    await desk.a_ticket()

    for method, path in (("POST", ""), ("PATCH", "1/")):
        assert_refused(await desk.call(method, path, {field: moment}), field)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2030-01-05T10:00:00Z", "2030-01-05T10:00:00Z"),
        ("2030-01-05T10:00Z", "2030-01-05T10:00:00Z"),
        ("2030-01-05 10:00:00Z", "2030-01-05T10:00:00Z"),
        ("2030-01-05T10:00:00", "2030-01-05T10:00:00Z"),
        ("2030-01-05", "2030-01-05T00:00:00Z"),
        ("2030-01-05T10:00:00.1+05:30", "2030-01-05T04:30:00.100000Z"),
        ("2030-01-05T10:00:00.123456789Z", "2030-01-05T10:00:00.123456Z"),
        ("9999-12-29T23:59:59.999999Z", "9999-12-29T23:59:59.999999Z"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
    ],
)
async def test_a_time_is_kept_to_the_microsecond(desk: Desk, given: str, kept: str) -> None:
    ticket = await desk.a_ticket(sla_due_at=given)

    assert ticket["sla_due_at"] == kept


async def test_the_largest_texts_are_kept(desk: Desk) -> None:
    """Random enough that no index can compress them."""
    large = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(100_000))
    fields: dict[str, Any] = {
        "escalation_reason": large,
        "anonymous_traits": {"name": large, "email": large[:500], "else": large},
        "distinct_id": large[:400],
        "email_subject": large[:500],
        "email_from": large[:254],
        "tags": [large[n : n + 255] for n in range(0, 25_500, 255)],
    }

    ticket = await desk.a_ticket(**fields)
    ticket = await desk.a_ticket(message=large[:10_000]) | ticket

    assert {name: ticket[name] for name in fields} == fields
