"""The configuration and the scripts that a page with posthog-js begins with."""

import gzip
import json
import re
from pathlib import Path

import pytest

from rejoinder.channels.host.assets import FOLDER, Assets
from tests.builders import Desk


def config_path(desk: Desk) -> str:
    return f"/array/{desk.project.api_token}/config"


async def test_the_widget_is_configured_by_the_projects_settings(desk: Desk) -> None:
    await desk.set(
        widget_enabled=True,
        widget_color="#112233",
        widget_domains=["*.example.com"],
        widget_require_email=True,
        widget_position="top_left",
    )

    found = (await desk.client.get(config_path(desk))).json()

    assert found["token"] == desk.project.api_token
    assert found["hasFeatureFlags"] is False
    assert found["autocapture_opt_out"] is True
    assert found["conversations"] == {
        "enabled": True,
        "widgetEnabled": True,
        "token": desk.project.widget_public_token,
        "greetingText": "Hey, how can I help you today?",
        "color": "#112233",
        "placeholderText": "Type your message...",
        "requireEmail": True,
        "collectName": False,
        "identificationFormTitle": "Before we start...",
        "identificationFormDescription": "Please provide your details so we can help you better.",
        "domains": ["*.example.com"],
        "widgetPosition": "top_left",
    }


async def test_the_widget_stays_away_until_it_is_switched_on(desk: Desk) -> None:
    before = (await desk.client.get(config_path(desk))).json()["conversations"]
    await desk.set(enabled=False)
    after = (await desk.client.get(config_path(desk))).json()["conversations"]

    assert (before["enabled"], before["widgetEnabled"]) == (True, False)
    assert after is False


async def test_the_script_says_the_same_as_the_json(desk: Desk) -> None:
    script = await desk.client.get(f"{config_path(desk)}.js")
    plain = await desk.client.get(config_path(desk))

    found = re.fullmatch(
        r"\(window\._POSTHOG_REMOTE_CONFIG=window\._POSTHOG_REMOTE_CONFIG\|\|\{\}\)"
        r"\[\"(\w+)\"\]=(.*);",
        script.text.replace("-", "_"),
    )
    assert found is not None
    told = json.loads(script.text.partition("]=")[2].removesuffix(";"))
    assert told == {"config": plain.json(), "siteApps": []}
    assert script.headers["content-type"] == "application/javascript; charset=utf-8"
    assert script.headers["access-control-allow-origin"] == "*"


async def test_a_configuration_is_sent_again_only_when_it_changed(desk: Desk) -> None:
    first = await desk.client.get(config_path(desk))
    known = {"If-None-Match": first.headers["etag"]}
    same = await desk.client.get(config_path(desk), headers=known)
    await desk.set(widget_color="#445566")
    other = await desk.client.get(config_path(desk), headers=known)

    assert first.headers["cache-control"] == "public, no-cache"
    assert (same.status_code, same.content) == (304, b"")
    assert other.json()["conversations"]["color"] == "#445566"


@pytest.mark.parametrize("name", ["config", "config.js"])
async def test_an_unknown_token_has_no_configuration(desk: Desk, name: str) -> None:
    answer = await desk.client.get(f"/array/phc_unknown/{name}")

    assert answer.status_code == 404
    assert answer.headers["access-control-allow-origin"] == "*"


needs_client = pytest.mark.skipif(not FOLDER.exists(), reason="posthog-js was not fetched")


@needs_client
@pytest.mark.parametrize("name", ["array.js", "conversations.js", "surveys.js"])
async def test_the_scripts_are_served_to_any_page(desk: Desk, name: str) -> None:
    answer = await desk.client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})

    assert answer.content == (FOLDER / name).read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/javascript; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=300"


@needs_client
async def test_a_script_under_its_version_never_changes(desk: Desk) -> None:
    version = Assets().version

    paths = [f"/static/{version}/array.js", f"/static/array.js?v={version}"]
    own = [await desk.client.get(path) for path in paths]
    other = await desk.client.get("/static/1.2.3/array.js")

    assert all("immutable" in answer.headers["cache-control"] for answer in own)
    assert (other.status_code, other.headers["cache-control"]) == (200, "public, max-age=300")


@needs_client
async def test_a_known_script_is_not_sent_again(desk: Desk) -> None:
    first = await desk.client.get("/static/array.js")

    again = await desk.client.get(
        "/static/array.js", headers={"If-None-Match": first.headers["etag"]}
    )

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["index.json", "LICENSE", "..%2Fassets.py", "nothing.js"])
async def test_nothing_else_is_served(desk: Desk, name: str) -> None:
    assert (await desk.client.get(f"/static/{name}")).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("", ""), ("gzip, br", "br"), ("br;q=0, gzip", "gzip"), ("*", "br"), ("gzip;q=x", "")],
)
def test_the_best_accepted_encoding_is_taken(tmp_path: Path, accepted: str, encoding: str) -> None:
    for suffix, content in {"": b"x", ".gz": gzip.compress(b"x"), ".br": b"br"}.items():
        (tmp_path / f"a.js{suffix}").write_bytes(content)
    (tmp_path / "index.json").write_text('{"version": "1", "files": {"a.js": "tag"}}')

    found = Assets(tmp_path).find("a.js", accepted)

    assert found is not None
    assert found.encoding == encoding


def test_without_the_scripts_there_is_no_version(tmp_path: Path) -> None:
    assert Assets(tmp_path).version == ""
    assert Assets(tmp_path).find("array.js", "") is None
