"""The command line as somebody at a shell has it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from typer.testing import CliRunner, Result

from rejoinder.cli.main import app

COMMAND = "from rejoinder.cli.main import main; main()"

Rejoinder = Callable[..., dict[str, Any]]


def environment(**settings: str) -> dict[str, str]:
    """Ours, with no other REJOINDER_ variables than these settings."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("REJOINDER_")}
    return kept | {f"REJOINDER_{name.upper()}": text for name, text in settings.items()}


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def run_here(*arguments: str) -> Result:
    """The same in this process, which is quicker; a thread keeps its event loop out of ours."""
    with ThreadPoolExecutor(1) as thread:
        # What is said to the tests is no setting.
        env = {name: None for name in os.environ if name.startswith("REJOINDER_TEST_")}
        return thread.submit(CliRunner().invoke, app, arguments, env=env).result()


def answer(*arguments: str, **settings: str) -> dict[str, Any]:
    """The one JSON object that the command prints."""
    done = run(*arguments, "--json", **settings)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)
