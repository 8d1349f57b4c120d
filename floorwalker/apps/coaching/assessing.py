"""How does somebody see her own work, before the figures; and where does she see herself lower or higher than they do?

Figures are worked out when she has finished, and kept as they were: what was guessed is not guessed again beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from floorwalker.apps.coaching.filing import file_feedback
from floorwalker.apps.coaching.models import (
    Feedback,
    FeedbackSource,
    Leaning,
    SeenAs,
    SelfAssessment,
    SelfRating,
)
from floorwalker.apps.coaching.models.oneself import LONGEST_WORDS
from floorwalker.apps.coaching.reaching import facts_stamp
from floorwalker.apps.coaching.seeing import is_oneself
from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.concerning import concerning
from floorwalker.apps.standards.holding import Agreed, targets_of
from floorwalker.apps.standards.models import ServiceStandard, StandardVersion
from floorwalker.errors import Refused
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.frozen import Frozen, as_json, freeze_figure, from_json
from floorwalker.insight.judgement import State
from floorwalker.insight.known import known_days
from floorwalker.insight.scorecard import Period, read_line
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Attribution

PERIOD = timedelta(weeks=12)
# Whoever has just seen the figures repeats them: by then a third of the weeks that are looked at are new.
BETWEEN = timedelta(weeks=4)
# What is as it should be, and what she cannot tell, is nothing to decide about.
LEANINGS = {SeenAs.STRENGTH: Leaning.STRENGTH, SeenAs.DEVELOP: Leaning.DEVELOPMENT}


class Beside(StrEnum):
    """How her own view stands to the figure's."""

    AGREE = "agree"
    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Rated:
    """What she says of one measure or standard."""

    seen_as: SeenAs
    words: str = ""
    measure: str = ""
    standard: ServiceStandard | None = None


def measures_to_rate(agent: Agent, on: date) -> list[str]:
    """What she is held against, of what people have figures of: without a target nobody can say how she stands."""
    held = targets_of(Agreed.read(Period(on, on)).honoured(agent, team_of(agent, on)))
    known = catalogue()
    return sorted(name for name in held if name in known and known[name].attribution is not Attribution.NONE)


def standards_to_rate(user: User, on: date) -> list[StandardVersion]:
    """The standards that concern her."""
    current = list(StandardVersion.objects.with_places().prefetch_related("concerns").current())
    return sorted(concerning(user, on, current), key=lambda one: one.title.casefold())


def next_from(agent: Agent) -> date | None:
    """From which day on another one says more than the figures that were seen; None where none were."""
    finished = SelfAssessment.objects.filter(agent__in=agent.numbers_of_person()).exclude(finished_at=None)
    last = finished.order_by("-finished_at").first()
    return None if last is None or last.finished_at is None or not last.figures else last.finished_at.date() + BETWEEN


@action
def begin_assessment(agent: Agent, *, by: User, at: datetime) -> SelfAssessment:
    """Begin to look at one's own last twelve weeks; what is begun already goes on."""
    _check_own(agent, by)
    going = SelfAssessment.objects.filter(agent__in=agent.numbers_of_person(), finished_at=None).first()
    if going is not None:
        return going
    again = next_from(agent)
    if again is not None and at.date() < again:
        raise Refused(
            "the figures were seen a short while ago", expected=f"{again:%Y-%m-%d} –", mend="begin the next one then"
        )
    days = at.date() - PERIOD, at.date()
    made = SelfAssessment.objects.create(agent=agent, from_day=days[0], to_day=days[1], begun_at=at)
    record(by.username, "begin_self_assessment", made, at)
    return made


def finish_assessment(
    assessment: SelfAssessment, rated: Sequence[Rated], words: str, facts: Snapshot, *, by: User, at: datetime
) -> SelfAssessment:
    """Say how one sees oneself in everything; then, and not before, the figures are read, and kept."""
    _check_own(assessment.agent, by)
    figures = _figures(assessment, [one.measure for one in rated if one.measure], facts, at)
    return _finish(assessment, rated, words, figures, by=by, at=at)


@action
def _finish(
    assessment: SelfAssessment,
    rated: Sequence[Rated],
    words: str,
    figures: Mapping[str, object],
    *,
    by: User,
    at: datetime,
) -> SelfAssessment:
    _lock(assessment)
    _check_own(assessment.agent, by)
    if assessment.finished_at is not None:
        raise Refused("this self-assessment is finished", mend="begin another one")
    if not rated:
        raise Refused("a self-assessment says something of oneself", mend="answer for at least one measure or standard")
    rows = [
        SelfRating(
            assessment=assessment,
            measure=one.measure,
            standard=one.standard,
            seen_as=one.seen_as,
            words=one.words.strip()[:LONGEST_WORDS],
        )
        for one in rated
    ]
    SelfRating.objects.bulk_create(rows)
    assessment.words, assessment.finished_at = words.strip()[:LONGEST_WORDS], at
    assessment.figures = figures
    assessment.save(update_fields=["words", "finished_at", "figures"])
    record(by.username, "finish_self_assessment", assessment, at)
    return assessment


