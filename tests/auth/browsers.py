"""People with passwords: few tests need one, for each costs a hash."""

from typing import Any

import httpx

from rejoinder.auth.passwords import hashed
from rejoinder.auth.types import User
from rejoinder.db.sql import Statement
from tests.builders import Desk

PASSWORD = "correct horse battery staple"
_HASH = hashed(PASSWORD)
_SET = Statement("UPDATE users SET password_hash = $2 WHERE id = $1")


async def with_password(desk: Desk, user: User | None = None, kept: str = _HASH) -> User:
    """The user (Ada), who can sign in with PASSWORD from now on."""
    someone = user or desk.ada
    await desk.work.database.run(_SET, someone.id, kept)
    return someone


async def sign_in(
    desk: Desk, email: str, password: str = PASSWORD, **options: Any
) -> httpx.Response:
    body = {"email": email, "password": password}
    return await desk.client.post("/api/login/", json=body, **options)


def token_in(response: httpx.Response) -> str:
    """The session's token out of the cookie that an answer sets."""
    return response.headers["set-cookie"].partition(";")[0].partition("=")[2]
