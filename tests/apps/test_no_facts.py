"""What does a reader see where there are no facts yet, or where they cannot be read?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from floorwalker.apps.dashboards import asking
from floorwalker.config import Config
from tests.apps.conftest import Floor
from tests.apps.test_pages import pages


def open_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages read another home."""
    monkeypatch.setattr(settings, "FLOORWALKER", Config.from_environment({"FLOORWALKER_HOME": str(folder)}))
    asking.lake.cache_clear()


def copied(floor: Floor, folder: Path) -> Path:
    """A copy of the small centre's lake, to be damaged."""
    return Path(shutil.copytree(floor.lake.path, folder / "lake"))


@pytest.mark.parametrize("who", ["boss", "leader", "agent", "nobody"])
def test_before_the_first_load_every_page_says_how_to_begin(
    floor: Floor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    open_home(tmp_path, monkeypatch)
    client = floor.client(who)
    for name, address in {**pages(floor), "home": "/"}.items():
        answer = client.get(address)
        assert answer.status_code == 200, name
        assert ("Nothing has been loaded yet" in answer.content.decode()) is (name != "measure"), name


def damage_no_folder(lake: Path) -> None:
    shutil.rmtree(lake)
    lake.write_text("not a folder")


def damage_list(lake: Path) -> None:
    (lake / "current.json").write_text("{")


def damage_list_is_a_folder(lake: Path) -> None:
    (lake / "current.json").unlink()
    (lake / "current.json").mkdir()


def damage_log(lake: Path) -> None:
    shutil.rmtree(lake / "segment" / "_delta_log")


def damage_files(lake: Path) -> None:
    for path in [*lake.rglob("*.parquet")]:
        path.unlink()


@pytest.mark.parametrize(
    "damage",
    [damage_no_folder, damage_list, damage_list_is_a_folder, damage_log, damage_files],
    ids=lambda d: d.__name__,
)
def test_a_lake_that_cannot_be_read_gives_a_page_in_words(
    floor: Floor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    lake = copied(floor, tmp_path)
    damage(lake)  # type: ignore[operator]
    open_home(tmp_path, monkeypatch)
    client = floor.client("boss")
    for name, address in pages(floor).items():
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 503, name
        assert "The figures cannot be read now" in text and "floorwalker doctor" in text
        assert str(tmp_path) not in text and "select" not in text.split("<main", 1)[1], name
        assert str(tmp_path) in caplog.text


@pytest.mark.django_db
def test_the_catalogue_of_measures_needs_no_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, floor: Floor) -> None:
    (tmp_path / "lake").write_text("not a folder")
    open_home(tmp_path, monkeypatch)
    assert floor.client("boss").get("/measures/").status_code == 200
    assert Client().get("/account/login/").status_code == 200
