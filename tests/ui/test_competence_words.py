"""Is it said when starters had come so far, with its range, and as openly that nobody can tell yet?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from floorwalker.insight.competence import Lack, Speed
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.competence import Competence
from floorwalker.ui import competence_words as words

CURVE = np.linspace(1.0, 0.2, 20)
FOUND = Competence(CURVE, CURVE - 0.1, np.minimum(CURVE + 0.1, 1), np.full(20, 12), 6.0, 4.0, 9.0, 14, 20)
SPEED = Speed(
    catalogue()["average_handle_time"],
    Period(date(2026, 1, 5), date(2026, 6, 28)),
    began=16,
    followed=14,
    established=46,
    band=0.183,
    found=FOUND,
)
INF = float("inf")


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ((6.0, 4.0, 9.0), "there from week 6 on; likely from week 4 to 9."),
        ((6.0, 4.0, INF), "there from week 6 on; likely from week 4, or from any later one."),
        ((1.0, 1.0, 1.0), "there from the first week on."),
        ((INF, 15.0, INF), "(20 weeks); it may take 15 weeks, or any time more."),
        ((INF, INF, INF), "not there yet as far as anybody was followed (20 weeks)."),
    ],
)
def test_a_week_is_told_with_its_range_or_not_at_all(weeks: tuple[float, float, float], said: str) -> None:
    names = ("median", "low_week", "high_week")
    told = replace(SPEED, found=replace(FOUND, **dict(zip(names, weeks, strict=True))))
    assert words.found(told).startswith("Half of those who began") and words.found(told).endswith(said)


def test_it_is_said_of_whom_it_is_and_what_counts() -> None:
    assert words.rests(SPEED) == (
        "16 people began in these days, of whom 14 were followed for 4 weeks or more. Somebody counts as there who is no more "
        "than 18% worse than is usual of 46 established colleagues at the same work, as nine in ten of these are, and who stays "
        "so for 4 weeks."
    )
    assert words.band(0.041, catalogue()["first_contact_resolution"]) == "4.1 points"


def test_where_nobody_can_tell_the_reason_is_said() -> None:
    few = replace(SPEED, found=None, lack=Lack.TOO_FEW_STARTERS, began=1, followed=1)
    assert "1 have been followed for 4 weeks or more, and it takes 8. Nobody is told alone." in words.found(few)
    assert words.rests(few).startswith("1 person began in these days")
    new = replace(SPEED, found=None, lack=Lack.TOO_FEW_ESTABLISHED, established=3)
    assert words.found(new).startswith("Cannot tell yet: 3 people at comparable work are long there, and it takes 8")
    assert "Somebody counts" not in words.rests(new)
