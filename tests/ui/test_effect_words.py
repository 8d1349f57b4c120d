"""Is every figure of a review in its sentence, and no verdict said without what it rests on?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from floorwalker.insight.reviewed import Change, Guarded, OfGuardrail, Reviewed, Verdict
from floorwalker.stats.coaching import Why
from floorwalker.stats.rollouts import WhyNot
from floorwalker.ui.effect_words import guardrail, names, reasons, told

CHANGE = Change(0.031, -0.01, 0.07, 0.02, 0.14, 0.08, 0.029, 0.026)
RAIL = OfGuardrail("first_contact_resolution", 1, "share", Guarded.WORSE, 0.02, -0.041, -0.06, -0.02)
FOUND = Reviewed(
    *(
        "average_handle_time",
        1,
        1,
        "ratio",
        Verdict.NO_PROVEN_EFFECT,
        "recent",
        8,
        date(2026, 4, 27),
        date(2026, 5, 25),
    ),
    *(date(2025, 3, 3), date(2026, 4, 26), 12, 12, 90, CHANGE),
)


def test_what_changed_is_told_by_its_parts() -> None:
    assert told(FOUND) == (
        "Average handle time of 12 agents after 8 weeks: better by 14.0%. Of that would have come back by itself: better by 8.0%; "
        "happened to everyone: better by 2.9%; what is left for the action: better by 3.1% (likely from 1.0% worse to 7.0% "
        "better). That it worked is not proven yet. So few agents and weeks show effects of 2.6% or more. Next review on 25 May 2026."
    )


def test_a_trade_off_names_what_paid_for_it() -> None:
    found = replace(FOUND, verdict=Verdict.TRADE_OFF, guardrails=(RAIL,), review_on=None)
    assert "A trade-off, not an improvement: it was paid for with First contact resolution." in told(found)
    assert guardrail(RAIL) == "First contact resolution got worse by 4.1 points (likely worse by 2.0 to 6.0 points)."
    assert guardrail(replace(RAIL, value=None)) == "First contact resolution: cannot tell."
    worked = replace(FOUND, verdict=Verdict.IMPROVED, review_on=None)
    assert told(worked).endswith("(likely from 1.0% worse to 7.0% better). It worked.")


def test_every_verdict_and_reason_has_its_words() -> None:
    assert names().keys() == {str(one) for one in Verdict}
    assert reasons().keys() >= {str(one) for one in (*Why, *WhyNot)} | {"no_data"}
    silent = replace(FOUND, verdict=Verdict.CANNOT_TELL, change=None, reason="extrapolated", review_on=None)
    assert told(silent).startswith("Cannot tell whether it worked: those treated were unlike everybody else")