@action
def share_assessment(assessment: SelfAssessment, *, by: User, at: datetime) -> SelfAssessment:
    """Let those who coach one read it; strengths and needs then stand in one's feedback, as said by oneself."""
    _lock(assessment)
    _check_own(assessment.agent, by)
    if assessment.finished_at is None:
        raise Refused("finish it first", expected="a self-assessment that is finished")
    if assessment.shared_at is not None:
        raise Refused("this is shared already")
    assessment.shared_at = at
    assessment.save(update_fields=["shared_at"])
    for rating in assessment.ratings.filter(seen_as__in=LEANINGS).select_related("standard"):
        _file(assessment, rating, by, at)
    record(by.username, "share_self_assessment", assessment, at)
    return assessment


@dataclass(frozen=True)
class BothViews:
    """One thing with her view and the figure's; figure: none of a standard, or where nothing is known."""

    rating: SelfRating
    figure: Frozen | None
    beside: Beside

    @property
    def is_strength(self) -> bool:
        """A strength in her eyes that the figure does not deny."""
        return self.rating.seen_as == SeenAs.STRENGTH and self.beside is not Beside.HIGHER

    @property
    def is_need(self) -> bool:
        """Something to get better at: in her eyes, or by a figure that misses what is agreed beyond chance."""
        missed = self.figure is not None and self.figure.state is State.BELOW
        return self.rating.seen_as == SeenAs.DEVELOP or missed


def both_views(assessment: SelfAssessment) -> list[BothViews]:
    """Her view and the figures side by side; nothing before she has finished."""
    if assessment.finished_at is None:
        return []
    kept = {name: from_json(one) for name, one in (assessment.figures or {}).items()}
    found = []
    for rating in assessment.ratings.select_related("standard"):
        figure = kept.get(rating.measure)
        state = State.UNCLEAR if figure is None else figure.state
        found.append(BothViews(rating, figure, stands_beside(SeenAs(rating.seen_as), state)))
    return found


def stands_beside(seen: SeenAs, state: State) -> Beside:
    """Who says "I am good at it" while the figure misses sees herself higher; and the other way round."""
    if seen is SeenAs.UNKNOWN or state not in (State.ABOVE, State.BELOW):
        return Beside.CANNOT_TELL
    if state is State.ABOVE:
        return Beside.LOWER if seen is SeenAs.DEVELOP else Beside.AGREE
    return Beside.AGREE if seen is SeenAs.DEVELOP else Beside.HIGHER


def _figures(
    assessment: SelfAssessment, measures: Sequence[str], facts: Snapshot, at: datetime
) -> Mapping[str, object]:
    known = known_days(facts)
    if known is None or not measures:
        return {}
    agent, last = assessment.agent, min(known[1], assessment.to_day - timedelta(days=1))
    period = Period(min(assessment.from_day, last), last)
    held = targets_of(Agreed.read(period).honoured(agent, team_of(agent, last)))
    where = {"agent": agent.keys_of_person()}
    line, stamp = read_line(facts, list(measures), period, where=where, targets=held), facts_stamp(facts)
    return {
        name: as_json(freeze_figure(catalogue()[name], period, cell, held.get(name), at=at, facts=stamp))
        for name, cell in line.cells.items()
    }


def _file(assessment: SelfAssessment, rating: SelfRating, by: User, at: datetime) -> None:
    feedback = Feedback(
        source=FeedbackSource.ONESELF,
        leaning=LEANINGS[SeenAs(rating.seen_as)],
        key=f"oneself:{rating.pk}",
        words=rating.words,
        measure=rating.measure,
        standard=rating.standard,
        given_by=by,
        # She wrote it: nothing of it is news to her.
        seen_at=at,
    )
    code = f"measure:{rating.measure}" if rating.measure else f"standard:{rating.standard_id}"
    file_feedback(assessment.agent.person, code, feedback, [], at=at)


def _lock(assessment: SelfAssessment) -> None:
    """Go by it as it is now: a form may be sent twice."""
    SelfAssessment.objects.select_for_update().get(pk=assessment.pk)
    assessment.refresh_from_db()


def _check_own(agent: Agent, by: User) -> None:
    if not is_oneself(by, agent):
        raise Refused("a self-assessment is one's own", expected="the person herself")
