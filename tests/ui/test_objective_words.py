"""Is every number of a sentence about an objective the object's own, and is every reason said?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.insight.objective import Followed, Hindrance, NoObjective, Objective
from floorwalker.insight.person_level import Standing
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.gains import Candidate, Gap, Kind, WhyNot
from floorwalker.stats.priority import prioritise
from floorwalker.stats.targets import Gain, Progress
from floorwalker.ui import objective_words

AHT, FCR = (catalogue()[name] for name in ("average_handle_time", "first_contact_resolution"))
NOW = Estimate(112.0, 104.0, 120.0, 900, "local_level", AHT.stamp, "seconds", 117.0)
STANDING = Standing(90.0, 0.58, 0.31, Progress.ON_TRACK, ())
ON, DUE = date(2026, 7, 6), date(2026, 9, 30)
OBJECTIVE = Objective(AHT, b"a", ON, DUE, NOW, STANDING, 84.0, 80.0, 100.0, 28, 214, Gain(0.2, 0.01), ())


def test_an_objective_is_said_with_its_chances_and_how_it_is_read() -> None:
    assert objective_words.proposed(OBJECTIVE) == (
        "From 112 s to 90 s by 30 Sep 2026: 58% likely with the plan, 31% without."
        " It is read over the last 4 weeks, from about 214 contacts."
    )
    share = replace(
        OBJECTIVE,
        kpi=FCR,
        baseline=Estimate(0.71, 0.683, 0.737, 900, "local_level", FCR.stamp, "share", 0.7),
        standing=replace(STANDING, target=0.745, probability=0.999),
    )
    assert objective_words.proposed(share).startswith("From 71% to 74.5% by 30 Sep 2026: 99% likely")


@pytest.mark.parametrize("state", Progress)
def test_the_way_is_said_with_its_probability_and_state(state: Progress) -> None:
    one = Followed(AHT, b"a", ON, DUE, NOW, replace(STANDING, state=state, probability=0.35), (), NOW)
    said = objective_words.followed(one)
    assert said == f"Now 112 s; 90 s by 30 Sep 2026 is 35% likely: {objective_words.state(state)}."


@pytest.mark.parametrize("reason", Hindrance)
def test_every_reason_has_a_sentence_of_its_own(reason: Hindrance) -> None:
    none = NoObjective(AHT, b"a", (reason,), NoEstimate(Reason.NO_DATA, 0, AHT.stamp, "seconds"))
    (said,) = objective_words.refused(none)
    others = {objective_words.refused(replace(none, reasons=(other,)))[0] for other in Hindrance if other is not reason}
    assert said.endswith(".") and said not in others
    noisy = replace(none, reasons=(Hindrance.WITHIN_NOISE,), tried=108.0)
    assert "108 s" in objective_words.refused(noisy)[0]


def test_what_comes_first_is_said_with_its_range_and_all_else_with_a_reason() -> None:
    one = Candidate(Kind.COACH, "a", "aht", (Gap(30.0, 5.0, 600.0),), 0.95, 1.0)
    chosen = prioritise([one], 1.0).chosen[0]
    low, high = (objective_words.duration(value) for value in chosen.range)
    gain = objective_words.duration(chosen.gain)
    assert objective_words.gains(chosen) == f"about {gain} of work a month (likely {low} to {high})"
    assert len({objective_words.why_not(why) for why in WhyNot}) == len(WhyNot)
    assert len({objective_words.action(kind) for kind in Kind}) == len(Kind)
