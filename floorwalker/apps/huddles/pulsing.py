"""How is the climate asked for so that nobody can be told from what is kept? Counts and no answers; told once it is over, from five up.

Who has answered is kept, so that nobody answers twice; what was answered is added to a count. No row of the one leads to a row
of the other: no number, no instant, no order. All counts of a round are there, at nought, before anybody answers, and every
answer touches all fifteen of them in the same order, so that neither what is written nor when gives away which was raised.
The audit trail names who opened a round, and nobody who answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, IntegerField, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.huddles.access import is_member, may_lead, members_of
from floorwalker.apps.huddles.agreeing import said
from floorwalker.apps.huddles.models import Pulse, PulseAnswer, PulseQuestion, PulseTurn
from floorwalker.apps.huddles.models.pulse import LEAST_ANSWERS, LONGEST_QUESTION
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Team, User
from floorwalker.apps.standards.tree import Tree
from floorwalker.errors import Refused

VALUES = (1, 2, 3, 4, 5)
QUESTIONS = 3
USUAL = (
    _("I know what is expected of me."),
    _("I can say what goes wrong."),
    _("We help each other."),
)


@dataclass(frozen=True)
class Told:
    """One question with how often each answer was given; nothing at all where fewer than five answered."""

    words: str
    counts: tuple[tuple[int, int], ...]

    @property
    def said(self) -> str:
        """Every count, for whoever hears the page."""
        return ", ".join(f"{value}: {count}" for value, count in self.counts)


@action
def open_pulse(team: Team, questions: Sequence[str], *, closes_on: date, by: User, at: datetime) -> Pulse:
    """Begin a round of three questions; one at a time, so that nobody is asked the same twice in a week."""
    if not may_lead(by, team, at.date()):
        raise Refused("you do not lead this team", found=team.name)
    if len(questions) != QUESTIONS:
        raise Refused("a pulse has three questions", found=str(len(questions)))
    asked = [one for one in members_of(team, at.date()) if one.pk not in by.oneself()]
    if len(asked) < LEAST_ANSWERS:
        raise Refused("too few people are in this team", found=str(len(asked)), expected=f"{LEAST_ANSWERS} or more")
    if closes_on <= at.date():
        raise Refused(
            "a round lasts a day at least",
            found=closes_on.isoformat(),
            expected=gettext("after %(day)s") % {"day": at.date()},
        )
    _check_no_other(team, at.date())
    made = Pulse.objects.create(team=team, opened_by=by, opened_on=at.date(), closes_on=closes_on)
    for place, words in enumerate(questions):
        question = PulseQuestion.objects.create(pulse=made, place=place, words=said(words, LONGEST_QUESTION))
        PulseAnswer.objects.bulk_create(PulseAnswer(question=question, value=value) for value in VALUES)
    record(by.username, "open_pulse", made, at, team=team.name, closes_on=closes_on.isoformat())
    return made


def _check_no_other(team: Team, on: date) -> None:
    """One at a time in a team, above it and below: of a whole and its part, the difference would be whoever is left."""
    tree, open_ = Tree.read(), Pulse.objects.filter(closes_on__gt=on)
    if open_.filter(team=team).exists():
        raise Refused("a round is open in this team already", mend="wait until it is over")
    nested = {*tree.above(team.pk), *tree.below([team.pk])}
    other = open_.filter(team__in=nested).select_related("team").first()
    if other is not None:
        raise Refused(
            "a round is open in a team of which this is a part, or that is a part of this one",
            found=other.team.name,
            expected="one round at a time among people who belong together: a difference of two would tell of a few",
            mend="wait until it is over",
        )


@action
def answer_pulse(pulse: Pulse, values: Mapping[int, int], *, by: User, at: datetime) -> None:
    """Answer all three questions (by place, from 1 to 5), once. Nothing of it is in the trail: its time would tell whose it is."""
    if not may_answer(by, pulse, at.date()):
        raise Refused("this round is not for you, or is over", expected="an open round of your own team")
    places = set(pulse.questions.values_list("place", flat=True))
    if set(values) != places or not set(values.values()) <= set(VALUES):
        raise Refused("every question has an answer from 1 to 5", found=str(len(values)))
    if PulseTurn.objects.filter(pulse=pulse, user=by).exists():
        raise Refused("you have answered already", mend="wait for the next round")
    PulseTurn.objects.create(pulse=pulse, user=by)
    rows = PulseAnswer.objects.filter(question__pulse=pulse)
    chosen = [pk for pk, place, value in rows.values_list("pk", "question__place", "value") if values[place] == value]
    one_or_none = Case(When(pk__in=chosen, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows.update(count=F("count") + one_or_none)


def may_answer(user: User, pulse: Pulse, on: date) -> bool:
    """Whether the round is open, and asks the user: whoever works in the team, and not who leads it."""
    is_open = pulse.opened_on <= on < pulse.closes_on
    return is_open and is_member(user, pulse.team, on) and not may_lead(user, pulse.team, on)


def has_answered(user: User, pulse: Pulse) -> bool:
    """Whether the user has had her turn."""
    return PulseTurn.objects.filter(pulse=pulse, user=user).exists()


def told_of(pulse: Pulse, on: date) -> list[Told] | None:
    """What was answered: to the team and whoever leads it alike. None while the round is open, and of fewer than five answers.

    How many answered is not told of such a round either.
    """
    if on < pulse.closes_on:
        return None
    found = []
    for question in pulse.questions.prefetch_related("counts"):
        counts = tuple(sorted((one.value, one.count) for one in question.counts.all()))
        found.append(Told(question.words, counts))
    answered = [sum(count for _value, count in one.counts) for one in found]
    return found if answered and min(answered) >= LEAST_ANSWERS else None
