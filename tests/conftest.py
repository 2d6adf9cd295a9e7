"""A PostgreSQL of our own for the run, the application on it, and a project for each test."""

import asyncio
import os
import secrets
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
from litestar import Litestar

from rejoinder.app.application import application
from rejoinder.db.embedded import EmbeddedPostgres
from rejoinder.db.migrate import migrate
from rejoinder.db.pool import Database, connect
from rejoinder.events.work import Work
from rejoinder.settings import Settings
from rejoinder.web.edge import Edge
from tests.builders import Desk, a_desk
from tests.debian_postgres import DebianPostgres

_TEMPLATE = "template_rejoinder"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The DSN of a running PostgreSQL: the embedded one, or that of TEST_POSTGRES_BIN."""
    binaries = os.environ.get("TEST_POSTGRES_BIN")
    folder = tmp_path_factory.mktemp("postgres")
    postgres = DebianPostgres(Path(binaries)) if binaries else EmbeddedPostgres(folder)
    try:
        yield postgres.start()
    finally:
        postgres.stop()


@pytest.fixture(scope="session")
async def template(server: str) -> str:
    """The name of a migrated, empty database that others are copied from."""
    await execute(server, f"CREATE DATABASE {_TEMPLATE}")
    await migrate(_in(server, _TEMPLATE))
    return _TEMPLATE


@pytest.fixture(scope="session")
async def migrated_dsn(server: str, template: str) -> AsyncGenerator[str]:
    """The migrated database that the tests of this run share, each in a project of its own."""
    async with a_copy(server, template) as dsn:
        yield dsn


@pytest.fixture
async def dsn(server: str, template: str) -> AsyncGenerator[str]:
    """A migrated database for this test alone."""
    async with a_copy(server, template) as dsn:
        yield dsn


@pytest.fixture(scope="session")
def settings(migrated_dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("data")
    # Patient: how long a busy machine's disk takes is no test of ours, unless a test says so.
    return Settings(
        database_url=migrated_dsn,
        data_dir=folder,
        rate_limits=False,
        background_jobs=False,
        statement_timeout_ms=30_000,
        lock_timeout_ms=20_000,
        pool_wait_ms=20_000,
        request_timeout_s=60.0,
    )


@pytest.fixture(scope="session")
async def database(settings: Settings) -> AsyncGenerator[Database]:
    async with connect(settings.database_url, settings) as database:
        yield database


@pytest.fixture(scope="session")
def work(database: Database) -> Work:
    return Work(database)


@pytest.fixture(scope="session")
async def client(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    """Speaks to the whole application, in this process and without a credential."""
    async with a_client(settings) as client:
        yield client


@asynccontextmanager
async def a_client(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    """An application with these settings, and who speaks to it."""
    app = application(settings)
    litestar = cast("Litestar", cast("Edge", app).app)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]  # two names for one protocol
    async with (
        alive(litestar),
        httpx.AsyncClient(
            transport=transport, base_url="http://testserver", cookies=_no_cookies()
        ) as client,
    ):
        yield client


def _no_cookies() -> CookieJar:
    """The client is everybody's: whoever signs in keeps their own cookie."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


@asynccontextmanager
async def alive(litestar: Litestar) -> AsyncGenerator[None]:
    """The lifespan in a task of its own: it must end in the task it began in, fixtures do not."""
    up, enough = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with litestar.lifespan():
            up.set()
            await enough.wait()

    life = asyncio.create_task(live())
    await asyncio.wait({life, asyncio.create_task(up.wait())}, return_when="FIRST_COMPLETED")
    try:
        yield
    finally:
        enough.set()
        await life


@pytest.fixture
async def desk(work: Work, client: httpx.AsyncClient) -> Desk:
    """A new organization with one project, Ada who may everything there, and her key."""
    return await a_desk(work, client)


@pytest.fixture
async def other_desk(work: Work, client: httpx.AsyncClient) -> Desk:
    """Another organization altogether."""
    return await a_desk(work, client)


@asynccontextmanager
async def a_copy(server: str, template: str) -> AsyncGenerator[str]:
    name = f"test_{secrets.token_hex(6)}"
    await execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _in(server, name)
    finally:
        await execute(server, f"DROP DATABASE {name} WITH (FORCE)")


async def execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _in(server: str, database: str) -> str:
    return urlsplit(server)._replace(path=f"/{database}").geturl()
