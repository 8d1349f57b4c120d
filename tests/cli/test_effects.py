"""Does the command say whether an action worked, and of a wrong file which line is to be mended how?"""

from __future__ import annotations

import json

from tests.cli.conftest import Terminal

KEYS = {
    *("verdict", "mode", "value", "low", "high", "cautious", "naive_change", "regression_to_mean", "common_change"),
    *("minimum_detectable", "guardrails", "sentence"),
}
OF = ("insight", "effect", "--kpi", "average_handle_time", "--start", "2023-08-01")


def test_of_one_call_nothing_is_said_and_why(loaded: Terminal) -> None:
    treated = loaded.home.parent / "treated.csv"
    treated.write_text("agent,day\nPJSIP/201,2023-08-03\n")
    answer = json.loads(loaded.ask(*OF, "--treated", treated, "--guardrail", "transfer_rate", "--json"))
    assert answer.keys() >= KEYS and answer["verdict"] == "cannot_tell" and answer["value"] is None
    assert (answer["week"], answer["due_on"], answer["reason"]) == (12, "2023-10-24", "no_data")
    assert answer["sentence"].startswith("Cannot tell whether it worked: ")
    early = loaded.ask(*OF[:-1], "2023-11-01", "--treated", treated, code=2)
    assert "treated.csv, line 2" in early and "before --start 2023-11-01" in early
    treated.write_text("PJSIP/201\n")
    later = loaded.ask(*OF[:-1], "2023-11-01", "--treated", treated)
    assert later == "Nothing is said before the first planned review. Next review on 29 Nov 2023.\n"


def test_a_wrong_line_is_told_with_its_mend(loaded: Terminal) -> None:
    treated = loaded.home.parent / "treated.csv"
    for text, told in {
        "PJSIP/201\nPJSIP/202\n": ("line 2: there is no agent called 'PJSIP/202'", "PJSIP/201"),
        "PJSIP/201,3 May\n": ("line 1: '3 May' is no day", "2026-03-02"),
        "PJSIP/201\n\nPJSIP/201\n": ("line 3: PJSIP/201 is named twice",),
        "\n": ("names nobody",),
        "PJSIP/201,2023-08-03,late\n": ("line 1: more than a name and a day",),
    }.items():
        treated.write_text(text)
        said = " ".join(loaded.ask(*OF, "--treated", treated, code=2).split())
        assert all(part in said for part in told), said


def test_it_is_asked_of_a_cycle_or_of_a_file(loaded: Terminal) -> None:
    assert "either --cycle ID, or --treated FILE" in loaded.ask("insight", "effect", code=2)
    assert "there is no improvement cycle 7" in loaded.ask("insight", "effect", "--cycle", "7", code=2)
    both = loaded.ask("insight", "effect", "--cycle", "7", "--shown", "4", code=2)
    assert "a cycle knows its measure" in " ".join(both.split())


def test_teams_are_named_by_a_heading(loaded: Terminal) -> None:
    treated = loaded.home.parent / "teams.csv"
    treated.write_text("team\nNobody's\n")
    said = " ".join(loaded.ask(*OF, "--treated", treated, code=2).split())
    assert "line 2: there is no team called" in said
