"""Which gaps does a manager's page show, measure by measure, and where does a gap lie?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.aiming import agreed_for
from floorwalker.apps.dashboards.asking import asked
from floorwalker.apps.dashboards.fairness import gaps_of, prepare_gaps
from floorwalker.apps.dashboards.filters import agents_by_band, band_names
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Agent, Queue, Right, Scope, Team
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.charts.small import interval_bar
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cut import GROUPS, Cut, Part, cut_gap
from floorwalker.insight.gaps import Gap, Gaps, Sureness, Whose
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import gap_words, words
from floorwalker.ui.judging_words import capped, held_against

# So many of one measure stand on the page of all measures.
FIRST = 5


@dataclass(frozen=True)
class ShownGap:
    """One gap as the template prints it; address: where it is looked into, nothing where the reader may not go.

    subject_id: of the team or the agent.
    """

    gap: Gap
    name: str
    address: str
    bar: str
    kpi: Kpi
    subject_id: int | None = None

    @property
    def is_real(self) -> bool:
        """Whether it surely stands out."""
        return self.gap.sureness is Sureness.REAL

    @property
    def taken_on(self) -> str:
        """Whose it is, as the address has it at which it is taken on; nothing of those in no team."""
        if self.gap.whose is Whose.SYSTEM:
            return f"measure={self.kpi.id}"
        if self.subject_id is None:
            return ""
        whose = "team" if self.gap.whose is Whose.TEAM else "agent"
        return f"measure={self.kpi.id}&{whose}={self.subject_id}"

    @property
    def said(self) -> Mapping[str, str]:
        """How sure, whose, how large, what it comes to."""
        gap, kpi = self.gap, self.kpi
        return {
            "sure": gap_words.sure(gap),
            "whose": gap_words.whose(gap),
            "size": gap_words.size(gap, kpi),
            "cost": gap_words.cost(gap, kpi),
        }


@dataclass(frozen=True)
class OfMeasure:
    """The gaps of one measure."""

    kpi: Kpi
    gaps: Gaps
    shown: tuple[ShownGap, ...]

    @property
    def real(self) -> tuple[ShownGap, ...]:
        """Those that stand out."""
        return tuple(one for one in self.shown if one.is_real)

    @property
    def maybe(self) -> tuple[ShownGap, ...]:
        """Those that may be there."""
        return tuple(one for one in self.shown if not one.is_real)

    @property
    def said(self) -> Mapping[str, str]:
        """What stands out, what is known of the others, and what the gaps are measured from."""
        return {
            "found": gap_words.found(self.gaps),
            "rest": gap_words.rest(self.gaps),
            "against": held_against(self.gaps.causes),
            "capped": capped(self.gaps.causes.capped),
        }


@dataclass(frozen=True)
class Names:
    """What the reader may call by name, and open: teams and agents by key."""

    teams: Mapping[bytes, Team]
    agents: Mapping[bytes, Agent]
    scope: Scope

    @classmethod
    def read(cls, request: HttpRequest, found: Iterable[Gaps]) -> Names:
        """The teams and the agents of these gaps; an agent whom the reader may not see has no name here."""
        gaps = [gap for one in found for gap in one.gaps]
        keys = {whose: {gap.key for gap in gaps if gap.whose is whose and gap.key} for whose in Whose}
        teams = Team.objects.filter(key__in=keys[Whose.TEAM])
        agents = Agent.objects.visible_to(user_of(request), today()).filter(key__in=keys[Whose.PERSON])
        return cls(
            {bytes(team.key): team for team in teams},
            {bytes(agent.key): agent for agent in agents},
            user_of(request).scope_on(today()),
        )

    def id_of(self, gap: Gap) -> int | None:
        """The number of the team or the agent; None of everybody, and of those in no team."""
        known: Mapping[bytes, Team | Agent] = self.teams if gap.whose is Whose.TEAM else self.agents
        subject = known.get(gap.key) if gap.key and gap.whose is not Whose.SYSTEM else None
        return None if subject is None else subject.pk

    def of(self, gap: Gap, question: Question, kpi: Kpi) -> tuple[str, str] | None:
        """What to call a gap and where to look into it; None where the reader may not know."""
        if gap.whose is Whose.SYSTEM:
            return _("Everybody"), f"{reverse('measure_page', args=[kpi.id])}?{question.address}"
        if gap.whose is Whose.TEAM:
            team = self.teams.get(gap.key) if gap.key else None
            if team is None:
                return _("Those in no team"), ""
            may = self.scope.everything or team in self.scope.teams
            return team.name, f"{reverse('team_board', args=[team.pk])}?{question.address}" if may else ""
        agent = self.agents.get(gap.key) if gap.key else None
        if agent is None:
            return None
        return agent.name, f"{reverse('agent_page', args=[agent.pk])}?{question.address}"


def read_gaps(
    request: HttpRequest, facts: Snapshot, kpis: Sequence[Kpi], *, first: int | None = None, soon: bool = False
) -> dict[str, Any]:
    """The gaps of some measures in the period that was asked for; first: only so many of each measure.

    soon: where people are not judged yet in that period and it would take long, that this is being done.
    """
    scope = require(user_of(request), Right.SEE_FIGURES_OF_CENTRE, today())
    question = asked(request, facts, on_teams=scope.everything)
    agreed = agreed_for(question)
    where = of_sites(question.where, scope)
    if soon and not prepare_gaps(facts, question, where, agreed, scope.sites, kpis):
        return {"question": question, "measures": [], "is_being_judged": True}
    found = [(kpi, gaps_of(facts, kpi, question, where, agreed, scope.sites)) for kpi in kpis]
    names = Names.read(request, (gaps for _kpi, gaps in found if gaps))
    measures = [OfMeasure(kpi, gaps, _shown(kpi, gaps, question, names, first)) for kpi, gaps in found if gaps]
    real = sum(len(one.gaps.real) for one in measures)
    return {
        "question": question,
        "measures": measures,
        "overall": gap_words.overall(
            real, [one.kpi for one in measures if one.gaps.real], told=any(one.gaps.near for one in measures)
        ),
    }


def _shown(kpi: Kpi, gaps: Gaps, question: Question, names: Names, first: int | None) -> tuple[ShownGap, ...]:
    span = _span(gaps.gaps)
    every = list(_named(kpi, gaps, question, names, span))
    return tuple(every if first is None else [one for one in every if one.is_real][:first])


def _named(kpi: Kpi, gaps: Gaps, question: Question, names: Names, span: tuple[float, float]) -> Iterator[ShownGap]:
    for gap in gaps.gaps:
        called = names.of(gap, question, kpi)
        if called is not None:
            bar = interval_bar(gap.share.low, gap.share.gap, gap.share.high, span=span, target=(0.0,))
            yield ShownGap(gap, called[0], called[1], bar, kpi, names.id_of(gap))


def _span(gaps: Iterable[Gap]) -> tuple[float, float]:
    bounds = [bound for gap in gaps for bound in (gap.share.low, gap.share.high)]
    return min([0.0, *bounds]), max([0.0, *bounds])


@dataclass(frozen=True)
class ShownCut:
    """Where a gap lies, by one dimension: the parts, what each adds, and where to look at it alone."""

    title: str
    parts: tuple[tuple[str, str, Part, str], ...]


def read_cuts(facts: Snapshot, kpi: Kpi, found: Mapping[str, Any], scope: Scope) -> list[ShownCut]:
    """The gap of a measure's page cut by queue, reason, week and, where people may be told apart, time in the job."""
    if not found["measures"]:
        return []
    question: Question = found["question"]
    causes = found["measures"][0].gaps.causes
    where = of_sites(question.where, scope)
    by = [name for name in ("queue", "reason", "week") if name not in where]
    groups = agents_by_band(question.period.last) if scope.everything and not question.filters.tenure else {}
    cuts = cut_gap(facts, kpi, question.period, where, causes.standard, by, groups)
    return [_shown_cut(cut, kpi, question) for cut in cuts]


