"""Can a load that is just beginning be taken for one that was killed?"""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from floorwalker.facts import staging
from floorwalker.facts.current import locked
from floorwalker.facts.staging import open_staging, remove_abandoned


def test_clearing_up_waits_for_a_load_that_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process clears up when the folder is there and its lock is not held yet."""
    others: list[threading.Thread] = []

    def slowly(path: Path, *, wait: bool = True) -> AbstractContextManager[None]:
        if path.parent.name == "mine" and not others:
            others.append(threading.Thread(target=remove_abandoned, args=(tmp_path / "staging",)))
            others[0].start()
            others[0].join(0.3)
        return locked(path, wait=wait)

    monkeypatch.setattr(staging, "locked", slowly)
    (tmp_path / "staging" / "killed").mkdir(parents=True)
    with open_staging(tmp_path / "staging", "mine", 100):
        others[0].join(10)
        assert [folder.name for folder in (tmp_path / "staging").iterdir()] == ["mine"]
    assert list((tmp_path / "staging").iterdir()) == []
