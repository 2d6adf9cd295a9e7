"""The processes that answer HTTP requests, kept running until the server is told to stop."""

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from multiprocessing.synchronize import Event
from types import FrameType
from typing import Any

import structlog
import typer
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from rejoinder.process import (
    die_with_parent,
    end_first_when_memory_is_short,
    ignore_finish,
    tell_children_to_finish,
)
from rejoinder.settings import Settings

log = structlog.get_logger(__name__)

_CONNECTIONS_PER_WORKER = 20_000
_HEADER_BYTES = 65_536
_HEADER_MS = 10_000
_DRAIN_SECONDS = 8  # less than the ten seconds containers are given to stop
_START_SECONDS = 60.0


def serve_until_stopped(settings: Settings, address: str, application: str) -> None:
    """Run `application` ("module:factory") at `address` in settings.workers processes.

    Granian replaces a dead worker, and gives up when one dies again soon after. A server whose
    workers once had their application comes back even then; one that cannot be made does not.
    """
    hangup = signal.getsignal(signal.SIGHUP)
    made = multiprocessing.Event()
    while True:
        server = _server(settings, address)
        server.on_startup(partial(_announce, settings, address))
        server.on_startup(partial(_handle_signals, stop_on_hangup=hangup != signal.SIG_IGN))
        try:
            server.serve(target_loader=partial(_load, application, made), wrap_loader=False)
        except SystemExit:
            if server.interrupt_signal:
                return
            if not made.is_set():
                raise
            log.warning("workers.restarted")
        else:
            return


def _server(settings: Settings, address: str) -> MPServer:
    return MPServer(
        "",  # the application comes from our own loader, which leaves sys.path alone
        address=address,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        loop=Loops.uvloop,
        # Told beforehand which version to speak, it does not wait for ever for a first byte.
        http=HTTPModes.http1,
        backlog=2048,
        backpressure=_CONNECTIONS_PER_WORKER,
        http1_settings=HTTP1Settings(max_buffer_size=_HEADER_BYTES, header_read_timeout=_HEADER_MS),
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": {}, "handlers": {}, "loggers": {"_granian": {}}},
        respawn_failed_workers=True,
        workers_kill_timeout=_DRAIN_SECONDS,
    )


def _load(application: str, made: Event) -> Callable[..., Any]:
    """In a worker: the ASGI application, made by the function that `application` names."""
    die_with_parent()
    end_first_when_memory_is_short()
    ignore_finish()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the parent decides what a hangup means
    module, _, factory = application.partition(":")
    app = getattr(import_module(module), factory)()
    made.set()
    return app


def _handle_signals(*, stop_on_hangup: bool) -> None:
    """Put before Granian's handlers what they lack, once they are in place.

    A worker inherits them with the fork and would only take a note of a signal until it has its
    own; a closed terminal would restart the workers. Under nohup a hangup stays ignored.
    """
    parent, theirs = os.getpid(), signal.getsignal(signal.SIGTERM)

    def stop(signum: int, frame: FrameType | None) -> None:
        if os.getpid() != parent:
            os._exit(0)
        tell_children_to_finish()
        if callable(theirs):
            theirs(signum, frame)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop if stop_on_hangup else signal.SIG_IGN)


def _announce(settings: Settings, address: str) -> None:
    threading.Thread(target=_say_when_ready, args=(settings, address), daemon=True).start()


def _say_when_ready(settings: Settings, address: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((address, settings.port), timeout=1):
            typer.echo(f"Rejoinder is ready at {settings.base_url}")
            return
        time.sleep(0.02)
