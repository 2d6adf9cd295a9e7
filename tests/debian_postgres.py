"""A PostgreSQL from a distribution's packages, run like the embedded one for the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path


class DebianPostgres:
    """`binaries` holds initdb and postgres; the data lives in a folder of its own until `stop`."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="rejoinder-pg-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._uid = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
        if self._uid is not None:
            os.chown(self._folder, self._uid, -1)

    def start(self) -> str:
        data = str(self._folder / "data")
        initdb = [self._binaries / "initdb", "-D", data, "-U", "rejoinder", "-A", "trust"]
        subprocess.run(
            [*initdb, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True,
            user=self._uid,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
        )
        options = ["listen_addresses=", f"unix_socket_directories={self._folder}"]
        self._process = subprocess.Popen(
            [self._binaries / "postgres", "-D", data, *(f"--{option}" for option in options)],
            user=self._uid,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
        )
        # The socket is there before the server takes anybody in.
        ready = [self._binaries / "pg_isready", "-q", "-h", self._folder]
        while subprocess.run(ready, check=False).returncode != 0:
            time.sleep(0.02)
        return f"postgresql://rejoinder@/postgres?host={self._folder}"

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
        shutil.rmtree(self._folder, ignore_errors=True)
