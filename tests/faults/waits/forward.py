"""Run on the other machine of a network: passes on to a PostgreSQL that is reached by a socket.

python -m tests.faults.waits.forward DSN ADDRESS PORT
"""

import asyncio
import sys

from tests.faults.waits.proxy import Proxy, to_postgres


async def forward(dsn: str, address: str, port: int) -> None:
    """Says when it is ready, and goes on until it is killed."""
    async with Proxy(to_postgres(dsn)).running(address, port):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(forward(sys.argv[1], sys.argv[2], int(sys.argv[3])))
