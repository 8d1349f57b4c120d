"""Is what is missed counted as it would be from every answer, for whatever was answered and by whichever version?"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from floorwalker.apps.evaluations import building
from floorwalker.apps.evaluations.finding import found_in, markings_for
from floorwalker.apps.evaluations.models import Evaluation, EvaluationForm, Marking, Picked
from floorwalker.insight.marking import find_asked, judge
from floorwalker.insight.misses import Marks, count_misses
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import missed, released, sent
from tests.apps.evaluations.test_standards import published_standard

SEEDS = range(3)
CAUSES = ("agent", "system", "policy")


def answers(chance: Random) -> dict[str, str]:
    """Anything that may be answered: met, missed for any reason, and what a miss leads to."""
    given = sent(q2=chance.choice("23"))
    for code, option in (("q1", "no"), ("q2", "1"), ("q3", "no")):
        if chance.random() < 0.4:
            given |= missed(code, option, chance.choice(CAUSES))
    if given["a-q3"] == "no":
        given |= sent(q4="yes") if chance.random() < 0.5 else missed("q4", "no", chance.choice(CAUSES))
    return {name: value for name, value in given.items() if name[2:] != "q4" or given["a-q3"] == "no"}


def from_answers(markings: list[Marking], standard: int | None) -> Iterator[Marks[tuple[int, str], int]]:
    """What each marking judged and missed, read from its answers."""
    for marking in markings:
        version = marking.evaluation.version
        checking = {one.question for one in version.standards.all() if one.standard_id == standard}
        judged = [
            (version.form_id, question.code)
            for question in find_asked(version.asks, marking.given)
            if (standard is None or question.code in checking) and judge(question, marking.given.get(question.code))
        ]
        causes = {(version.form_id, one.question): one.cause_id for one in marking.misses.all() if one.cause_id}
        if judged:
            kept = {code: cause for code, cause in causes.items() if code in judged}
            yield Marks(judged, kept, marking.evaluation.contact_at.date())


@pytest.mark.parametrize("seed", SEEDS)
def test_it_counts_what_the_answers_say(floor: Floor, form: EvaluationForm, seed: int) -> None:
    chance = Random(seed)
    for place in range(4):
        released(floor, form, answers(chance), place=place)
    standard = published_standard(floor, "Our names")
    building.begin_version(form, by=floor.users["analyst"], at=NOW)
    building.check_standard(form, "q1", standard, by=floor.users["analyst"], at=NOW)
    building.publish_version(form, "Tied", by=floor.users["analyst"], at=NOW)
    form.refresh_from_db()
    for place in range(4, 8):
        released(floor, form, answers(chance), place=place)
    first = (NOW - timedelta(weeks=2)).date()
    markings = markings_for(floor.users["boss"], NOW.date(), first)
    for asked in (None, standard.pk):
        told = count_misses(from_answers(list(markings), asked))
        found = found_in(markings, first, standard=asked).misses
        assert (found.marked, found.met, found.weeks) == (told.marked, told.met, told.weeks)
        assert dict(found.causes) == dict(told.causes) and found.marked == (8 if asked is None else 4)
        assert {one.question: (one.rate, one.met, dict(one.causes)) for one in found.questions} == {
            one.question: (one.rate, one.met, dict(one.causes)) for one in told.questions
        }


def test_the_day_on_which_it_begins_counts_whole_and_the_day_before_does_not(
    floor: Floor, form: EvaluationForm
) -> None:
    released(floor, form, sent(), place=0)
    first = NOW.date()
    for at, counted in ((datetime(first.year, first.month, first.day, tzinfo=UTC), 1), (None, 0)):
        Marking.objects.update(
            submitted_at=at or datetime.combine(first, datetime.min.time(), UTC) - timedelta(seconds=1)
        )
        assert markings_for(floor.users["boss"], first, first).count() == counted


def test_markings_of_before_are_worked_out(floor: Floor, form: EvaluationForm) -> None:
    released(floor, form, answers(Random(5)), place=0)
    released(floor, form, sent() | missed("q3", "no", "agent") | sent(q3="no", q4="yes"), place=1)
    told = dict(Marking.objects.values_list("pk", "judged"))
    assert sorted(map(len, told.values()))[-1] == 4, "a condition that holds asks one question more"
    Marking.objects.update(judged=[])
    importlib.import_module("floorwalker.apps.evaluations.migrations.0009_what_a_marking_judged").work_out(apps, None)
    assert dict(Marking.objects.values_list("pk", "judged")) == told


def test_what_was_read_once_is_not_read_again_and_what_is_new_is(
    floor: Floor, form: EvaluationForm, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """How it was found may still change, and who may see it: both are asked each time."""
    found = released(floor, form, sent() | missed("q1", "no", "agent"), place=0)
    first, boss = (NOW - timedelta(weeks=2)).date(), floor.users["boss"]
    markings = markings_for(boss, NOW.date(), first)
    assert found_in(markings, first).picked == 1
    Evaluation.objects.filter(pk=found.pk).update(picked=Picked.RANDOM)
    with django_assert_num_queries(3):  # which they are, the versions of their forms, and the causes
        again = found_in(markings, first)
    assert (again.picked, again.all_misses) == (0, 1)
    released(floor, form, sent() | missed("q2", "1", "system"), place=1)
    told = found_in(markings, first)
    assert (told.misses.marked, told.all_misses, told.outside) == (2, 2, 1)
    # Whoever may see less of it is told less of it, however much the process has read for others.
    assert found_in(markings.filter(pk=found.stands_id), first).all_misses == 1
