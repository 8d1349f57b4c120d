"""Where do tests find the reference data that lies beside the checkout, and what happens when it is not there?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def complete() -> bool:
    """Whether every test must run here: FLOORWALKER_COMPLETE=1 turns each skip into a failure."""
    return os.environ.get("FLOORWALKER_COMPLETE") == "1"


def cannot_run(reason: str) -> None:
    """Skip the calling test with this reason, or fail it where every test must run."""
    if complete():
        pytest.fail(f"{reason} (FLOORWALKER_COMPLETE=1: nothing may be left out)")
    pytest.skip(reason)


def shared(relative: str) -> Path:
    """The path of reference data in ../shared; the calling test is skipped where it is absent."""
    path = SHARED / relative
    if not path.exists():
        cannot_run(f"../shared/{relative} is not beside the checkout")
    return path
