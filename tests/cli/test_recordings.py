"""Are recordings found on the command line, and is it said of the others why they have no contact?"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.media.sounds import write_wav

TOML = """
[recordings.calls]
folder = "{folder}"
pattern = '(?P<contact>\\d+\\.\\d+)'
"""


def keep(folder: Path, *names: str) -> None:
    """Recordings of long ago."""
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(write_wav())
        os.utime(folder / name, (1_700_000_000,) * 2)


def test_recordings_are_matched_and_the_others_say_why(loaded: Terminal, tmp_path: Path) -> None:
    keep(tmp_path / "calls", "1699999999.1.wav", "1699999999.7.wav", "holiday.wav", "letter.pdf")
    (loaded.home / "floorwalker.toml").write_text(TOML.format(folder=tmp_path / "calls"))
    said = loaded.ask("recordings", "find")
    assert "calls: 3 files, 3 new, 0 changed, 0 gone; 1 matched" in said
    assert "1 left out: neither sound, screen nor transcript" in said
    again = json.loads(loaded.run("recordings", "find", "calls", "--json").stdout)
    assert (again["new"], again["matched"], again["left_out"], again["coverage"]) == (0, 0, {"kind": 1}, [])
    rows = [json.loads(line) for line in loaded.run("recordings", "unmatched", "--json").stdout.splitlines()]
    assert [(row["name"], row["why"]) for row in rows] == [
        ("1699999999.7.wav", "no_contact"),
        ("holiday.wav", "pattern"),
    ]
    told = loaded.ask("recordings", "unmatched")
    assert "calls/1699999999.7.wav: no contact of that id is known (contact 1699999999.7)" in told


@pytest.mark.slow
def test_a_store_that_is_not_set_up_or_away_is_said(loaded: Terminal, tmp_path: Path) -> None:
    assert "no store of recordings is set up" in loaded.ask("recordings", "find", code=2)
    (loaded.home / "floorwalker.toml").write_text(TOML.format(folder=tmp_path / "away"))
    assert "did you mean 'calls'" in loaded.ask("recordings", "find", "cals", code=2)
    assert "the folder of recordings cannot be read" in loaded.ask("recordings", "find", code=1)
