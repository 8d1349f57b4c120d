"""Are stores read as they are written, and is what cannot be used refused with its place?"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from floorwalker.errors import ConfigError
from floorwalker.media.settings import read_stores

WHOLE = r"""
[recordings.calls]
folder = "/srv/calls"
pattern = '_GUID_(?P<contact>[^_]+)_AGENT_(?P<agent>[^_]+)_DT_(?P<time>[\dT-]+)'
time = "%Y-%m-%dT%H-%M-%S"
zone = "Europe/London"
source = "asterisk_queue_log"
tolerance_seconds = 5

[recordings.chats]
folder = "/srv/chats"
metadata = ".meta.json"
fields = {contact = "ContactId", agent = "Agent.Username"}
"""


def test_stores_are_read(tmp_path: Path) -> None:
    (tmp_path / "floorwalker.toml").write_text(WHOLE)
    calls, chats = read_stores(tmp_path).values()
    assert (calls.name, calls.folder, calls.zone) == ("calls", Path("/srv/calls"), ZoneInfo("Europe/London"))
    assert (calls.source, calls.origin, calls.tolerance_seconds) == ("asterisk_queue_log", "", 5)
    assert (chats.metadata, chats.fields["agent"], chats.tolerance_seconds) == (".meta.json", "Agent.Username", 30)


def test_without_a_file_or_a_table_there_is_no_store(tmp_path: Path) -> None:
    assert read_stores(tmp_path) == {}
    (tmp_path / "floorwalker.toml").write_text("[sign_on]\n")
    assert read_stores(tmp_path) == {}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("recordings = 3", "stores of recordings have names"),
        ("[recordings.calls]\npattern = '(?P<contact>x)'", "folder"),
        ("[recordings.calls]\nfolder = 'calls'\npattern = '(?P<contact>x)'", "whole path"),
        ("[recordings.calls]\nfolder = '/x'", "nothing says whose"),
        ("[recordings.calls]\nfolder = '/x'\npattern = '('", "cannot be read"),
        ("[recordings.calls]\nfolder = '/x'\npattern = 'x'", "named groups"),
        ("[recordings.calls]\nfolder = '/x'\npattern = '(?P<whose>x)'", "named groups"),
        ("[recordings.calls]\nfolder = '/x'\npatern = 'x'", "patern"),
        ("[recordings.calls]\nfolder = 3", "text in quotes"),
        ("[recordings.calls]\nfolder = '/x'\npattern = '(?P<time>x)'\nzone = 'Mars'", "time zone"),
        ("[recordings.calls]\nfolder = '/x'\npattern = '(?P<time>x)'\ntolerance_seconds = 9000", "0 to 900"),
        ("[recordings.calls]\nfolder = '/x'\nmetadata = 'json'", "an ending"),
        ("[recordings.calls]\nfolder = '/x'\nmetadata = '.json'\nfields = {queue = 'Q'}", "the fields"),
        ("[recordings.'../calls']\nfolder = '/x'", "that name"),
        ("[recordings", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, said: str, told: str) -> None:
    (tmp_path / "floorwalker.toml").write_text(said)
    with pytest.raises(ConfigError) as error:
        read_stores(tmp_path)
    assert told in str(error.value) and "floorwalker.toml" in str(error.value)
