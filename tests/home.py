"""Which home do tests use? One of their own, made before Django reads its settings and taken away at the end.

Loaded by `-p tests.home` in pyproject.toml: a conftest comes too late, and a developer's own home must not be touched.
"""

from __future__ import annotations

import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="floorwalker-tests-")
os.environ["FLOORWALKER_HOME"] = HOME


def pytest_unconfigure() -> None:
    """Take away the home of this run."""
    shutil.rmtree(HOME, ignore_errors=True)
