"""The PostgreSQL that comes with Rejoinder: started, watched and stopped with the server."""

import os
import signal
import subprocess
import threading
import time
from concurrent.futures import Future
from itertools import chain, repeat
from pathlib import Path

import structlog

from rejoinder.db import orphans
from rejoinder.db.cluster import Cluster, PostgresNotStarted
from rejoinder.db.lease import Lease
from rejoinder.errors import RejoinderError
from rejoinder.process import KERNEL_TELLS_CHILDREN, tether

log = structlog.get_logger(__name__)


class EmbeddedPostgres:
    """PostgreSQL in `data_dir`/postgres, reachable by a unix socket only.

    It runs as whoever starts it. Under root, which PostgreSQL refuses, it runs as the account
    `rejoinder` or else `nobody`, also below folders that are closed to that account (see
    `Account.handle`). One process at a time has the data directory; PostgreSQL ends with that
    process, however it ends, and is started again if it dies before.
    """

    def __init__(self, data_dir: Path, *, connections: int = 60) -> None:
        self._data_dir = data_dir.expanduser().absolute()
        self._home = self._data_dir / "postgres"
        self._lease = Lease(self._home / "holder")
        self._connections = connections
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._tether: subprocess.Popen[bytes] | None = None

    def start(self, *, announce: bool = True, patience: float = 10.0) -> str:
        """Start PostgreSQL and return its DSN; with `announce`, others may attach to it.

        Raises:
            DataDirInUse: a server has the data directory, or a command for over `patience` s.
            PostgresNotStarted: its log says why.
        """
        try:
            self._make_home()
            self._lease.take(patience)
            cluster = Cluster(self._home)
            cluster.prepare(connections=self._connections)
            self._watch(cluster)
        except OSError as error:
            self.stop()
            raise PostgresNotStarted(f"{self._data_dir} cannot be used: {error}") from error
        except BaseException:
            self.stop()
            raise
        if announce:
            self._lease.sign(cluster.dsn)
        return cluster.dsn

    def stop(self) -> None:
        """Shut PostgreSQL down, whose clients lose their connections, and free the directory."""
        self._stopping.set()
        if self._thread is not None:
            self._end(self._thread)
        self._lease.give_back()
        self._thread = self._process = None
        self._stopping.clear()

    def attach(self, *, patience: float = 10.0) -> str | None:
        """The DSN of the server that has this data directory; None if nobody has it.

        Raises:
            DataDirInUse: a command keeps the database to itself for over `patience` s.
        """
        return self._lease.announced(patience)

    def _make_home(self) -> None:
        if not self._data_dir.exists():
            self._data_dir.mkdir(parents=True)
            self._data_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)
        self._home.mkdir(mode=0o711, exist_ok=True)

    def _watch(self, cluster: Cluster) -> None:
        """Run it from one thread that lives as long: Linux ties a child to the thread, too."""
        started: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._keep_running, args=(cluster, started), name="postgres", daemon=True
        )
        self._thread.start()
        started.result()

    def _keep_running(self, cluster: Cluster, started: Future[None]) -> None:
        try:
            process = self._launch(cluster)
        except BaseException as error:  # noqa: BLE001  start() raises it
            cluster.leave()
            started.set_exception(error)
            return
        started.set_result(None)
        while process is not None:
            status = process.wait()
            if self._stopping.is_set():
                break
            log.warning("postgres.ended", status=status)
            process = self._relaunch(cluster)
        cluster.leave()

    def _relaunch(self, cluster: Cluster) -> subprocess.Popen[bytes] | None:
        for delay in chain((0.1, 0.5, 1.0, 2.0), repeat(5.0)):
            try:
                return self._launch(cluster)
            except (OSError, RejoinderError) as error:
                if self._stopping.wait(delay):
                    break
                log.warning("postgres.not_started", reason=str(error))
        return None

    def _launch(self, cluster: Cluster) -> subprocess.Popen[bytes]:
        orphans.clear(cluster.data)
        process = self._process = cluster.spawn()
        self._tie(process)
        if self._stopping.is_set():
            process.send_signal(signal.SIGINT)
        while not cluster.is_ready(process.pid):
            if process.poll() is not None:
                raise PostgresNotStarted(
                    f"PostgreSQL ended with status {process.returncode}. "
                    f"The end of {cluster.log}:\n{cluster.last_words()}"
                )
            time.sleep(0.01)
        return process

    def _tie(self, process: subprocess.Popen[bytes]) -> None:
        if not KERNEL_TELLS_CHILDREN:
            self._untie()
            self._tether = tether(process.pid, signal.SIGINT)

    def _untie(self) -> None:
        if self._tether is not None:
            self._tether.kill()
            self._tether.communicate()
            self._tether = None

    def _end(self, thread: threading.Thread) -> None:
        for signum, patience in orphans.PATIENCE:
            if self._process is not None:
                self._process.send_signal(signum)
            thread.join(patience)
            if not thread.is_alive():
                break
        self._untie()
