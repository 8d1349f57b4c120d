"""Are the figures that docs/statistics.md shows those that the tests find? One small file for each kind of floor."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

FIGURES = Path(__file__).resolve().parents[2] / "docs" / "figures"
RENEW = "FLOORWALKER_RENEW_FIGURES"
TOLERANCE = 0.02


def hold(name: str, **found: float) -> None:
    """Hold what a slow test found against what is published; with FLOORWALKER_RENEW_FIGURES=1 publish it."""
    path = FIGURES / f"{name}.json"
    rounded = {key: round(float(value), 3) for key, value in found.items()}
    if os.environ.get(RENEW):
        path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
        return
    assert path.exists(), f"{path.name} is not published. To mend: {RENEW}=1 make slow, then make docs"
    published = json.loads(path.read_text(encoding="utf-8"))
    assert rounded == pytest.approx(published, abs=TOLERANCE, rel=0.05), (
        f"{path} is not current. To mend: {RENEW}=1 make slow, then make docs"
    )
