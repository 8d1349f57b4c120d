"""What does a reader do first, with the hours she has, and why not the rest? From what was kept of her own people and teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.learning import learn_from_past
from floorwalker.apps.coaching.models import Objective
from floorwalker.apps.dashboards.aiming import agreed_for
from floorwalker.apps.dashboards.fairness import compare_all, gaps_of, judged_measures, prepare_gaps
from floorwalker.apps.dashboards.lots import OfferedLot, offered_lots
from floorwalker.apps.dashboards.question import Question, read_question
from floorwalker.apps.dashboards.reach import Reach
from floorwalker.apps.people.models import Right, User
from floorwalker.apps.standards.holding import Agreed
from floorwalker.charts.small import interval_bar
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cause import Share
from floorwalker.insight.comparison import Comparison
from floorwalker.insight.gaps import Gap, Gaps, Sureness, Whose
from floorwalker.insight.known import known_days
from floorwalker.insight.learning import OF_KIND, Learning, Tried
from floorwalker.insight.priority import FloorPriorities, Rules, said_priorities
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.gains import Candidate, Kind, WhyNot
from floorwalker.stats.priority import Chosen
from floorwalker.ui import gap_words, learning_words, objective_words
from floorwalker.ui.judging_words import percent

USUAL_HOURS, LEAST_HOURS, MOST_HOURS = 4.0, 0.5, 200.0
# So many actions are proposed at once; what else fits into the hours is told below.
MOST = 5
# Of so many that were not taken the names are told, by reason.
MOST_NAMED = 10
# Of whom there may be nothing at all, nobody is named.
UNNAMED = (WhyNot.NOT_SURE, WhyNot.NO_GAIN)


def read_hours_asked(asked: QueryDict) -> tuple[float, bool]:
    """The hours at hand in a week, and whether the address asked for some that nobody can have."""
    text = asked.get("hours", "")
    try:
        hours = float(text) if text else USUAL_HOURS
    except ValueError:
        return USUAL_HOURS, True
    return (hours, False) if LEAST_HOURS <= hours <= MOST_HOURS else (USUAL_HOURS, True)


@dataclass(frozen=True)
class ShownAction:
    """One action as the page, its files and programs tell it; bar: its gain with range, on the scale of the whole list.

    rests: from which past it is known what such an action closes; nothing where one only looks.
    """

    one: Chosen
    kpi: Kpi
    share: Share
    reach: Reach
    span: tuple[float, float]
    rests: str = ""

    @property
    def bar(self) -> str:
        """The gain as drawn."""
        low, high = self.one.range
        return interval_bar(low, self.one.gain, high, span=self.span, target=(0.0,))

    @cached_property
    def said(self) -> Mapping[str, str]:
        """What is done, with whom, what it gains in the measure's words and in hours, why, and how sure that is."""
        return {
            "action": objective_words.action(self.one.kind),
            "name": self.reach.name_of(self.one.candidate),
            "gain": objective_words.gains_of_measure(self.one, self.kpi),
            "worth": objective_words.gains(self.one) if self.kpi.unit != "seconds" else "",
            "hours": f"{self.one.hours:g}",
            "why": why(self.one.candidate, self.share, self.kpi),
        }

    @property
    def step(self) -> tuple[str, str]:
        """The words and the address of the next step."""
        return self.reach.step_of(self.one.candidate, self.one.kind)


@dataclass(frozen=True)
class ShownOther:
    """What is not done now for one reason: how many that are, and the names of a few."""

    why: WhyNot
    count: int
    named: tuple[tuple[str, str, Kpi], ...]

    @property
    def said(self) -> str:
        """The reason."""
        return objective_words.why_not(self.why)

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)


@dataclass(frozen=True)
class Told:
    """The judgements on which a list rests, by measure."""

    answers: Mapping[str, tuple[Gaps, Comparison]]

    def kpi(self, one: Candidate) -> Kpi:
        """The measure of a candidate."""
        return self.answers[str(one.about)][1].kpi

    def share(self, one: Candidate) -> Share:
        """The gap that a candidate is about, as it was told."""
        return self._shares[str(one.about), one.kind, one.of]

    @cached_property
    def _shares(self) -> Mapping[tuple[str, Kind, Any], Share]:
        found: dict[tuple[str, Kind, Any], Share] = {}
        for name, (gaps, _compared) in self.answers.items():
            causes = gaps.causes
            if causes.site is not None:
                found[name, Kind.PROCESS, (str(Whose.SYSTEM), None)] = causes.site
            found |= {(name, Kind.TEAM, (str(Whose.TEAM), one.key)): one for one in causes.teams}
            found |= {(name, Kind.COACH, one.agent): one.own for one in causes.agents}
        return found


