"""The account PostgreSQL runs as: it refuses root, so root hands it to an unprivileged one."""

import os
import pwd
import signal
import subprocess
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from msgspec import Struct

from rejoinder.errors import RejoinderError
from rejoinder.process import signal_when_parent_ends

UNPRIVILEGED = ("rejoinder", "nobody")
_ROOT = 0


class NoAccount(RejoinderError):
    """There is no account under which PostgreSQL may run on this data."""

    code = "no_account"


class Account(Struct, frozen=True):
    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()

    def spawn(
        self,
        command: Sequence[str],
        *,
        when_we_end: signal.Signals,
        fds: Sequence[int] = (),
        env: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
        output: IO[bytes] | int = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        """Start `command` as this account, in a session of its own so that Ctrl-C is ours alone."""
        return subprocess.Popen(  # noqa: S603  nothing from outside is in it
            command,
            user=None if self.is_ours else self.uid,
            group=None if self.is_ours else self.gid,
            extra_groups=None if self.is_ours else [],
            pass_fds=fds,
            env={"PATH": os.defpath, "LC_ALL": "C"} | dict(env or {}),
            cwd="/",
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # After the change of user, which would undo it; it calls one function loaded long ago.
            preexec_fn=partial(signal_when_parent_ends, os.getpid(), when_we_end),  # noqa: PLW1509
        )

    def reaches(self, path: Path) -> bool:
        """Whether this account may pass through every folder above `path` and enter it."""
        if self.is_ours:
            return os.access(path, os.X_OK)
        test = ["/bin/sh", "-c", 'test -x "$0"', str(path)]
        process = self.spawn(test, when_we_end=signal.SIGKILL, output=subprocess.DEVNULL)
        return process.wait() == 0

    def take(self, path: Path) -> None:
        """Make this account the owner of `path` and of all that is below it."""
        if self.is_ours:
            return
        os.lchown(path, self.uid, self.gid)
        for folder, folders, names in os.walk(path):
            for name in folders + names:
                os.lchown(Path(folder, name), self.uid, self.gid)

    @contextmanager
    def handle(self, folder: Path) -> Generator[tuple[str, tuple[int, ...]]]:
        """A name under which this account can use `folder`, and the descriptors its child needs.

        A folder below a closed one (such as /root) is handed over as an open descriptor: nothing
        above it has to be opened to others, and the data stays where the operator put it.
        """
        if self.reaches(folder):
            yield str(folder), ()
            return
        if not Path("/proc/self/fd").exists():
            raise NoAccount(
                f"{folder} cannot be reached by uid {self.uid}; open the folders above."
            )
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)


def account_for(data: Path) -> Account:
    """Who owns the data already; on a first start we, or for root an unprivileged account."""
    us = os.geteuid()
    owner = data.stat().st_uid if data.exists() else us
    if us == _ROOT:
        return _unprivileged() if owner == _ROOT else _entry(owner)
    if owner != us:
        raise NoAccount(f"{data} belongs to uid {owner}: start the server as that user or as root.")
    return _entry(us)


def _entry(uid: int) -> Account:
    try:
        return Account(uid, pwd.getpwuid(uid).pw_gid)
    except KeyError:
        raise NoAccount(
            f"uid {uid} has no entry in /etc/passwd, which PostgreSQL asks for: "
            "add one, or give REJOINDER_DATABASE_URL."
        ) from None


def _unprivileged() -> Account:
    entries = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in entries:
            return Account(entries[name].pw_uid, entries[name].pw_gid)
    raise NoAccount(
        "PostgreSQL does not run as root, and there is no user named "
        f"{' or '.join(UNPRIVILEGED)}: add one, or give REJOINDER_DATABASE_URL."
    )
