"""Is it said whose a gap is only where there may be one, and to a member of a small team nothing of her colleagues?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from floorwalker.apps.dashboards.made import whose
from floorwalker.insight.comparison import Verdict
from floorwalker.insight.fair import Fair
from floorwalker.stats.levels import Cause
from tests.insight.answers import CAUSE, COMPARISON


def fair(primary: Cause, probability: float) -> Fair:
    one = replace(COMPARISON.agents[0], verdict=Verdict.AS_AGREED, flagged=False, probability_below=probability)
    return Fair(COMPARISON, one, CAUSE, replace(CAUSE.agents[0], primary=primary))


@pytest.mark.parametrize("primary", [Cause.TEAM, Cause.PERSONAL])
@pytest.mark.parametrize(("probability", "told"), [(0.01, False), (0.2, False), (0.4, True), (0.9, True)])
def test_where_surely_nothing_is_missed_nobody_is_blamed(primary: Cause, probability: float, told: bool) -> None:
    said = whose(fair(primary, probability), apart=True)
    assert said.startswith("Mostly the") is told
    if not told:
        assert said.startswith("No gap that matters is likely") and "makes up for it" in said


def test_what_is_everybodys_is_told_all_the_same() -> None:
    """Without an agreed standard people are held against each other, and everybody against how the floor stood before."""
    assert "everybody" in whose(fair(Cause.SYSTEMIC, 0.01), apart=True)
    assert "No gap that matters" in whose(fair(Cause.NONE, 0.01), apart=True)


@pytest.mark.parametrize("primary", [cause for cause in Cause if cause is not Cause.SYSTEMIC])
@pytest.mark.parametrize("probability", [0.01, 0.9])
def test_a_member_of_a_small_team_reads_no_probability_of_the_team(primary: Cause, probability: float) -> None:
    said = whose(fair(primary, probability), apart=False)
    assert "would give colleagues away" in said and "%" not in said
    assert said == whose(fair(Cause.TEAM, 0.9), apart=False), "nor does the sentence itself tell the team's part"
