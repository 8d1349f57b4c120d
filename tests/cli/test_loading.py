"""Which site does a load take, and when must a person name one?"""

from __future__ import annotations

import json

from tests.cli.conftest import Terminal


def test_a_source_that_states_its_sites_needs_none_where_there_are_several(cardiff: Terminal) -> None:
    cardiff.ask("init", "--site", "Leeds", "--timezone", "Europe/London", "--country", "GB")
    floor = ("--set", "agents=8", "--set", "days=1", "--json")
    first, again = (json.loads(cardiff.run("load", "simulated", *floor).stdout) for _ in range(2))
    assert first["facts"]["contact"]["new"] > 0
    assert again["facts"]["contact"]["new"] == again["facts"]["contact"]["changed"] == 0
    assert first["site"] == again["site"] == first["origin"] == again["origin"] == "Cardiff"
    said = cardiff.ask("load", "asterisk_queue_log", "nowhere", code=2)
    assert "say which with --site: Cardiff, Leeds" in said
