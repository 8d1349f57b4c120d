"""Is a figure met, missed or open, on either side of a band, and never by its dot alone?"""

from __future__ import annotations

import pytest

from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.judgement import State, Target, clearance, judge, verdict
from floorwalker.kpis.definition import Better

BAND = Target(0.75, 0.85)


def share(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, low, high, 50, "wilson", "k@1", "share", (low + high) / 2)


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (share(0.77, 0.83), State.ABOVE, "inside"),
        (share(0.60, 0.74), State.BELOW, "too_low"),
        (share(0.86, 0.95), State.BELOW, "too_high"),
        (share(0.70, 0.80), State.UNCLEAR, "unclear"),
        (share(0.80, 0.90), State.UNCLEAR, "unclear"),
        (share(0.60, 0.95), State.UNCLEAR, "unclear"),
        (share(0.75, 0.80), State.UNCLEAR, "unclear"),
        (NoEstimate(Reason.TOO_FEW, 2, "k@1", "share"), State.UNCLEAR, "unclear"),
        (Estimate(5, None, None, 5, "counted", "k@1", "contacts", 5), State.NO_TARGET, "none"),
    ],
)
def test_a_band_is_missed_on_either_side_and_met_only_inside(answer: Answer, state: State, said: str) -> None:
    assert judge(answer, BAND) is state
    assert verdict(answer, BAND) == said


@pytest.mark.parametrize(("better", "met", "missed"), [(Better.UP, 0.9, 0.7), (Better.DOWN, 0.7, 0.9)])
def test_one_value_is_missed_on_its_wrong_side_alone(better: Better, met: float, missed: float) -> None:
    target = Target.of(0.8, better)
    assert judge(share(met - 0.05, met + 0.05), target) is State.ABOVE
    assert judge(share(missed - 0.05, missed + 0.05), target) is State.BELOW
    assert judge(share(0.75, 0.85), target) is State.UNCLEAR
    assert judge(share(0.1, 0.2), None) is judge(share(0.1, 0.2), Target()) is State.NO_TARGET


def test_a_band_and_its_two_ends_never_contradict_each_other() -> None:
    for low in range(0, 100, 3):
        for high in range(low, 100, 7):
            answer = share(low / 100, high / 100)
            ends = {judge(answer, Target(low=0.75)), judge(answer, Target(high=0.85))}
            expected = State.BELOW if State.BELOW in ends else State.UNCLEAR if State.UNCLEAR in ends else State.ABOVE
            assert judge(answer, BAND) is expected


@pytest.mark.parametrize(
    ("low", "high", "clear"), [(0.55, 0.65, 1.0), (0.9, 0.95, 1.0), (0.78, 0.82, 0.75), (0.7, 0.8, 0)]
)
def test_the_nearer_end_of_a_band_tells_how_clear_the_evidence_is(low: float, high: float, clear: float) -> None:
    assert clearance(share(low, high), BAND) == pytest.approx(clear)
