"""Is it told how many answered, and what their answers say of all, and said where nobody can know it?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from floorwalker.errors import KpiError
from floorwalker.insight.nonresponse import Heard, read_heard
from floorwalker.insight.scorecard import Period
from floorwalker.ui import survey_words
from tests.kpis.memory_facts import ORIGIN, SOURCE, MemoryFacts, key

PERIOD = Period(date(2026, 1, 1), date(2026, 1, 31))
SENT = {"invited_at": "2026-01-05T11:00:00+00:00", "closes_at": "2026-01-12T11:00:00+00:00"}
OPEN = {"invited_at": "2026-01-19T11:00:00+00:00", "closes_at": "2026-01-26T11:00:00+00:00"}
ANSWERED = {"answered_at": "2026-01-05T12:00:00+00:00", "scale_least": 1, "scale_most": 5, "identity_key": "wren"}


def answers(*rows: dict[str, Any]) -> MemoryFacts:
    told = [{"source": SOURCE, "origin": ORIGIN, "complete_through": "2026-01-20T00:00:00+00:00"}]
    return MemoryFacts({"survey": list(rows)}, completeness=told)


def heard(facts: MemoryFacts, kpi: str = "csat_top_box", **where: Any) -> Heard:
    return read_heard(facts, (kpi,), PERIOD, where)[kpi]


def asked(happy: int, unhappy: int, silent: int, still: int = 0) -> MemoryFacts:
    return answers(
        {"times": happy, "score": 5, **SENT, **ANSWERED},
        {"times": unhappy, "score": 2, **SENT, **ANSWERED},
        {"times": silent, "identity_key": "wren", **SENT},
        {"times": still, "identity_key": "lark", **OPEN},
    )


def test_few_answers_say_little_of_all() -> None:
    found = heard(asked(84, 16, 700, still=30))
    assert found.sent is not None and (found.sent.asked, found.sent.answered, found.sent.waiting) == (830, 100, 30)
    assert found.of_all == found.by_mood and found.is_assumed
    low, high = found.of_all.low, found.of_all.high
    assert low is not None and high is not None and low < 0.65 and high == pytest.approx(found.seen.high)
    said = survey_words.heard(found)
    assert "12% of 830 who were asked have answered so far; 30 still can." in said
    assert "twice as often" in said and "anything from" in said


def test_where_nearly_all_answered_nothing_is_assumed() -> None:
    found = heard(asked(780, 180, 40))
    assert not found.is_assumed
    said = survey_words.heard(found)
    assert "96% of 1,000 who were asked have answered." in said
    assert "whatever the silent ones think" in said and "twice" not in said


def test_without_invitations_nobody_knows_who_did_not_answer() -> None:
    found = heard(answers({"times": 50, "score": 5, **ANSWERED}, {"times": 50, "score": 1, **ANSWERED}))
    assert found.sent is None and found.at_worst is None
    assert "only answers were loaded, no invitations" in survey_words.heard(found)
    assert "anything from" not in survey_words.heard(found)


def test_where_some_answers_have_no_invitation_the_rate_of_all_is_not_told() -> None:
    rows = ({"times": 60, "score": 5, **ANSWERED}, {"times": 40, "score": 4, **SENT, **ANSWERED}, {"times": 60, **SENT})
    found = heard(answers(*rows))
    assert found.sent is not None and not found.sent.is_whole and found.at_worst is None
    assert "Invitations are known of some answers only" in survey_words.heard(found)


def test_a_mean_is_moved_by_its_scores_and_bounded_by_its_scale() -> None:
    found = heard(asked(84, 16, 700), "csat_mean")
    assert found.seen.value == pytest.approx(4.52)
    halved = (42 * 5 + 16 * 2) / 58
    assert found.of_all.low is not None and halved - 0.4 < found.of_all.low < halved
    assert found.of_all.high == found.seen.high and found.at_worst is not None
    assert found.at_worst.low == pytest.approx(100 / 800 * (found.seen.low or 0) + 700 / 800 * 1)
    two_scales = answers(
        {"times": 20, "score": 4, **SENT, **ANSWERED}, {"times": 20, "score": 7, **SENT, **ANSWERED, "scale_most": 10}
    )
    assert heard(two_scales, "csat_mean").at_worst is None


def test_a_question_may_be_about_one_person_or_about_nobody() -> None:
    facts = answers(
        {"times": 20, "score": 5, **SENT, **ANSWERED},
        {"times": 30, "score": 1, **SENT, **ANSWERED, "identity_key": "lark"},
    )
    found = heard(facts, agent=(key("wren"),))
    assert found.seen.n == 20 and found.sent is not None and found.sent.asked == 20
    assert read_heard(facts, ("csat_top_box", "csat_mean"), PERIOD, {"agent": (key("owl"),)}) == {}
    assert read_heard(facts, (), PERIOD, {}) == {}


def test_other_measures_are_refused() -> None:
    with pytest.raises(KpiError, match="does not count answers"):
        read_heard(asked(5, 5, 5), ("transfer_rate",), PERIOD, {})
