"""What do the figures say, once luck and the kinds of contact are taken out: of a person, of a team, of how work is done?

A person hears only of what fair judgement finds to be her own with a probability of 0.8 or more, and named among all; what is
everybody's or a team's goes to the team, and a kind of contact that changed for all to whoever answers for its process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.coaching.evidence_shown import CHANGE, GAP
from floorwalker.apps.coaching.filing import Whose, file_feedback
from floorwalker.apps.coaching.models import Evidence, EvidenceKind, Feedback, FeedbackSource, Leaning
from floorwalker.apps.coaching.responsible import Went, process_of, processes_on
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.standards.models import Process
from floorwalker.estimate import Estimate
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cause import Causes, Share
from floorwalker.insight.comparison import Comparison, Judged
from floorwalker.insight.frozen import Frozen, as_json
from floorwalker.insight.judgement import State
from floorwalker.insight.process import Changed, Processes
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import Question, judged_measures, standing_questions
from floorwalker.insight.statements import Method, read_causes, read_comparison, read_processes
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi

ENOUGH = 0.8
SUNDAY = 6
OF_PERSON = "comparison"


@dataclass(frozen=True)
class Found:
    """One thing that the figures say: of whom, in which measure and period, how sure, and the figure as it stands.

    people: how many were judged in it, of a team: a figure of few is for who leads them alone.
    """

    whose: Whose
    kpi: Kpi
    period: Period
    probability: float | None
    figure: Estimate
    leaning: Leaning
    people: int | None = None

    @property
    def key(self) -> str:
        """By which it is brought in once: a week's judgement of one measure and subject."""
        kind = type(self.whose).__name__.lower()
        return f"figures:{self.kpi.id}:{self.period.last}:{kind}:{self.whose.pk}"


def collect_judgements(at: datetime) -> int:
    """Bring in what was judged of the weeks up to the last whole one; how many are new. Twice is as once."""
    facts = lake().snapshot()
    questions = standing_questions(facts, judged_measures(catalogue().values()), at)
    whole = [one for one in questions if one.period.last.weekday() == SUNDAY]
    found = [one for question in whole for one in _found(facts, question, at)]
    known = set(Feedback.objects.filter(key__in=[one.key for one in found]).values_list("key", flat=True))
    new = [one for one in found if one.key not in known]
    for one in new:
        _collect(one, str(facts.current.sequence), at=at)
    return len(new)


def _found(facts: Snapshot, question: Question, at: datetime) -> Iterator[Found]:
    kpi, period = question.kpi.id, question.period
    if question.method is Method.CAUSE:
        causes = read_causes(facts, kpi, period, as_of=at)
        if causes is not None:
            yield from _of_people(causes, read_comparison(facts, kpi, period, as_of=at), period)
            yield from _of_teams(causes, period)
    if question.method is Method.PROCESS:
        processes = read_processes(facts, kpi, period, as_of=at)
        if processes is not None:
            yield from _of_processes(processes, period, processes_on(at.date()))


def _of_people(causes: Causes, compared: Comparison | None, period: Period) -> Iterator[Found]:
    judged = {} if compared is None else {one.agent: one for one in compared.agents}
    own = {one.agent: one.p_personal for one in causes.agents if one.p_personal >= ENOUGH}
    agents = {bytes(one.key): one for one in Agent.objects.filter(key__in=own)}
    for key, probability in own.items():
        one, agent = judged.get(key), agents.get(key)
        if one is None or agent is None or not one.flagged or one.adjusted is None:
            continue
        figure = _of_person(causes.kpi, one, one.adjusted)
        yield Found(agent.person, causes.kpi, period, probability, figure, Leaning.DEVELOPMENT)


def _of_person(kpi: Kpi, one: Judged, adjusted: float) -> Estimate:
    return Estimate(adjusted, one.low, one.high, one.n, OF_PERSON, _definition(kpi), kpi.unit, one.raw)


def _of_teams(causes: Causes, period: Period) -> Iterator[Found]:
    """A team's own part; and everybody's, which goes to the teams that are part of no other."""
    shares = {one.key: one for one in causes.teams if one.probability >= ENOUGH and one.key is not None}
    for team in Team.objects.filter(key__in=shares):
        judged = [one.n for one in causes.agents if one.team == bytes(team.key)]
        yield _gap(team, causes.kpi, period, shares[bytes(team.key)], judged)
    site = causes.site
    if site is not None and site.probability >= ENOUGH:
        judged = [one.n for one in causes.agents]
        for team in Team.objects.filter(parent=None).exclude(key__in=shares):
            yield _gap(team, causes.kpi, period, site, judged)


def _gap(team: Team, kpi: Kpi, period: Period, share: Share, judged: Sequence[int]) -> Found:
    """judged: how many contacts of each who was judged in it."""
    figure = Estimate(share.gap, share.low, share.high, sum(judged), GAP, _definition(kpi), kpi.unit, share.gap)
    return Found(team, kpi, period, share.probability, figure, Leaning.DEVELOPMENT, len(judged))


def _of_processes(found: Processes, period: Period, known: Sequence[Process]) -> Iterator[Found]:
    for one in found.kinds:
        process = process_of(_went(one), known) if one.flagged else None
        if process is not None and one.change is not None:
            unit = "share" if found.kpi.unit == "seconds" else found.kpi.unit
            figure = Estimate(one.change, one.low, one.high, one.n, CHANGE, _definition(found.kpi), unit, one.change)
            yield Found(process, found.kpi, period, None, figure, Leaning.OPEN)


def _went(one: Changed) -> Went:
    """A kind of contact is known by its reason where there are reasons, else by its queue."""
    return Went(queue_key=one.kind) if isinstance(one.kind, bytes) else Went(reason=str(one.kind or ""))


def _definition(kpi: Kpi) -> str:
    return f"{kpi.id}@{kpi.version}"


@action
def _collect(one: Found, facts: str, *, at: datetime) -> None:
    frozen = Frozen(one.kpi.id, one.kpi.version, one.period, one.figure, None, State.NO_TARGET, at, facts)
    feedback = Feedback(
        source=FeedbackSource.SYSTEM,
        leaning=one.leaning,
        key=one.key,
        measure=one.kpi.id,
        contacts=one.figure.n,
        probability=one.probability,
    )
    agent = one.whose if isinstance(one.whose, Agent) else None
    people = {} if one.people is None else {"people": one.people}
    evidence = Evidence(kind=EvidenceKind.FIGURE, agent=agent, figure=as_json(frozen) | people)
    file_feedback(one.whose, f"measure:{one.kpi.id}", feedback, [evidence], at=at)
