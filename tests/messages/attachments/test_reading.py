import re
from uuid import UUID

import pytest
from msgspec.structs import replace

from rejoinder.messages.attachments.links import Links
from rejoinder.settings import Settings
from tests.builders import Desk
from tests.messages.attachments.uploading import PNG, an_attachment, objects

POLYGLOT = b"GIF89a=0;/*<script>alert(1)</script>*/"
SCRIPTS = {
    "page.html": b"<html><script>alert(1)</script>",
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "lie.png": b"<html><script>alert(1)</script>",
    "paper.pdf": b"%PDF-1.4\n/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
    "mail.mht": b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<script>",
    "data.xml": b'<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>',
}


async def test_an_image_may_be_shown(desk: Desk) -> None:
    made = await an_attachment(desk, PNG, "Fahrrad für 2.png")

    read = await desk.client.get(made["url"])

    assert (read.status_code, read.content) == (200, PNG)
    assert read.headers["content-type"] == "image/png"
    assert read.headers["content-length"] == str(len(PNG))
    disposition = read.headers["content-disposition"]
    assert disposition.startswith('inline; filename="Fahrrad f_r 2.png"; ')
    assert disposition.endswith("filename*=UTF-8''Fahrrad%20f%C3%BCr%202.png")
    assert read.headers["x-content-type-options"] == "nosniff"
    assert read.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert read.headers["cross-origin-resource-policy"] == "cross-origin"
    assert re.fullmatch(r"private, max-age=\d+, immutable", read.headers["cache-control"])


@pytest.mark.parametrize(("name", "content"), SCRIPTS.items(), ids=SCRIPTS)
async def test_what_could_run_is_only_ever_downloaded(
    desk: Desk, name: str, content: bytes
) -> None:
    made = await an_attachment(desk, content, name)

    read = await desk.client.get(made["url"])

    assert made["is_image"] is False
    assert read.headers["content-type"] == "application/octet-stream"
    assert read.headers["content-disposition"].startswith("attachment; ")
    assert read.headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_an_image_that_is_a_script_as_well_is_an_image(desk: Desk) -> None:
    made = await an_attachment(desk, POLYGLOT, "both.html")

    read = await desk.client.get(made["url"])

    assert read.headers["content-type"] == "image/gif"
    assert read.headers["x-content-type-options"] == "nosniff"
    assert read.headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_every_wrong_link_is_refused_alike(desk: Desk, settings: Settings) -> None:
    made = await an_attachment(desk)
    token = str(made["url"]).rpartition("/")[2]
    payload, _, signature = token.partition(".")
    path = str(made["url"]).removesuffix(token)
    strange = Links(replace(settings, secret_key="another key of just enough characters"))
    long_ago = Links(settings, clock=lambda: 0)
    attachment_id = UUID(made["id"])
    tokens = [
        f"x{payload}.{signature}",
        f"{payload}.{signature[::-1]}",
        payload,
        "nonsense",
        "ü",
        strange.url("", desk.project.id, attachment_id).rpartition("/")[2],
        long_ago.url("", desk.project.id, attachment_id).rpartition("/")[2],
    ]

    answers = [await desk.client.get(path + each) for each in tokens]

    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.text for answer in answers}) == 1


async def test_a_link_opens_nothing_in_another_project(
    desk: Desk, other_desk: Desk, settings: Settings
) -> None:
    made = await an_attachment(desk)

    link = Links(settings).url("http://testserver", other_desk.project.id, UUID(made["id"]))

    assert (await desk.client.get(link)).status_code == 404


async def test_an_object_that_is_gone_is_not_found(desk: Desk, settings: Settings) -> None:
    made = await an_attachment(desk)
    for file in objects(settings.data_dir, desk):
        file.unlink()

    assert (await desk.client.get(made["url"])).status_code == 404
