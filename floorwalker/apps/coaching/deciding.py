"""What does the receiver make of a matter, and where does it go when it is not hers? Decisions are added, none is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from floorwalker.apps.coaching.access import may_decide
from floorwalker.apps.coaching.filing import matter_of
from floorwalker.apps.coaching.models import Answered, Decision, Feedback, Matter, MatterDecision
from floorwalker.apps.coaching.models.feedback import LONGEST_PART
from floorwalker.apps.coaching.timing import check_day
from floorwalker.apps.coaching.unchanged import check_unchanged, mark_of
from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Team, User
from floorwalker.apps.standards.models import Process
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Decided:
    """What becomes of a matter, and why; watch_until: of what is watched; to: of what is the team's or a process's.

    seen: the mark of the matter as it was read (`mark_of_matter`); nothing where a program decides.
    """

    decision: Decision
    because: str
    watch_until: date | None = None
    to: Team | Process | None = None
    seen: str = ""


@action
def decide_matter(matter: Matter, decided: Decided, *, by: User, at: datetime) -> MatterDecision:
    """Say what becomes of it. What is not one's own lies with the team or the process from then on, and both ends say so."""
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    _check(matter, decided, by, at)
    _check_as_read(matter, decided)
    passed_to = _pass_on(matter, decided.to, at) if decided.decision == Decision.NOT_MINE else None
    made = MatterDecision.objects.create(
        matter=matter,
        decision=decided.decision,
        because=decided.because.strip(),
        watch_until=decided.watch_until,
        passed_to=passed_to,
        by=by,
        at=at,
    )
    matter.decision, matter.decided_at = decided.decision, at
    matter.watch_until, matter.passed_to = decided.watch_until, passed_to
    matter.save(update_fields=["decision", "decided_at", "watch_until", "passed_to"])
    to = None if passed_to is None else passed_to.pk
    record(by.username, "decide_matter", matter, at, decision=str(decided.decision), passed_to=to)
    return made


@action
def answer_feedback(feedback: Feedback, words: str, *, by: User, at: datetime) -> Answered:
    """What the receiver says to one piece of feedback; whoever gave it reads it."""
    feedback = Feedback.objects.select_for_update(of=("self",)).select_related("matter").get(pk=feedback.pk)
    if feedback.taken_back_at is not None:
        raise Refused("this was taken back already")
    if not may_decide(by, feedback.matter, at.date()):
        raise Refused("only whoever receives feedback answers it")
    if not words.strip() or len(words) > LONGEST_PART:
        raise Refused(
            "an answer has words", found=f"{len(words)} characters", expected=f"1 to {LONGEST_PART} characters"
        )
    made = Answered.objects.create(feedback=feedback, words=words.strip(), by=by, at=at)
    record(by.username, "answer_feedback", feedback, at)
    return made


def note_seen(matters: Sequence[Matter], *, by: User, at: datetime) -> int:
    """The receiver has the page with these matters before her: what was new there is not from the next time on."""
    one_of_each = {(one.agent_id, one.team_id, one.process_id): one for one in matters}
    hers = {whose for whose, one in one_of_each.items() if may_decide(by, one, at.date())}
    mine = [one.pk for one in matters if (one.agent_id, one.team_id, one.process_id) in hers]
    return Feedback.objects.unseen().filter(matter__in=mine, private=False).update(seen_at=at) if mine else 0


def _pass_on(matter: Matter, to: Team | Process | None, at: datetime) -> Matter:
    """The same matter there, new again where it was there already."""
    assert to is not None, "checked"
    there = matter_of(to, matter.code, at=at)
    there.newest_at = max(there.newest_at, at)
    there.save(update_fields=["newest_at"])
    return there


def places_for(matter: Matter, on: date) -> tuple[list[Team], list[Process]]:
    """Where a matter that is not its receiver's can go: her team, and the processes of that day; nowhere it has come from."""
    own = None if matter.agent is None else team_of(matter.agent, on)
    teams = [own] if own is not None else []
    if matter.process is not None:
        site = matter.process.site_id
        teams = list(Team.objects.filter(site=site) if site is not None else Team.objects.all())
    came_from = {one.team_id for one in _before(matter)} | {matter.team_id}
    processes = Process.objects.on(on).exclude(
        pk__in=[one.process_id for one in (*_before(matter), matter) if one.process_id]
    )
    return [team for team in teams if team.pk not in came_from], list(processes)


def mark_of_matter(matter: Matter) -> str:
    """What tells whether a matter still lies as its reader had it before her: nothing decided and nothing said since."""
    return mark_of(*_state_of(matter))


def _state_of(matter: Matter) -> list[object]:
    """By what is kept of it: its last decision, and what is said that she may read. A note of a leader's own moves nothing."""
    said = matter.feedback.filter(private=False, taken_back_at=None).order_by("pk").values_list("pk", flat=True)
    last = matter.decisions.order_by("-at", "-pk").values_list("pk", flat=True).first()
    return [last, *said]


def _check_as_read(matter: Matter, decided: Decided) -> None:
    """Whoever decides has read what was said and decided until now."""
    last = matter.decisions.select_related("by__agent").order_by("-at", "-pk").first()
    found = "" if last is None else f"{last.get_decision_display()} ({last.by.called}, {last.at:%Y-%m-%d %H:%M})"
    check_unchanged(decided.seen, *_state_of(matter), found=found)


def _before(matter: Matter) -> list[Matter]:
    """Every matter that was ever passed on to this one, by whatever way."""
    found: dict[int, Matter] = {}
    level = [matter]
    while level:
        came = Matter.objects.filter(decisions__passed_to__in=level).distinct()
        level = [one for one in came if one.pk not in found]
        found |= {one.pk: one for one in level}
    return list(found.values())


def _check(matter: Matter, decided: Decided, by: User, at: datetime) -> None:
    if not may_decide(by, matter, at.date()):
        raise Refused("only whoever receives a matter decides about it")
    because = decided.because.strip()
    if not because or len(because) > LONGEST_PART:
        raise Refused(
            "a decision has a reason", found=f"{len(because)} characters", expected=f"1 to {LONGEST_PART} characters"
        )
    watches, passes = decided.decision == Decision.WATCH, decided.decision == Decision.NOT_MINE
    if watches and (decided.watch_until is None or decided.watch_until <= at.date()):
        raise Refused("what is watched is watched until a day", expected="a day after today")
    if decided.watch_until is not None:
        check_day(decided.watch_until, at)
    if not watches and decided.watch_until is not None:
        raise Refused("only what is watched has a day")
    if passes and decided.to is None:
        raise Refused("what is not yours is somebody's", mend="choose the team or the process")
    if passes:
        teams, processes = places_for(matter, at.date())
        if decided.to not in (*teams, *processes):
            raise Refused("this matter cannot go there", found=str(decided.to), mend="choose one of the list")
