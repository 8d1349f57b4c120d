"""Where does PostgreSQL run for a comparison? In a cluster of its own, in a temporary folder, gone when the run is over."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

PACKAGED = "/usr/lib/postgresql"
SHARE_OF_MEMORY = 0.25


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`; None where they are not installed."""
    found = shutil.which("postgres")
    if found is not None:
        return Path(found).resolve().parent
    packaged = sorted(Path(PACKAGED).glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return packaged[-1].parent if packaged else None


@contextmanager
def postgres_cluster(*, durable: bool = False) -> Iterator[psycopg.Connection]:
    """A connection to a new cluster that listens on a socket of its own; it is stopped however the work ends.

    durable: what is committed is on the disk, as where people work; a comparison of reading does without.
    """
    bin_folder = programs()
    if bin_folder is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="floorwalker-bench-") as name:
        folder = Path(name)
        _give_away(folder)
        data = folder / "data"
        _run([bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "bench", "--no-sync", "-E", "UTF8", "--locale=C"])
        _run([bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", _options(folder, durable), "start"])
        try:
            with psycopg.connect(f"host={folder} user=bench dbname=postgres", autocommit=True) as connection:
                yield connection
        finally:
            _run([bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])


def _options(folder: Path, durable: bool) -> str:
    """What a careful administrator sets on a machine that PostgreSQL has for itself."""
    buffers = int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * SHARE_OF_MEMORY / 2**20)
    settings = {
        "listen_addresses": "''",
        "unix_socket_directories": str(folder),
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{buffers * 2}MB",
        "work_mem": "256MB",
        "maintenance_work_mem": "512MB",
        "max_parallel_workers_per_gather": str(os.cpu_count() or 1),
        "random_page_cost": "1.1",
        "jit": "off",
        "fsync": "on" if durable else "off",
        "max_wal_size": "8GB",
        "timezone": "UTC",
    }
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: the account of its package, where we are root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"


def _give_away(folder: Path) -> None:
    owner = _owner()
    if owner is not None:
        shutil.chown(folder, owner)


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=_owner(),
        extra_groups=[] if _owner() else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "start" not in command else subprocess.DEVNULL,
        stderr=subprocess.STDOUT if "start" not in command else subprocess.DEVNULL,
        text=True,
        check=False,
        start_new_session=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout}")
