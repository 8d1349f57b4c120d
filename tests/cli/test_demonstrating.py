"""Does the demo leave nothing behind when it is stopped?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ENDED_BY_A_SIGNAL = """
import os, signal
from floorwalker.cli.demonstrating import _worker
with _worker() as worker:
    print(worker.pid, flush=True)
    os.kill(os.getpid(), signal.SIGTERM)
"""


def test_the_worker_ends_with_the_demo(tmp_path: Path) -> None:
    environment = {**os.environ, "FLOORWALKER_HOME": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", ENDED_BY_A_SIGNAL], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 128 + 15
    with pytest.raises(ProcessLookupError):
        os.kill(int(ended.stdout), 0)
