"""Is bad input answered with what was found and what was expected, before anything is done, and never with a traceback?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from floorwalker.cli import main
from floorwalker.cli.loading import printable
from floorwalker.cli.telling import _figure
from tests.cli.conftest import Terminal


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["init", "--site", "Leeds", "--timezone", "Europe/Nowhere"], "is not a time zone such as Europe/London"),
        (["init", "--site", "Leeds", "--country", "Britain"], "is not a country by its two letters, such as GB"),
        (["init", "--timezone", "Europe/London"], "name it with --site"),
        (["serve", "--port", "99999"], "99999 is not in the range"),
        (["kpi", "run", "service_level", "--json", "--csv"], "choose one"),
        (["user", "add", "Wren", "--role", "boss"], "'boss' is not one of"),
        (["load", "csv_files", "x", "--mapping", "missing.yaml"], "does not exist"),
        (["nothing"], "there is no command 'nothing'"),
        (["loda"], "did you mean 'load'"),
        (["load", "simulated", "extra.log"], "simulated reads no files: leave out extra.log"),
        (["load", "simulated", "--follow"], "asterisk_queue_log can do that, simulated cannot"),
        (["load", "asterisk_queue_log"], "name them, or a folder of them"),
        (["load", "asterisk_queue_log", "x", "--set", "origin="], "origin= names no system"),
        (["load", "asterisk_queue_log", "x", "--mapping", __file__], "takes no mapping"),
        (["load", "asterisk_queue_lgo", "x"], "did you mean 'asterisk_queue_log'?"),
        (["load", "csv_files", "x"], "needs --mapping FILE"),
        (["load", "simulated", "--set", "agents=8", "--set", "nothing=1"], "simulated has no setting 'nothing'"),
        (["kpi", "show", "service_levle"], "did you mean 'service_level'"),
        (["kpi", "show", "nothing"], "did you mean"),
        (["kpi", "run", "service_level", "nothing"], "there is no measure 'nothing'"),
        (["kpi", "run", "service_level", "--from", "2026-03-02", "--to", "2026-03-01"], "is before the first"),
        (["kpi", "run", "service_level", "--by", "tema"], "did you mean 'team'"),
        (["kpi", "run", "service_level", "--by", "agent,team"], "--by agent --by team"),
        (["kpi", "run", "service_level", "--by", "attribute:"], "and attribute:NAME"),
        (["user", "add", "wren", "--role", "team_leader"], "name it with --team"),
        *(
            (["insight", method, "average_handle_time", "--standard", value], "seconds above 0")
            for method in ("compare", "cause")
            for value in ("0", "-5", "nan", "inf", "1e300")
        ),
        *((["insight", "compare", "transfer_rate", "--standard", value], "0 to 1") for value in ("-0.1", "35", "nan")),
        *(
            (["insight", "cause", "transfer_rate", "--delta", value], "a gap above 0")
            for value in ("0", "-1", "nan", "2")
        ),
        (["insight", "compare", "average_handle_time", "--delta", "inf"], "a gap above 0"),
        (["insight", "compare", "nothing", "--standard", "5"], "there is no measure 'nothing'"),
        (["demo", "--days", "0"], "0 is not in the range"),
        (["up", "--port", "0"], "0 is not in the range"),
        (["init", "--site", "Leeds", "--timezone", "Europe/Londn"], "did you mean 'Europe/London'"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_opened(words: list[str], answer: str) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2 and answer in done.output


def test_what_does_not_fit_this_home_is_refused_in_words(loaded: Terminal, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_bytes(b"\xf6\x00\xff")
    said = loaded.ask("load", "csv_files", mapping, "--mapping", mapping, code=1)
    assert "this is not a mapping" in said and "mapping guess" in said
    assert "there is no load 'nothing'" in loaded.ask("rejects", "--load", "nothing", code=2)
    assert "known from the first load" in loaded.ask("user", "add", "Wren", "--role", "agent", code=2)
    assert "with another country" in loaded.ask(
        "init", "--site", "Cardiff", "--timezone", "Europe/London", "--country", "FR", code=1
    )


def test_names_that_nobody_has_are_answered_with_near_ones(loaded: Terminal) -> None:
    assert "did you mean 'PJSIP/201'?" in loaded.ask(
        "user", "add", "x", "--role", "agent", "--agent", "PJSIP/20", code=2
    )
    assert "floorwalker user invite admin" in loaded.ask("user", "add", "Admin", "--role", "administrator", code=2)
    assert "did you mean 'admin'?" in loaded.ask("user", "invite", "ADMIN", code=2)
    assert "at its begin or end" in loaded.ask("user", "add", " wren", "--role", "administrator", code=1)
    for where, answer in {
        "agent=pjsip/201": "perhaps PJSIP/201",
        "agent=": "names no agent",
        "channel=phone": "There are voice, email",
        "hour=25": "0 to 23",
        "chanel=voice": "did you mean 'channel'",
    }.items():
        assert answer in loaded.ask("kpi", "run", "contacts_offered", "--where", where, code=2)


def test_an_attribute_that_no_row_has_is_refused_with_those_that_there_are(cardiff: Terminal, tmp_path: Path) -> None:
    calls, mapping = tmp_path / "calls.csv", tmp_path / "mapping.yaml"
    calls.write_text("Id,Start,Status,Shift\n1,2026-03-02 09:00,Taken,Night\n2,2026-03-02 09:05,Taken,\n")
    mapping.write_text(
        "columns:\n  id: Id\n  entered: Start\n  outcome: {column: Status, values: {Taken: answered}}\n"
        "attributes: {shift: Shift}\ndefaults: {channel: voice, direction: inbound}\n"
    )
    cardiff.ask("load", "csv_files", calls, "--mapping", mapping)
    for option in (("--by", "attribute:shfit"), ("--where", "attribute:shfit=Night")):
        said = cardiff.ask("kpi", "run", "contacts_offered", *option, code=2)
        assert "has an attribute 'shfit'" in said and "did you mean 'shift'?" in said and "attribute:shift" in said
    assert "Night" in cardiff.ask("kpi", "run", "contacts_offered", "--by", "attribute:shift")


@pytest.mark.parametrize(
    ("seconds", "text"), [(59.94, "59.9 s"), (3599.0, "3599.0 s"), (26762.7, "7:26:03 h"), (3600, "1:00:00 h")]
)
def test_long_durations_are_told_by_the_clock(seconds: float, text: str) -> None:
    assert _figure(seconds, "seconds") == text


def test_a_site_that_is_there_keeps_its_zone_when_none_is_named(cardiff: Terminal) -> None:
    assert "site Cardiff, Europe/London" in cardiff.ask("init", "--site", "Cardiff")


def test_compaction_says_only_what_it_did(cardiff: Terminal, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / "queue_log").write_text(
            f"170000000{number}|1699999999.{number}|sales|NONE|ENTERQUEUE||01632960123|1\n"
        )
        cardiff.ask("load", "asterisk_queue_log", tmp_path / "queue_log")
    said = cardiff.ask("lake", "compact").strip().splitlines()
    assert "source_event: 1 days rewritten" in said and not any("0 days" in line for line in said)
    assert (
        cardiff.ask("lake", "compact").strip()
        == "nothing to do: no day lies in several files, and no file is left over"
    )


def test_what_a_log_holds_cannot_speak_to_the_terminal() -> None:
    assert printable("Zoë \x1b[31m\x00\u202e") == "Zoë \\x1b[31m\\x00\\u202e"