def why(one: Candidate, share: Share, kpi: Kpi) -> str:
    """How large the gap is, and how sure it is that it matters."""
    whose = {Kind.TEAM: Whose.TEAM, Kind.PROCESS: Whose.SYSTEM}.get(one.kind, Whose.PERSON)
    gap = Gap(whose, share.key, share, 0, Sureness.REAL if one.barred is None else Sureness.MAYBE)
    told = {"size": gap_words.size(gap, kpi), "sure": percent(share.probability), "whose": gap_words.whose(gap)}
    return _("%(size)s; %(sure)s sure that it matters; %(whose)s") % told


@dataclass(frozen=True)
class Listed:
    """What the page shows: at most five actions, what else fits, tickets for owners of processes, and the rest by reason.

    helped: by what was done, what past actions closed of their gaps, or that it is assumed; lots: where chance should say who
    begins.
    """

    first: tuple[ShownAction, ...]
    also: tuple[ShownAction, ...]
    tickets: tuple[ShownAction, ...]
    others: tuple[ShownOther, ...]
    helped: tuple[str, ...]
    lots: tuple[OfferedLot, ...]
    found: FloorPriorities
    told: Told
    reach: Reach


def read_priorities_of(
    facts: Snapshot, user: User, on: date, hours: float, *, wait: bool = False
) -> tuple[Question, Listed | None]:
    """The list of the last four complete weeks; None where people are judged first, which on a large floor takes a while."""
    known = known_days(facts)
    if known is None:
        raise Http404
    question = read_question(QueryDict(), known)
    agreed = agreed_for(question, user)
    # Whoever is not named among colleagues who all are would be told apart by it: such a measure is left out whole.
    kpis = [kpi for kpi in judged_measures() if kpi.id not in agreed.withheld]
    if not prepare_gaps(facts, question, {}, agreed, (), kpis) and not wait:
        return question, None
    told = Told(_answers(facts, question, agreed, kpis))
    reach = Reach.read(user, on)
    open_goals = Objective.objects.open().keys_of_people()
    learning = learn_from_past(on)
    rules = Rules(open_goals=open_goals, learnt=learning.for_priorities(told.answers))
    found = said_priorities(told.answers.values(), question.period, hours, reach.concerns, rules)
    return question, _listed(found, told, reach, learning)


def _answers(
    facts: Snapshot, question: Question, agreed: Agreed, kpis: Sequence[Kpi]
) -> dict[str, tuple[Gaps, Comparison]]:
    found = {}
    for kpi in kpis:
        gaps, compared = gaps_of(facts, kpi, question, {}, agreed, ()), compare_all(facts, question, agreed, kpi.id, {})
        if gaps is not None and compared is not None:
            found[kpi.id] = gaps, compared
    return found


def _listed(found: FloorPriorities, told: Told, reach: Reach, learning: Learning) -> Listed:
    some = found.found
    span = (0.0, max((one.range[1] for one in (*some.chosen, *some.tickets)), default=1.0))

    def shown(chosen: Iterable[Chosen]) -> tuple[ShownAction, ...]:
        return tuple(
            ShownAction(one, told.kpi(one.candidate), told.share(one.candidate), reach, span, _rests(one, learning))
            for one in chosen
        )

    others = tuple(other for reason in WhyNot if (other := _other(reason, found, told, reach)).count)
    first, also, tickets = shown(some.chosen[:MOST]), shown(some.chosen[MOST:]), shown(some.tickets)
    helped = tuple(learning_words.closes(one, learning.of(one)) for one in Tried)
    lots = offered_lots((gaps.causes for gaps, _compared in told.answers.values()), reach.agents)
    return Listed(first, also, tickets, others, helped, lots, found, told, reach)


def _rests(one: Chosen, learning: Learning) -> str:
    """Looking closes nothing by itself."""
    if one.kind is Kind.EVIDENCE:
        return ""
    tried = OF_KIND[one.kind]
    return learning_words.closes(tried, learning.of(tried, str(one.candidate.about)))


def _other(reason: WhyNot, found: FloorPriorities, told: Told, reach: Reach) -> ShownOther:
    of_it = [one.candidate for one in found.found.others if one.why is reason]
    named = sorted(() if reason in UNNAMED else of_it, key=lambda one: (reach.name_of(one).casefold(), str(one.about)))
    told_of = ((reach.name_of(one), _address(one, reach), told.kpi(one)) for one in named[:MOST_NAMED])
    return ShownOther(reason, len(of_it), tuple(told_of))


def _address(one: Candidate, reach: Reach) -> str:
    if one.kind is Kind.PROCESS:
        return reverse("measure_gaps", args=[one.about]) if reach.scope.may(Right.SEE_FIGURES_OF_CENTRE) else ""
    return reverse("team_board" if one.kind is Kind.TEAM else "agent_page", args=[reach.id_of(one)])
