"""What commands that take their time say meanwhile, and how they end when they are told to."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import NoReturn

from rich.console import Console

Tell = Callable[[str], object]


@contextmanager
def telling() -> Generator[Tell]:
    """Shows the last thing told in one line of the terminal, if there is one."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("beginning") as status:
        yield status.update


def tidy_up_when_told_to_end() -> None:
    """SIGTERM is then like any other failure. Only a process's main thread can say so."""
    with suppress(ValueError):
        signal.signal(signal.SIGTERM, _leave)


def _leave(_signum: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + signal.SIGTERM)
