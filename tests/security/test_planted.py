"""Secrets in every place a request has: no log line, figure, error or job keeps one (T-LOG)."""

import pytest

from rejoinder.db.pool import Database
from rejoinder.db.sql import Statement
from tests.builders import Desk

SECRET = "phx_planted0secret0that0opens0everything0"
HEADERS = {
    "Authorization": f"Bearer {SECRET}",
    "Cookie": f"rejoinder_session={SECRET}; other={SECRET}",
    "Referer": f"https://shop.example/?token={SECRET}",
    "User-Agent": f"agent {SECRET}",
    "X-Api-Key": SECRET,
    "X-Conversations-Token": SECRET,
    "X-Request-Id": f"id {SECRET}",
    "Idempotency-Key": SECRET,
    "If-None-Match": SECRET,
    "Origin": f"https://{SECRET}.example",
}
_JOBS = Statement("SELECT coalesce(string_agg(j::text, ' '), '') FROM jobs j")


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE", "OPTIONS", "BREW"])
async def test_what_is_planted_is_found_nowhere(
    desk: Desk, database: Database, capsys: pytest.CaptureFixture[str], method: str
) -> None:
    body = {"message": SECRET, "personal_api_key": SECRET, SECRET: SECRET, "status": SECRET}
    paths = (desk.tickets, f"{desk.tickets}{SECRET}/", f"/{SECRET}", "/api/login/")
    for path in (*paths, "/api/conversations/v1/widget/messages"):
        for key in (None, desk.key):
            headers = HEADERS | ({"Authorization": f"Bearer {key}"} if key else {})
            await desk.client.request(
                method, path, params={"token": SECRET, "search": SECRET}, json=body, headers=headers
            )
    figures = (await desk.client.get("/metrics")).text
    jobs: str = await database.value(_JOBS)

    logged = "".join(capsys.readouterr())
    assert "method=" in logged
    assert SECRET not in logged
    assert SECRET not in figures
    assert SECRET not in jobs
