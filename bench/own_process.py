"""What does a command cost in a process of its own: seconds, processor seconds, and the most memory it ever held?

Peak memory is the process's own: VmHWM of /proc, which begins anew with the program, where `ru_maxrss` would inherit the
peak of the process that started it; `ru_maxrss` where there is no /proc.
"""

from __future__ import annotations

import json
import os
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Spent:
    """What one run of a command took, and what it printed."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


def run_module(module: str, arguments: Sequence[str], settings: Mapping[str, str] | None = None) -> Spent:
    """Run `python -m module` in a process of its own; a failure raises with what it said."""
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "spent.json"
        command = [sys.executable, "-m", "bench.own_process", str(note), module, *arguments]
        environment = {**os.environ, **(settings or {}), "PYTHONPATH": str(ROOT)}
        began = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - began
        if done.returncode != 0:
            raise RuntimeError(f"{module} {' '.join(arguments)} ended with {done.returncode}: {done.stderr[-2000:]}")
        spent = json.loads(note.read_text())
    return Spent(seconds, spent["cpu_seconds"], spent["peak_bytes"], done.stdout)


def peak_bytes() -> int:
    """The most memory that this process has held so far."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _main(note: Path, module: str, arguments: list[str]) -> None:
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        spent = {"cpu_seconds": usage.ru_utime + usage.ru_stime, "peak_bytes": peak_bytes()}
        note.write_text(json.dumps(spent))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