def _shown_cut(cut: Cut, kpi: Kpi, question: Question) -> ShownCut:
    titles = {
        "queue": _("By queue"),
        "reason": _("By reason"),
        "week": _("By week"),
        GROUPS: _("By time in the job"),
    }
    queues = {bytes(queue.key): queue for queue in Queue.objects.all()} if cut.by == "queue" else {}
    parts = []
    for part in cut.parts:
        name, narrower = _named_part(cut.by, part, queues)
        address = f"?{urlencode(_without_days(question, cut.by) | narrower)}" if narrower else ""
        parts.append((name, gap_words.added(part, kpi), part, address))
    return ShownCut(titles[cut.by], tuple(parts))


def _named_part(by: str, part: Part, queues: Mapping[bytes, Queue]) -> tuple[str, dict[str, str]]:
    """What a part is called, and what in an address narrows a page to it."""
    value = part.value
    if by == "week" and isinstance(value, date):
        last = value + timedelta(days=6)
        return words.day(value), {"from": value.isoformat(), "to": last.isoformat()}
    if by == "queue":
        queue = queues.get(value) if isinstance(value, bytes) else None
        return (_("No queue"), {}) if queue is None else (queue.name, {"queue": str(queue.pk)})
    if by == GROUPS:
        return band_names()[str(value)], {"tenure": str(value)}
    return (_("No reason"), {}) if value is None else (str(value), {"reason": str(value)})


def _without_days(question: Question, by: str) -> dict[str, str]:
    return {
        name: value for name, value in question.kept.items() if by != "week" or name not in ("period", "from", "to")
    }
