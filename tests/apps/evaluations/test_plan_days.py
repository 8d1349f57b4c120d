"""Does every day of a plan belong to exactly one draw, whatever versions it has and however their rhythms follow each other?"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.apps.evaluations.models import Every, SamplingPlan

BEGUN = date(2026, 1, 1)
A_DAY = timedelta(days=1)
CHANGES = st.lists(st.tuples(st.integers(0, 60), st.sampled_from([*Every])), max_size=5)


def versions_of(first: Every, changes: list[tuple[int, Every]]) -> list[SamplingPlan]:
    """Versions as `change_plan` makes them, each changed so many days after it began; none is kept."""
    found = [SamplingPlan(pk=1, every=first, from_day=BEGUN)]
    for number, (days, every) in enumerate(changes, 2):
        before = found[-1]
        begins = before.gives_way_on(every, before.from_day + timedelta(days=days))
        before.to_day = begins
        found.append(SamplingPlan(pk=number, every=every, from_day=begins, follows_id=number - 1))
    return found


def drawn_by(versions: list[SamplingPlan], until: date) -> set[tuple[int, date, date]]:
    """What is drawn when somebody looks on every day: by version, the stretches that are its own."""
    found = set()
    day = BEGUN
    while day <= until:
        for plan in versions:
            first, last = plan.ended_before(day)
            if plan.from_day <= day and plan.is_to_draw(first, last):
                found.add((plan.pk, first, last))
        day += A_DAY
    return found


@settings(max_examples=60)
@given(st.sampled_from([*Every]), CHANGES)
def test_every_day_belongs_to_exactly_one_draw(first: Every, changes: list[tuple[int, Every]]) -> None:
    versions = versions_of(first, changes)
    until = versions[-1].from_day + timedelta(days=100)
    drawn = sorted((begins, ends) for _pk, begins, ends in drawn_by(versions, until))
    assert drawn[0][0] <= BEGUN
    for (_begins, ended), (begins, ends) in pairwise(drawn):
        assert begins == ended + A_DAY and ends >= begins, f"{drawn} of {changes} after {first}"
    assert drawn[-1][1] > versions[-1].from_day


@given(st.sampled_from([*Every]), CHANGES)
@settings(max_examples=60)
def test_no_draw_is_of_a_few_days_alone_or_of_much_more_than_its_rhythm(
    first: Every, changes: list[tuple[int, Every]]
) -> None:
    versions = versions_of(first, changes)
    rhythm = {plan.pk: Every(plan.every) for plan in versions}
    for pk, begins, ends in drawn_by(versions, versions[-1].from_day + timedelta(days=100)):
        days = (ends - begins).days + 1
        least, most = (7, 7 + 6) if rhythm[pk] == Every.WEEK else (28, 31 + 6)
        assert least <= days <= most, f"{begins} to {ends}"


def test_the_days_between_two_rhythms_are_drawn_with_the_first_of_the_new_one() -> None:
    monthly, weekly = versions_of(Every.MONTH, [(20, Every.WEEK)])
    assert (monthly.to_day, weekly.from_day) == (date(2026, 2, 1), date(2026, 2, 1))  # a Sunday
    assert weekly.ended_before(date(2026, 2, 9)) == (date(2026, 2, 1), date(2026, 2, 8))
    assert weekly.ended_before(date(2026, 2, 16)) == (date(2026, 2, 9), date(2026, 2, 15))
    assert not weekly.is_to_draw(*weekly.ended_before(date(2026, 2, 3)))
    weekly, monthly = versions_of(Every.WEEK, [(3, Every.MONTH)])
    # The last Monday before the first of the next month: the days from it on are drawn with that month.
    assert monthly.from_day == date(2026, 1, 26)
    assert monthly.ended_before(date(2026, 3, 1)) == (date(2026, 1, 26), date(2026, 2, 28))
