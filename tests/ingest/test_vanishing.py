"""Is a file that is gone between listing and reading told in words?"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from floorwalker.errors import SourceError
from floorwalker.ingest.source import Page, Request
from tests.installation import MAIN, new_installation

# By name: the packages hold functions of that name too.
queue_log = import_module("floorwalker.sources.asterisk_queue_log.fetch")
csv_files = import_module("floorwalker.sources.csv_files.fetch")


@pytest.mark.parametrize(("source", "listing"), [(queue_log, "files_of"), (csv_files, "find_files")])
def test_a_file_that_vanished_after_it_was_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: ModuleType, listing: str
) -> None:
    gone = tmp_path / "queue_log"
    monkeypatch.setattr(source, listing, lambda paths: [gone])
    home = new_installation(tmp_path / "home")
    request = Request((gone,), MAIN, "Main", {"form": "asterisk"}, home.lake.engine.sql)
    with pytest.raises(SourceError, match="vanished") as caught:
        source.total_size(request)
    assert caught.value.retry and str(gone) in str(caught.value)


def test_a_log_that_vanishes_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "queue_log"
    monkeypatch.setattr(queue_log, "files_of", lambda paths: [gone])
    home = new_installation(tmp_path / "home")
    request = Request((gone,), MAIN, "Main", {"form": "asterisk"}, home.lake.engine.sql)
    with pytest.raises(SourceError, match="vanished"):
        list[Page](queue_log.fetch(request))
