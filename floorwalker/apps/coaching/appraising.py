"""On what does a performance review of one person rest? A year's evidence, gathered once and kept, with her words first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from floorwalker.apps.coaching.access import may_coach
from floorwalker.apps.coaching.models import (
    AppraisalPack,
    DevelopmentPlan,
    Feedback,
    Leaning,
    Objective,
    Participant,
    PlanItem,
    Reflection,
    SelfAssessment,
)
from floorwalker.apps.coaching.models.appraising import LONGEST_WORDS
from floorwalker.apps.coaching.reaching import facts_stamp
from floorwalker.apps.coaching.seeing import is_oneself
from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.holding import Agreed, targets_of
from floorwalker.errors import Refused
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.frozen import as_json, freeze_figure
from floorwalker.insight.known import known_days
from floorwalker.insight.scorecard import Period, read_line
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Attribution

SHAPE = 1
# Of fewer days nothing can be said that chance has not moved.
SHORTEST = timedelta(weeks=4)
# Within so long the same days, asked for by the same person, are one form, sent twice.
BETWEEN_SAME = timedelta(minutes=10)


def make_pack(agent: Agent, first: date, to_day: date, facts: Snapshot, *, by: User, at: datetime) -> AppraisalPack:
    """Gather what is known of these days (half-open); what comes later, or is corrected, changes nothing of it."""
    if not is_oneself(by, agent) and not may_coach(by, agent, at.date()):
        raise Refused("you may not gather this", expected="the person herself, or who coaches her")
    if not first < to_day <= at.date():
        raise Refused("a review looks back on days that are over", found=f"{first} to {to_day - timedelta(days=1)}")
    if to_day - first < SHORTEST:
        raise Refused("a review looks back on four weeks or more", found=f"{first} to {to_day - timedelta(days=1)}")
    read = {"shape": SHAPE, "facts": facts_stamp(facts), "figures": _figures(agent, first, to_day, facts, at)}
    return _keep(agent, first, to_day, read, by=by, at=at)


@action
def _keep(agent: Agent, first: date, to_day: date, read: dict[str, Any], *, by: User, at: datetime) -> AppraisalPack:
    """What was read before the transaction, with everything else of these days as it stands now; once, where a form is sent twice."""
    of_days = AppraisalPack.objects.filter(agent__in=agent.numbers_of_person(), from_day=first, to_day=to_day)
    same = of_days.filter(made_by=by, made_at__gt=at - BETWEEN_SAME).first()
    if same is not None:
        return same
    gathered = read | _gather(agent, first, to_day)
    made = AppraisalPack.objects.create(
        agent=agent, from_day=first, to_day=to_day, gathered=gathered, made_by=by, made_at=at
    )
    record(by.username, "make_appraisal_pack", made, at, agent=agent.pk)
    return made


@action
def write_in_pack(pack: AppraisalPack, words: str, *, by: User, at: datetime) -> AppraisalPack:
    """Say what one makes of the year: she first, her leader after her; nobody any more once she or he has signed."""
    _lock(pack)
    is_own = is_oneself(by, pack.agent)
    _check_may(pack, by, at)
    if not words.strip():
        raise Refused("say something", mend="a sentence is enough")
    if not is_own and not pack.agent_words:
        raise Refused("the person's own words come first", mend="she writes what she makes of the year")
    # Neither's name may stand under words that came after it.
    if pack.agent_signed_at is not None or pack.leader_signed_at is not None:
        raise Refused("what is signed is not changed")
    if is_own:
        pack.agent_words = words.strip()[:LONGEST_WORDS]
    else:
        pack.leader_words, pack.leader = words.strip()[:LONGEST_WORDS], by
    pack.save(update_fields=["agent_words"] if is_own else ["leader_words", "leader"])
    record(by.username, "write_in_appraisal_pack", pack, at)
    return pack


@action
def sign_pack(pack: AppraisalPack, *, by: User, at: datetime) -> AppraisalPack:
    """Say that this is what was talked about; each for her- or himself, and after both have written."""
    _lock(pack)
    _check_may(pack, by, at)
    if not (pack.agent_words and pack.leader_words):
        raise Refused("both write before anybody signs", expected="her words, then the leader's")
    is_own = is_oneself(by, pack.agent)
    if (pack.agent_signed_at if is_own else pack.leader_signed_at) is not None:
        raise Refused("you have signed this already")
    if is_own:
        pack.agent_signed_at = at
    else:
        if by != pack.leader:
            raise Refused("whoever wrote the leader's words signs them", found=str(by), expected=str(pack.leader))
        pack.leader_signed_at = at
    pack.save(update_fields=["agent_signed_at", "leader_signed_at"])
    record(by.username, "sign_appraisal_pack", pack, at)
    return pack


def _lock(pack: AppraisalPack) -> None:
    """Go by the pack as it is now, and not as a page read it: two may write at once."""
    AppraisalPack.objects.select_for_update().get(pk=pack.pk)
    pack.refresh_from_db()


def _check_may(pack: AppraisalPack, by: User, at: datetime) -> None:
    if not is_oneself(by, pack.agent) and not may_coach(by, pack.agent, at.date()):
        raise Refused("you may not write in this", expected="the person herself, or who coaches her")


def _gather(agent: Agent, first: date, to_day: date) -> dict[str, Any]:
    """Everything but figures, as it stands now. Private notes and reflections that were not shared are not in it."""
    begin, end = (datetime.combine(day, time.min, UTC) for day in (first, to_day))
    hers = agent.numbers_of_person()
    said = Feedback.objects.settled().of_person(agent).filter(private=False, given_at__gte=begin, given_at__lt=end)
    talks = Participant.objects.filter(agent__in=hers, session__held_at__gte=begin, session__held_at__lt=end)
    done = PlanItem.objects.filter(plan__agent__in=hers, done_at__gte=begin, done_at__lt=end)
    return {
        "objectives": list(_objectives(agent, first, to_day)),
        "strengths": said.filter(leaning=Leaning.STRENGTH).count(),
        "development": said.filter(leaning=Leaning.DEVELOPMENT).count(),
        "feedback": [_said(one) for one in said.order_by("-given_at")[:10]],
        "talks": talks.count(),
        "promises": {kept: talks.filter(kept=kept).count() for kept in ("yes", "partly", "no")},
        "plans": DevelopmentPlan.objects.filter(agent__in=hers, from_day__lt=to_day, to_day__gt=first).count(),
        "learned": [one.learned for one in done],
        "assessments": SelfAssessment.objects.filter(
            agent__in=hers, shared_at__isnull=False, finished_at__gte=begin, finished_at__lt=end
        ).count(),
        "reflections": Reflection.objects.filter(
            agent__in=hers, shared_at__isnull=False, written_at__gte=begin, written_at__lt=end
        ).count(),
    }


def _objectives(agent: Agent, first: date, to_day: date) -> Iterator[dict[str, Any]]:
    for one in Objective.objects.filter(agent__in=agent.numbers_of_person(), from_day__lt=to_day, due_on__gte=first):
        yield {"id": one.pk, "wording": one.wording, "state": str(one.state), "chance": one.chance_with}


def _said(one: Feedback) -> dict[str, Any]:
    words = one.behaviour or one.words
    return {
        "source": str(one.source),
        "leaning": str(one.leaning),
        "on": one.given_at.date().isoformat(),
        "said": words,
    }


def _figures(agent: Agent, first: date, to_day: date, facts: Snapshot, at: datetime) -> list[dict[str, Any]]:
    """What she is held against, over the days, each figure with its range."""
    known = known_days(facts)
    if known is None or known[1] < first:
        return []
    period = Period(first, min(known[1], date.fromordinal(to_day.toordinal() - 1)))
    held = targets_of(Agreed.read(period).honoured(agent, team_of(agent, period.last)))
    known_measures = catalogue()
    measures = sorted(
        name for name in held if name in known_measures and known_measures[name].attribution is not Attribution.NONE
    )
    if not measures:
        return []
    line = read_line(facts, measures, period, where={"agent": agent.keys_of_person()}, targets=held)
    stamp = facts_stamp(facts)
    return [
        as_json(freeze_figure(catalogue()[name], period, line.cells[name], held[name], at=at, facts=stamp))
        for name in measures
        if name in line.cells
    ]
