"""How do tests come to a PostgreSQL of their own? A throw-away cluster on a socket, which ends with the process that asked.

As root the server runs as the system's `postgres`, since it refuses to run as root. Names are sorted as a language does,
not by bytes: that is how servers are mostly set up, and SQLite sorts otherwise.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.shared_data import cannot_run

START_SECONDS = 60
ROLE = "floorwalker"
NEEDED = ("initdb", "postgres", "createdb", "pg_isready")
# What is lost when this machine fails is a test run.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")


def programs() -> Path:
    """The folder of the server's programs; the calling test cannot run where there are none."""
    debian = [path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)]
    on_path = [Path(folder) for folder in os.get_exec_path()]
    found = [folder for folder in (*debian, *on_path) if all((folder / name).exists() for name in NEEDED)]
    if not found:
        cannot_run("no PostgreSQL (Debian: apt-get install postgresql)")
    return found[0]


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields the address of its database `floorwalker`, whose role may make others."""
    binaries, folder = programs(), Path(tempfile.mkdtemp(prefix="floorwalker-pg-"))
    try:
        _become_owned(folder)
        locale = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en", "--encoding=UTF8")
        made = ("--no-sync", "--auth=trust", "--username", ROLE, *locale, "-D", str(folder / "data"))
        _run(str(binaries / "initdb"), *made)
        settings = ("listen_addresses=", f"unix_socket_directories={folder}", *CARELESS)
        switches = [word for setting in settings for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                _as_server(str(binaries / "postgres"), "-D", str(folder / "data"), *switches), stdout=log, stderr=log
            )
        try:
            _wait_until_ready(binaries, folder, server)
            _run(str(binaries / "createdb"), "-h", str(folder), "-U", ROLE, ROLE)
            yield f"postgresql://{ROLE}@/{ROLE}?host={quote(str(folder), safe='')}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _become_owned(folder: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)


def _as_server(*command: str) -> list[str]:
    """The command as the user that may serve; the kernel stops it when the process that started it dies."""
    switch = ("--reuid", "postgres", "--regid", "postgres", "--init-groups") if os.geteuid() == 0 else ()
    return ["setpriv", *switch, "--pdeathsig", "INT", *command]


def _run(*command: str) -> None:
    done = subprocess.run(_as_server(*command), cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def _wait_until_ready(binaries: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        ready = subprocess.run([str(binaries / "pg_isready"), "-q", "-h", str(folder)], check=False)
        if ready.returncode == 0:
            return
        time.sleep(0.05)
    raise AssertionError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()[-2000:]}")
