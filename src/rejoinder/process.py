"""What a process owes to the one that started it: to end with it, and to finish when it is told."""

import asyncio
import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

KERNEL_TELLS_CHILDREN = sys.platform == "linux"

_FINISH = signal.SIGUSR1
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)

_SPARE_OTHERS = "300"  # as if it took 30 % of the machine's memory more than it does

_WHEN_OUR_PIPE_CLOSES = 'trap "" INT TERM HUP; read -r _; kill -"$1" "$0"'


def die_with_parent() -> None:
    """In a forked worker: be killed as soon as the process that forked it is gone, however it went.

    Anywhere else (under another server, in a test) it does nothing.
    """
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid is None:
        return
    if KERNEL_TELLS_CHILDREN:
        signal_when_parent_ends(parent.pid, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent.pid,), daemon=True).start()


def end_first_when_memory_is_short() -> None:
    """Have the kernel (Linux) choose us: a worker is replaced, PostgreSQL would end everybody's."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_SPARE_OTHERS, encoding="ascii")


def tell_children_to_finish() -> None:
    """Before the workers are stopped: what never ends by itself has to be ended by them."""
    for child in multiprocessing.active_children():
        if child.pid is not None:
            os.kill(child.pid, _FINISH)


def ignore_finish() -> None:
    """In a forked worker: an application that has nothing to finish is not ended by being told."""
    signal.signal(_FINISH, signal.SIG_IGN)


def when_told_to_finish(callback: Callable[[], None]) -> None:
    """In a forked worker: call it when the parent is about to stop; elsewhere nobody tells."""
    if multiprocessing.parent_process() is not None:
        asyncio.get_running_loop().add_signal_handler(_FINISH, callback)


def signal_when_parent_ends(parent: int, signum: signal.Signals) -> None:
    """Ask the kernel (Linux) for `signum` when our parent ends; if it has ended already, exit.

    The kernel watches the *thread* that forked us, and forgets the wish on a change of user.
    """
    if not KERNEL_TELLS_CHILDREN:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(signum))
    if os.getppid() != parent:
        os._exit(1)


def tether(pid: int, signum: signal.Signals) -> subprocess.Popen[bytes]:
    """The stand-in where the kernel does not tell: a shell that signals `pid` when we are gone."""
    return subprocess.Popen(  # noqa: S603  nothing from outside is in it
        ["/bin/sh", "-c", _WHEN_OUR_PIPE_CLOSES, str(pid), signum.name.removeprefix("SIG")],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
