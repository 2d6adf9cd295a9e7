"""A constant reply through the framework we use, and nothing else: what it costs to be called."""

from litestar import Litestar, Response, get

from bench.floor import CONSTANT
from rejoinder.cli.workers import serve_until_stopped
from rejoinder.settings import load


@get("/", media_type="application/json")
async def constant() -> Response[bytes]:
    return Response(CONSTANT)


def create() -> Litestar:
    return Litestar([constant], openapi_config=None, logging_config=None)


if __name__ == "__main__":
    serve_until_stopped(load(), "127.0.0.1", "bench.framework:create")
