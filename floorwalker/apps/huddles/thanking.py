"""Who thanks whom for what, and who may read it? Words: no counts, no ranks and no points. The receiver decides what her team reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404

from floorwalker.apps.coaching.models import Feedback, FeedbackSource, Leaning
from floorwalker.apps.huddles.access import may_lead, may_read_team
from floorwalker.apps.huddles.agreeing import said
from floorwalker.apps.huddles.models import Thanks, ThanksFrom
from floorwalker.apps.huddles.models.thanking import LONGEST_WORDS
from floorwalker.apps.people.access import only, team_of
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, Right, Team, User
from floorwalker.errors import Refused

FROM_CUSTOMERS = (FeedbackSource.SURVEY, FeedbackSource.COMPLIMENT)


@dataclass(frozen=True)
class Receiver:
    """Who is thanked: one person, or a team."""

    agent: Agent | None = None
    team: Team | None = None

    @property
    def name(self) -> str:
        """How she, he or it is called."""
        return str(self.agent or self.team)


def may_thank(user: User, to: Receiver, on: date) -> bool:
    """Whether the two work together: in one team, or one leads the other. Nobody thanks herself."""
    if to.team is not None:
        return may_read_team(user, to.team, on)
    if to.agent is None or to.agent.pk in user.oneself():
        return False
    team = team_of(to.agent, on)
    return team is not None and may_read_team(user, team, on)


@action
def thank(to: Receiver, words: str, *, by: User, at: datetime) -> Thanks:
    """Say thank you, as a colleague or as who leads; what is said to a team is there for all of it."""
    if not may_thank(by, to, at.date()):
        raise Refused(
            "you can thank whoever you work with", found=to.name, expected="somebody of your teams, or a team"
        )
    team = to.team if to.agent is None else team_of(to.agent, at.date())
    leads = team is not None and may_lead(by, team, at.date())
    source = ThanksFrom.LEADER if leads else ThanksFrom.COLLEAGUE
    made = Thanks.objects.create(
        agent=to.agent,
        team=to.team,
        came_from=source,
        words=said(words, LONGEST_WORDS),
        by=by,
        at=at,
        shared=to.team is not None,
    )
    record(by.username, "thank", made, at, to=to.name)
    return made


@action
def pass_on(feedback: Feedback, words: str = "", *, by: User, at: datetime) -> Thanks:
    """Let what a customer said in praise stand among somebody's thanks: by whom it is about, or who leads her.

    words: as it is to stand there, without what tells the customer; as it was said where nothing was changed. It is gone when the
    customer takes it back, and her team reads it only when she lets it, and another has checked it.
    """
    feedback = Feedback.objects.select_for_update(of=("self",)).select_related("matter__agent").get(pk=feedback.pk)
    agent = feedback.matter.agent
    if not may_pass_on(by, feedback, at.date()) or agent is None:
        raise Refused(
            "this is not yours to pass on", expected="a customer's praise of yourself, or of somebody you lead"
        )
    if Thanks.objects.filter(feedback=feedback).exists():
        raise Refused("this stands among the thanks already")
    kept = said(words or praise_of(feedback)[:LONGEST_WORDS], LONGEST_WORDS)
    made = Thanks.objects.create(
        agent=agent.person, came_from=ThanksFrom.CUSTOMER, words=kept, feedback=feedback, by=by, at=at
    )
    record(by.username, "pass_on_thanks", made, at, feedback=feedback.pk)
    return made


def may_pass_on(user: User, feedback: Feedback, on: date) -> bool:
    """Whether it is a customer's praise of the user, or of somebody whom she leads, and still stands."""
    praise = feedback.source in FROM_CUSTOMERS and feedback.leaning == Leaning.STRENGTH
    agent = feedback.matter.agent
    if not praise or not praise_of(feedback) or agent is None or feedback.private or feedback.taken_back_at is not None:
        return False
    return agent.pk in user.oneself() or Agent.objects.coached_by(user, on).filter(pk=agent.pk).exists()


def praise_of(feedback: Feedback) -> str:
    """What the customer said in words: of a survey what stands there now, and nothing once it was erased."""
    if feedback.source != FeedbackSource.SURVEY:
        return (feedback.words or feedback.behaviour).strip()
    answers = [row.answer for row in feedback.evidence.all() if row.answer is not None]
    return "\n".join(one.text for one in answers if one.text and one.erased_at is None and one.replaced_at is None)


