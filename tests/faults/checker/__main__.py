"""`python -m tests.faults.checker FOLDER`: prints what is wrong, and ends with 1 if anything is.

FOLDER holds `history.jsonl` and `world.json` of a load; its server must be up.
"""

import asyncio
import sys
from pathlib import Path

from tests.faults.checker.case import a_case
from tests.faults.checker.invariants import violations


async def main(folder: Path) -> int:
    async with a_case(folder) as case:
        found = await violations(case)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]))))
