"""A home of the test's own with the people of the small centre: loads made here are nobody else's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from floorwalker.apps.dashboards import asking
from floorwalker.ingest.receipt import Receipt
from tests.apps.conftest import Floor
from tests.installation import Installation, new_installation

GOOD = "{at}|1699999999.{n}|sales|NONE|ENTERQUEUE||01632960123|1"
BAD = "{at}|cut off"


@dataclass(frozen=True)
class Intake:
    """An installation with files that can be loaded and mended."""

    floor: Floor
    home: Installation
    folder: Path

    def write_log(self, good: int, bad: int, name: str = "queue_log") -> Path:
        """A queue log with so many lines that can be used, and so many that cannot."""
        lines = [GOOD.format(at=1700000000 + n, n=n) for n in range(good)]
        lines += [BAD.format(at=1700000000 + n) for n in range(bad)]
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def load_log(self, good: int = 30, bad: int = 0) -> Receipt:
        """Load such a log."""
        return self.home.load("asterisk_queue_log", self.write_log(good, bad))


@pytest.fixture
def intake(floor: Floor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    """A home in which nothing has been loaded yet."""
    home = new_installation(tmp_path / "own")
    for key in settings.FLOORWALKER.keys.glob("audit.*"):
        shutil.copy(key, home.config.keys)
    monkeypatch.setattr(settings, "FLOORWALKER", home.config)
    asking.lake.cache_clear()
    files = tmp_path / "files"
    files.mkdir()
    yield Intake(floor, home, files)
