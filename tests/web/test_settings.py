"""Are secrets, host names and the database set up as an installation asks, and refused where they cannot be?"""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from floorwalker.config import Config
from floorwalker.errors import ConfigError
from floorwalker.web.database import database_settings
from floorwalker.web.secrets import FILE_NAME, hosts_from_environment, read_or_make_secret


def test_the_signing_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    first = read_or_make_secret(tmp_path / "keys")
    assert read_or_make_secret(tmp_path / "keys") == first and len(first) >= 50
    path = tmp_path / "keys" / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [FILE_NAME]


def test_a_damaged_signing_key_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("short")
    with pytest.raises(ConfigError, match="damaged"):
        read_or_make_secret(tmp_path)


def test_only_named_hosts_are_answered() -> None:
    assert hosts_from_environment({}) == ["localhost", "127.0.0.1", "[::1]"]
    assert hosts_from_environment({"FLOORWALKER_HOSTS": "floor.example, "})[-1] == "floor.example"
    with pytest.raises(ConfigError, match="every host name"):
        hosts_from_environment({"FLOORWALKER_HOSTS": "*"})


def test_sqlite_is_set_up_for_several_writers(tmp_path: Path) -> None:
    found = database_settings(Config.from_environment({"FLOORWALKER_HOME": str(tmp_path)}))
    assert found["NAME"] == str(tmp_path / "floorwalker.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    def settings(url: str) -> dict[str, object]:
        return database_settings(
            Config.from_environment({"FLOORWALKER_HOME": str(tmp_path), "FLOORWALKER_DATABASE_URL": url})
        )

    found = settings("postgresql://floor:p%40ss@db.example:5433/floorwalker")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "floor",
        "p@ss",
        "db.example",
        "5433",
        "floorwalker",
    )
    socket = settings("postgresql://floor@/floorwalker?host=/run/postgresql&sslmode=disable")
    assert (socket["HOST"], socket["OPTIONS"]) == ("/run/postgresql", {"sslmode": "disable"})
    with pytest.raises(ConfigError, match="names no database"):
        settings("postgresql://floor@db.example/")
