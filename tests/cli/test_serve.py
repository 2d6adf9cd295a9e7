"""`rejoinder serve` as processes: what starts, what ends, and what no kill may leave behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from msgspec import Struct

from tests.processes import alive, eventually, family, parent, postmaster, program

APPLICATION = '''
"""Answers with its process id; /slow takes a second, /endless never ends. Says what it is asked."""
import asyncio, os, time

async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    print("asked for", scope["path"], flush=True)
    await asyncio.sleep({"/slow": 1, "/endless": 3600}.get(scope["path"], 0))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})

def create():
    return application

def create_slowly():
    print("creating", flush=True)
    time.sleep(1)
    return application

def fail():
    raise RuntimeError("no application")
'''

RUN = """
import sys
from rejoinder.cli.serve import run
from rejoinder.settings import load
run(load(), sys.argv[1])
"""

COMMAND = "from rejoinder.cli.main import main; main()"


class Served(Struct):
    process: subprocess.Popen[bytes]
    url: str
    data_dir: Path
    output: Path

    def ask(self, path: str = "/") -> int:
        """The process id of the worker that answers."""
        with urlopen(self.url + path, timeout=10) as response:
            return int(response.read())

    def answers(self) -> bool:
        try:
            return self.ask() > 0
        except (URLError, OSError):
            return False

    def stop(self, signum: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(signum)
        return self.process.wait(60)


Serve = Callable[..., Served]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "tiny.py").write_text(APPLICATION)
    kept = {name: text for name, text in os.environ.items() if not name.startswith("REJOINDER_")}
    return kept | {
        "PYTHONPATH": str(tmp_path),
        "REJOINDER_DATA_DIR": str(tmp_path / "data"),
        "REJOINDER_PORT": str(free_port()),
    }


@pytest.fixture
def serve(tmp_path: Path, environment: dict[str, str]) -> Iterator[Serve]:
    started: list[Served] = []

    def start(application: str = "tiny:create", *, workers: int = 1) -> Served:
        environment["REJOINDER_WORKERS"] = str(workers)
        output = tmp_path / f"output-{len(started)}"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-c", RUN, application],
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        url = f"http://127.0.0.1:{environment['REJOINDER_PORT']}"
        started.append(Served(process, url, tmp_path / "data", output))
        assert eventually(lambda: started[-1].answers() or process.poll() is not None)
        return started[-1]

    yield start
    for served in started:
        served.stop()


def rejoinder(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_that_was_started(serve: Serve, signum: signal.Signals) -> None:
    served = serve()
    processes = family(served.process.pid)

    assert {"postgres"} < {program(pid) for pid in processes}
    assert served.stop(signum) == 0
    assert alive(processes) == set()


def test_a_stop_while_workers_still_start_is_quick(serve: Serve) -> None:
    served = serve("tiny:create_slowly")
    os.kill(served.ask(), signal.SIGKILL)
    assert eventually(lambda: served.output.read_text().count("creating") == 2)

    assert served.stop() == 0
    assert "refused to gracefully stop" not in served.output.read_text()


def test_a_request_that_is_being_answered_is_finished_before_the_stop(serve: Serve) -> None:
    served = serve()
    asking = subprocess.Popen(["/usr/bin/env", "curl", "-s", f"{served.url}/slow"], stdout=-1)
    assert eventually(lambda: "asked for /slow" in served.output.read_text())

    assert served.stop() == 0
    assert asking.communicate()[0].isdigit()


def test_a_request_that_never_ends_does_not_hold_the_stop_for_ever(serve: Serve) -> None:
    served = serve()
    asking = subprocess.Popen(["/usr/bin/env", "curl", "-s", f"{served.url}/endless"])
    assert eventually(lambda: "asked for /endless" in served.output.read_text())

    assert served.stop() == 0
    assert asking.wait(30) != 0


def test_it_starts_again_on_the_same_data(serve: Serve) -> None:
    first = serve()
    first.stop()
    second = serve()

    assert second.answers()
    assert "schema.migrated" in first.output.read_text()
    assert "schema.migrated" not in second.output.read_text()


def test_a_killed_server_leaves_no_process(serve: Serve) -> None:
    served = serve(workers=2)
    processes = family(served.process.pid)
    served.process.kill()

    assert eventually(lambda: alive(processes) == set())
    assert serve().answers()


def test_a_killed_worker_is_replaced(serve: Serve) -> None:
    served = serve()
    worker = served.ask()
    os.kill(worker, signal.SIGKILL)

    assert eventually(lambda: served.answers() and served.ask() != worker)
    assert parent(served.ask()) == served.process.pid


def test_a_worker_killed_again_and_again_is_replaced_each_time(serve: Serve) -> None:
    served = serve()
    for _ in range(2):
        time.sleep(3)
        os.kill(served.ask(), signal.SIGKILL)

        assert eventually(served.answers)


@pytest.mark.skipif(sys.platform != "linux", reason="The kernel has to be asked.")
def test_when_memory_is_short_the_kernel_takes_a_worker_before_postgresql(serve: Serve) -> None:
    served = serve()

    worker, database = (
        int(Path(f"/proc/{pid}/oom_score_adj").read_text())
        for pid in (served.ask(), postmaster(served.data_dir))
    )

    assert worker > database


def test_a_killed_postmaster_is_replaced_without_the_workers(serve: Serve) -> None:
    served = serve()
    worker, first = served.ask(), postmaster(served.data_dir)
    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: postmaster(served.data_dir) != first)
    assert served.ask() == worker


def test_an_application_that_cannot_be_made_ends_the_server(serve: Serve) -> None:
    served = serve("tiny:fail")

    assert served.process.wait(60) == 1
    assert "no application" in served.output.read_text()


def test_a_taken_port_is_named_in_one_line(serve: Serve, environment: dict[str, str]) -> None:
    serve()
    port = environment["REJOINDER_PORT"]
    second = rejoinder(environment, "serve", "--data-dir", "elsewhere")

    assert second.returncode == 1
    assert second.stderr == f"Cannot listen on 127.0.0.1 port {port}: address already in use.\n"
    assert not Path("elsewhere").exists()


def test_a_data_directory_in_use_is_named_in_one_line(
    serve: Serve, environment: dict[str, str]
) -> None:
    served = serve()
    second = rejoinder(environment, "serve", "--port", "0")

    assert second.returncode == 1
    assert f"is in use by process {served.process.pid}." in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_misspelt_setting_stops_the_start_and_is_named(environment: dict[str, str]) -> None:
    refused = rejoinder(environment | {"REJOINDER_WORKRES": "2"}, "serve")

    assert refused.returncode == 2
    assert refused.stderr.startswith("REJOINDER_WORKRES is not a setting.")


def test_a_database_that_does_not_answer_is_named_without_its_password(
    environment: dict[str, str],
) -> None:
    url = f"postgresql://ada:verysecret@127.0.0.1:{free_port()}/desk"
    refused = rejoinder(environment, "serve", "--database-url", url)

    assert refused.returncode == 1
    assert "/desk cannot be used" in refused.stderr
    assert "verysecret" not in refused.stderr + refused.stdout
