"""`/livez`: the process answers. `/readyz`: so does what it needs. `/metrics`: for Prometheus.

A check is a function that returns when all is well and raises when not. What fails among the
`optional` ones is reported, but does not make the server unready.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import structlog
from litestar import MediaType, Response, Router, get
from litestar.openapi import ResponseSpec
from msgspec import Struct
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from rejoinder.db.migrate import available
from rejoinder.db.pool import Database
from rejoinder.web import queries
from rejoinder.web.reference import PUBLIC

log = structlog.stdlib.get_logger("rejoinder.health")

Check = Callable[[], Awaitable[None]]

_PATIENCE_S: Final = 1.0


class Health(Struct, frozen=True):
    status: str
    checks: dict[str, str] = {}


class NotReady(Struct, frozen=True):
    """The error envelope, with what each check found."""

    type: str
    code: str
    detail: str
    attr: str | None
    checks: dict[str, str]


def health_router(
    checks: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *,
    measure: Check | None = None,
) -> Router:
    """The three routes, at the root; `measure` brings figures up to date before they are read."""
    every = {**(optional or {}), **checks}

    @get("/livez", summary="Whether the process runs")
    async def livez() -> Health:
        """Asks nothing else: a restart would help where this does not answer."""
        return Health("ok")

    @get(
        "/readyz",
        summary="Whether requests can be served",
        responses={503: ResponseSpec(NotReady, description="Not ready; `checks` says why.")},
    )
    async def readyz() -> Response[Health]:
        """Asks what requests need, the database above all."""
        found = dict(zip(every, await asyncio.gather(*map(_result, every.values())), strict=True))
        failing = [f"{name}: {found[name]}" for name in checks if found[name] != "ok"]
        if not failing:
            return Response(Health("ok", found))
        log.warning("not ready", failing=failing)
        detail = f"Not ready. {'; '.join(failing)}"
        body = NotReady("server_error", "not_ready", detail, None, found)
        unready: Response[Any] = Response(body, status_code=503, headers={"Retry-After": "1"})
        return unready

    @get(
        "/metrics",
        summary="Figures for Prometheus",
        media_type=MediaType.TEXT,
    )
    async def metrics() -> Response[str]:
        """Counters and gauges of this process, in the text format."""
        if measure is not None:
            await _result(measure)
        return Response(generate_latest().decode(), media_type=CONTENT_TYPE_LATEST)

    return Router("/", route_handlers=[livez, readyz, metrics], tags=["health"], security=PUBLIC)


def database_checks(database: Database) -> dict[str, Check]:
    """That the database answers, and that its schema is the one this version knows."""
    expected = available()

    async def migrations() -> None:
        applied = await queries.migrations(database)
        if missing := [name for name in expected if name not in applied]:
            raise LookupError(f"missing {', '.join(missing)}")

    return {"database": migrations}


async def _result(check: Check) -> str:
    """`ok`, or what went wrong in one short line (no addresses: anyone may ask)."""
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await check()
    except TimeoutError:
        return "no answer in time"
    except Exception as error:  # noqa: BLE001  whatever it is, it is the answer
        return str(error) if isinstance(error, LookupError) else type(error).__name__
    return "ok"
