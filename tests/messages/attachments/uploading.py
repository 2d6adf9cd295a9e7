"""Uploads for tests, and what became of them."""

from collections.abc import AsyncGenerator, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from tests.builders import Desk

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def url(desk: Desk) -> str:
    return f"/api/projects/{desk.project.id}/conversations/attachments/"


async def upload(
    desk: Desk, content: bytes = PNG, name: str = "picture.png", **options: Any
) -> httpx.Response:
    """As a form."""
    return await desk.call("POST", url(desk), files={"file": (name, content)}, **options)


async def an_attachment(
    desk: Desk, content: bytes = PNG, name: str = "picture.png", **options: Any
) -> dict[str, Any]:
    response = await upload(desk, content, name, **options)
    assert response.status_code == 201, response.text
    return response.json()


async def pieces(contents: Iterable[bytes]) -> AsyncGenerator[bytes]:
    """A body whose length is not known beforehand."""
    for content in contents:
        yield content


def objects(data: Path, desk: Desk) -> list[Path]:
    """What the file store holds of the desk's project, half files included."""
    folder = data / "files" / str(desk.project.id)
    return sorted(folder.iterdir()) if folder.exists() else []


async def attachments(database: Database, desk: Desk) -> list[UUID]:
    """The rows of the desk's project."""
    statement = Statement("SELECT id FROM attachments WHERE project_id = $1 ORDER BY id")
    async with database.session() as session:
        rows = await session.connection.fetch(statement, desk.project.id)
    return [row[0] for row in rows]


def image(src: str) -> dict[str, Any]:
    """Rich content that shows one image."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "Look"}]}
    return {"type": "doc", "content": [paragraph, {"type": "image", "attrs": {"src": src}}]}