def waiting_praise(agent: Agent, keys: frozenset[int]) -> list[tuple[Feedback, str]]:
    """What customers said in praise of somebody that does not stand among her thanks yet, with their words."""
    found = Feedback.objects.filter(matter__agent__in=keys or {agent.pk}, source__in=FROM_CUSTOMERS)
    found = found.filter(leaning=Leaning.STRENGTH, private=False, taken_back_at=None, thanks=None)
    told = [(one, praise_of(one)) for one in found.select_related("matter__agent").prefetch_related("evidence__answer")]
    return [(one, words) for one, words in told if words]


@action
def check_thanks(thanks: Thanks, *, by: User, at: datetime) -> Thanks:
    """Say that no customer can be told from it: by another than whoever is thanked or passed it on."""
    thanks = Thanks.objects.select_for_update(of=("self",)).select_related("agent").get(pk=thanks.pk)
    if not may_check(by, thanks, at.date()):
        raise Refused("somebody else checks this", expected="neither who proposed it nor who did it, and may hear it")
    if thanks.redacted_by_id is None:
        thanks.redacted_by = by
        thanks.save(update_fields=["redacted_by"])
        record(by.username, "check_thanks", thanks, at)
    return thanks


def may_check(user: User, thanks: Thanks, on: date) -> bool:
    """As of what works well: another, who evaluates or coaches and may hear whoever is thanked."""
    if thanks.came_from != ThanksFrom.CUSTOMER or thanks.by_id == user.pk:
        return False
    if thanks.agent_id is None or thanks.agent_id in user.oneself():
        return False
    scope = user.scope_on(on)
    if not (scope.may(Right.COACH) or scope.may(Right.EVALUATE_OFFICIALLY)):
        return False
    return Agent.objects.heard_by(user, on).filter(pk=thanks.agent_id).exists()


def to_check(user: User, members: list[Agent], on: date) -> list[Thanks]:
    """What customers said to these people, that they let their team read, and nobody has checked."""
    waiting = Thanks.objects.standing().filter(agent__in=members, came_from=ThanksFrom.CUSTOMER, shared=True)
    found = waiting.filter(redacted_by=None).select_related("agent")
    return [one for one in found if may_check(user, one, on)]


def find_to_check(user: User, thanks_id: int, on: date) -> Thanks:
    """What the user may check; else it is not there."""
    found = only(Thanks.objects.standing().filter(pk=thanks_id, shared=True).select_related("agent").first())
    if not may_check(user, found, on):
        raise Http404
    return found


@action
def share_thanks(thanks: Thanks, shared: bool, *, by: User, at: datetime) -> Thanks:
    """Let the team read it, or no longer: by the receiver alone."""
    if thanks.agent_id is None or thanks.agent_id not in by.oneself():
        raise Refused("whoever is thanked decides who reads it")
    if thanks.shared != shared:
        thanks.shared = shared
        thanks.save(update_fields=["shared"])
        record(by.username, "share_thanks" if shared else "keep_thanks", thanks, at)
    return thanks


def own_thanks(user: User) -> list[Thanks]:
    """Everything that was said to somebody, for herself."""
    return list(Thanks.objects.standing().filter(agent__in=user.oneself()).select_related("by__agent"))


def thanks_of_team(team: Team, members: list[Agent]) -> list[Thanks]:
    """What was said to the team, and to its people where they let it be read."""
    to_people = Thanks.objects.read_by_teams().filter(agent__in=members)
    found = Thanks.objects.filter(Q(pk__in=to_people.order_by().values("pk")) | Q(team=team))
    return list(found.select_related("agent", "team", "by__agent"))


def find_own(user: User, thanks_id: int) -> Thanks:
    """One of the user's own; else it is not there."""
    return only(Thanks.objects.standing().filter(agent__in=user.oneself(), pk=thanks_id).first())


def find_praise(user: User, feedback_id: int, on: date) -> Feedback:
    """What the user may pass on; else it is not there."""
    found = only(Feedback.objects.select_related("matter__agent").filter(pk=feedback_id).first())
    if not may_pass_on(user, found, on):
        raise Http404
    return found
