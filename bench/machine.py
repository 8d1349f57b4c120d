"""On what was it measured? Processor, memory, system and the versions of everything that took part."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("duckdb", "deltalake", "pyarrow", "pandas", "numpy", "psycopg")


@dataclass(frozen=True)
class Machine:
    """One machine and its software, as words."""

    processor: str
    cores: int
    memory_gigabytes: float
    system: str
    versions: dict[str, str]
    busy: float


def this_machine() -> Machine:
    """The machine that this runs on; `busy` is how many processes wanted a core before the run began."""
    names = {name: importlib.metadata.version(name) for name in PACKAGES}
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gigabytes=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        system=f"{platform.system()} {platform.release().split('-')[0]}",
        versions={"Python": platform.python_version(), **names},
        busy=os.getloadavg()[0],
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text().splitlines():
            if line.startswith("model name"):
                return " ".join(line.split(":", 1)[1].split())
    return platform.processor() or platform.machine()
