"""The inbox's page and files, as a browser asks for them."""

import gzip
from pathlib import Path

import httpx
import pytest
from litestar.types import ASGIApp

from rejoinder.settings import Settings
from rejoinder.web.pages import Pages, asset, page
from tests.web.app import application, client

_PAGE = b"<!doctype html><script type=module src=/assets/index-1.js></script>"


def lay(folder: Path) -> None:
    (folder / "assets").mkdir()
    for name, content in {"index.html": _PAGE, "assets/index-1.js": b"let a"}.items():
        (folder / name).write_bytes(content)
        (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        (folder / f"{name}.br").write_bytes(b"packed")


def serving(folder: Path, settings: Settings | None = None) -> ASGIApp:
    pages = Pages(settings or Settings(), folder)
    return application(page, asset, state={"pages": pages})


async def get(app: ASGIApp, path: str, **headers: str) -> httpx.Response:
    async with client(app) as web:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await web.get(path, headers={"accept-encoding": "identity", **sent})


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sign-in",
        "/reset-password",
        "/invites/abc",
        "/account/keys",
        "/projects/1/tickets/7",
        "/projects/1/settings/webhooks/3",
    ],
)
async def test_every_address_of_the_inbox_is_its_one_page(path: str, tmp_path: Path) -> None:
    lay(tmp_path)

    answer = await get(serving(tmp_path), path)

    assert (answer.status_code, answer.content) == (200, _PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


async def test_the_page_may_run_show_and_reach_nothing_but_ours(tmp_path: Path) -> None:
    lay(tmp_path)

    answer = await get(serving(tmp_path), "/")

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_pictures_may_also_come_from_the_operators_store(tmp_path: Path) -> None:
    lay(tmp_path)
    store = Settings(files_public_url="https://files.example.com/bucket")

    answer = await get(serving(tmp_path, store), "/")

    policy = answer.headers["content-security-policy"]
    assert "img-src 'self' blob: data: https://files.example.com;" in policy
    assert "bucket" not in policy


async def test_an_unchanged_page_is_not_sent_again(tmp_path: Path) -> None:
    lay(tmp_path)
    first = await get(serving(tmp_path), "/")

    again = await get(serving(tmp_path), "/", if_none_match=first.headers["etag"])

    assert (again.status_code, again.content) == (304, b"")


async def test_a_file_is_kept_for_ever_and_sent_as_the_browser_likes_it(tmp_path: Path) -> None:
    lay(tmp_path)

    answer = await get(serving(tmp_path), "/assets/index-1.js", accept_encoding="gzip")

    assert (answer.status_code, answer.text) == (200, "let a")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["other.js", "index.html", "..%2Findex.html", "%2e%2e"])
async def test_nothing_but_the_built_files_is_served(name: str, tmp_path: Path) -> None:
    lay(tmp_path)

    answer = await get(serving(tmp_path), f"/assets/{name}")

    assert answer.status_code == 404


async def test_without_the_build_it_says_what_is_missing(tmp_path: Path) -> None:
    answer = await get(serving(tmp_path), "/")

    assert answer.status_code == 404
    assert "make setup" in answer.json()["detail"]
