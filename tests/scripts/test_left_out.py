"""Is a test that could not run named at the end, and a failure where nothing may be left out?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared_data import ROOT

SKIPPED = """
import pytest
from tests.shared_data import shared

def test_without_data():
    shared("data/no_such_folder")

def test_without_reason_to_run():
    pytest.skip("the moon is full")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of tests that take over the conftest of this checkout."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *  # noqa: F403\n")
    (tmp_path / "test_skipped.py").write_text(SKIPPED)
    yield tmp_path


# With a worker, where a skip is named by another process than the one that skipped, at each change in one form.
@pytest.mark.parametrize(
    ("complete", "code", "workers"),
    [
        ("", 0, "0"),
        ("1", 1, "1"),
        *(pytest.param(*one, marks=pytest.mark.slow) for one in (("1", 1, "0"), ("", 0, "1"))),
    ],
)
def test_skips(complete: str, code: int, workers: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", workers, "-c", str(ROOT / "pyproject.toml"), str(folder)],
        cwd=ROOT,
        env={**os.environ, "FLOORWALKER_COMPLETE": complete},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert "no_such_folder is not beside the checkout" in done.stdout
    assert "the moon is full" in done.stdout
    assert ("2 failed" if complete else "2 skipped") in done.stdout
    assert ("could not run: 1 x the moon is full" in done.stdout) is not bool(complete)
