"""Which home do tests use? One of their own, made before Django reads its settings and taken away at the end.

Loaded by `-p tests.home` in pyproject.toml: a conftest comes too late, and a developer's own home must not be touched. Each worker
has its own; what is made once for all of them (tests/migrated.py) lies in a folder that whoever began the run has made.
"""

from __future__ import annotations

import os
import shutil
import tempfile

SHARED = "FLOORWALKER_TESTS_SHARED"
BEGAN = SHARED not in os.environ
HOME = tempfile.mkdtemp(prefix="floorwalker-tests-")
os.environ["FLOORWALKER_HOME"] = HOME
if BEGAN:
    os.environ[SHARED] = tempfile.mkdtemp(prefix="floorwalker-tests-shared-")


def pytest_unconfigure() -> None:
    """Take away the home of this process, and of this run what its workers shared."""
    shutil.rmtree(HOME, ignore_errors=True)
    if BEGAN:
        shutil.rmtree(os.environ[SHARED], ignore_errors=True)
