"""Whether the process runs, whether it can serve, and its figures."""

import asyncio

import asyncpg

from rejoinder.db.pool import Database, connect
from rejoinder.settings import Settings
from rejoinder.web import metrics
from rejoinder.web.health import database_checks, health_router
from tests.web.app import application, client


async def fine() -> None:
    pass


async def broken() -> None:
    raise ConnectionRefusedError("10.0.0.7:5432")


async def frozen() -> None:
    await asyncio.sleep(30)


async def test_a_live_process_asks_nobody() -> None:
    async with client(application(health_router({"database": frozen}))) as web:
        answer = await web.get("/livez")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


async def test_a_server_with_all_it_needs_is_ready() -> None:
    router = health_router({"database": fine}, {"redis": broken})
    async with client(application(router)) as web:
        answer = await web.get("/readyz/")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"redis": "ConnectionRefusedError", "database": "ok"},
    }


async def test_what_fails_is_named_without_addresses() -> None:
    router = health_router({"database": broken, "queue": frozen, "other": fine})
    async with client(application(router)) as web:
        answer = await web.get("/readyz")

    error = answer.json()
    assert (answer.status_code, error["type"], error["code"]) == (503, "server_error", "not_ready")
    assert error["detail"] == (
        "Not ready. database: ConnectionRefusedError; queue: no answer in time"
    )
    assert error["checks"]["other"] == "ok"


async def test_a_migrated_database_is_ready(database: Database) -> None:
    for check in database_checks(database).values():
        await check()


async def test_a_database_behind_this_version_is_not_ready(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("DELETE FROM migrations WHERE name LIKE '0002%'")
    await connection.close()
    async with connect(dsn, Settings()) as database:
        router = health_router(database_checks(database))
        async with client(application(router)) as web:
            answer = await web.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["detail"].startswith("Not ready. database: missing 0002")


async def test_prometheus_finds_requests_process_and_pool(database: Database) -> None:
    metrics.watch(database)
    async with client(application(health_router({}))) as web:
        await web.get("/things")
        answer = await web.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    for name in (
        'rejoinder_http_requests_total{method="GET",route="/things",status="200"}',
        'rejoinder_http_request_seconds_bucket{le="0.001",method="GET",route="/things"}',
        "rejoinder_http_in_flight 1.0",
        'rejoinder_database_connections{state="open"}',
        "process_resident_memory_bytes",
    ):
        assert name in answer.text
