"""What does the demo's invented centre expect of itself? Standards that were agreed, read and changed, and a draft to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Team, User
from floorwalker.apps.standards.aiming import Words, set_aim
from floorwalker.apps.standards.concerning import concerned_by
from floorwalker.apps.standards.consulting import answer_remark, open_consultation, remark
from floorwalker.apps.standards.drafting import HALF_A_YEAR, TO_BEGIN, At, Said, amend_draft, draft_next, draft_standard
from floorwalker.apps.standards.models import Aim, ServiceStandard, StandardVersion
from floorwalker.apps.standards.publishing import Asked, acknowledge, note_change, publish_standard, set_check

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
DESPITE = "It is where we want to be: what stands in the way is worked on first."
# Of those who were asked one in so many has not read yet, and one in so many chose a wrong answer at first.
UNREAD, MISTAKEN = 7, 4


@dataclass(frozen=True)
class Talk:
    """What somebody said about a draft, and what the owner answered."""

    says: str
    answer: str
    outcome: str
    kind: str = "comment"


TRANSFERS = Asked(
    "What does the customer hear before a transfer?",
    ("nothing", "that it takes a moment", "why, and to whom"),
    2,
    "The wording says both: the reason, and who goes on.",
)
CHECKED = Asked(
    "When is it checked who is calling?",
    ("before anything of the account is said", "when something is to be changed", "when the voice sounds odd"),
    0,
    "Telling somebody's balance to somebody else cannot be taken back.",
)
FIRST_SAID = Talk(
    "What if nobody answers there?", "Then you go on yourself and call back: that is no transfer.", "taken"
)
TOO_MUCH = Talk(
    "Nine in ten within the limit: on Monday mornings nobody here has ever managed that.",
    "True, the figures say so. It is eight in ten from now on, for the whole week.",
    "taken",
    "proposal",
)
NOT_NOW = Talk(
    "Could mail be left out of it?",
    "No: mail has a limit of its own, four hours, and waits in the same queue of ours.",
    "not_taken",
)


def agree_on_standards(manager: User, analyst: User, agent: User, *, transfers: float, at: datetime) -> None:
    """Write them down once, as they came to be over the last weeks: what is there already stays as it is."""
    if ServiceStandard.objects.exists():
        return
    today = at.date()
    year = today.replace(month=1, day=1)
    period = year.replace(year=year.year - 1), year.replace(year=year.year + 2)
    wording = "Customers settle their matter at the first contact"
    aim = set_aim(Words(wording, manager, *period, "first_contact_resolution"), by=manager, at=at - 20 * A_WEEK)
    answered = _answered_in_time(manager, agent, aim, at)
    told = _told_before_transfer(manager, agent, aim, transfers, at - 4 * A_WEEK)
    checked = _known_caller(manager, analyst, agent, aim, at - 3 * A_WEEK)
    complaints = _complaints(manager, agent, aim, at - 2 * A_WEEK)
    for version in (answered, told, checked, complaints):
        _let_read(version, at)
    note_change(
        told.standard,
        "Half of the transfers went to two queues that the search in the directory could not find.",
        "Both queues are on the first page of the directory now.",
        on=today - 5 * A_DAY,
        by=manager,
        at=at,
    )
    asked = remark(told, "question", "Does it hold for chats too?", by=agent, at=at - 2 * A_DAY)
    answer_remark(asked, "Yes: write it before you pass the chat on.", "answered", by=manager, at=at - A_DAY)
    _talked_about(manager, agent, aim, at)


def _published(
    version: StandardVersion, talks: Sequence[Talk], check: Sequence[Asked], manager: User, agent: User, at: datetime
) -> StandardVersion:
    """A draft of ten days before that was talked about for a week, and published."""
    set_check(version, check, by=manager, at=at - 10 * A_DAY)
    open_consultation(version, until=(at - 3 * A_DAY).date(), by=manager, at=at - 10 * A_DAY)
    for talk in talks:
        asked = remark(version, talk.kind, talk.says, by=agent, at=at - 6 * A_DAY)
        answer_remark(asked, talk.answer, talk.outcome, by=manager, at=at - 2 * A_DAY)
    return publish_standard(version, despite=DESPITE, by=manager, at=at)


def _answered_in_time(manager: User, agent: User, aim: Aim, at: datetime) -> StandardVersion:
    """A promise to a client that was lowered, since nobody ever kept it: two versions."""
    begun, lowered = at - 15 * A_WEEK, at - 5 * A_WEEK
    said = Said(
        title="Somebody answers before people give up",
        wording="Nine in ten who call, write or chat are answered within the limit of their queue.",
        why="Whoever waits too long goes, and comes back angry.",
        measure="service_level",
        value=0.9,
        from_day=begun.date(),
        review_on=begun.date() + HALF_A_YEAR,
        client="Harbour Ferries, an invented client",
        basis="Service level agreement, section 3 (invented)",
    )
    draft = draft_standard(said, place=At(), owner=manager, aim=aim, by=manager, at=begun - 10 * A_DAY)
    first = _published(draft, [NOT_NOW], [], manager, agent, begun)
    anew = replace(
        said,
        wording="Eight in ten who call, write or chat are answered within the limit of their queue.",
        value=0.8,
        from_day=lowered.date(),
        review_on=at.date() - A_DAY,
        changed_because="Nine in ten was reached in no week; the client agreed to eight, and to a report each month.",
    )
    return _lowered(first.standard, anew, manager, agent, aim, lowered)


def _lowered(
    standard: ServiceStandard, anew: Said, manager: User, agent: User, aim: Aim, at: datetime
) -> StandardVersion:
    """The next version: somebody proposed it while it was talked about, and the draft was changed. It is due for a review."""
    following = draft_next(standard, by=manager, at=at - 10 * A_DAY)
    open_consultation(following, until=(at - 3 * A_DAY).date(), by=manager, at=at - 10 * A_DAY)
    proposed = remark(following, TOO_MUCH.kind, TOO_MUCH.says, by=agent, at=at - 6 * A_DAY)
    because = "It was proposed, and the figures of a quarter say the same."
    amend_draft(following, anew, place=At(), owner=manager, aim=aim, because=because, by=manager, at=at - 4 * A_DAY)
    answer_remark(proposed, TOO_MUCH.answer, TOO_MUCH.outcome, by=manager, at=at - 2 * A_DAY)
    return publish_standard(following, despite=DESPITE, by=manager, at=at)


def _told_before_transfer(manager: User, agent: User, aim: Aim, transfers: float, at: datetime) -> StandardVersion:
    said = Said(
        title="Nobody is passed on without a word",
        wording="Before a transfer the customer hears why, and to whom.",
        why="Whoever has to tell a story twice calls again.",
        behaviour="The reason and the name are said before the transfer.",
        measure="transfer_rate",
        value=transfers,
        from_day=at.date(),
        review_on=at.date() + HALF_A_YEAR,
        refresher_days=180,
    )
    draft = draft_standard(said, place=At(), owner=manager, aim=aim, by=manager, at=at - 10 * A_DAY)
    return _published(draft, [FIRST_SAID], [TRANSFERS], manager, agent, at)


def _known_caller(manager: User, analyst: User, agent: User, aim: Aim, at: datetime) -> StandardVersion:
    said = Said(
        title="We know whom we talk to",
        wording="Before anything of an account is said, it is checked who is calling.",
        why="What is told to the wrong person cannot be taken back.",
        behaviour="Two questions that only the customer can answer, before the first figure is named.",
        from_day=at.date(),
        review_on=at.date() + HALF_A_YEAR,
        basis="Law on the protection of personal data",
    )
    draft = draft_standard(said, place=At(), owner=analyst, aim=aim, by=manager, at=at - 10 * A_DAY)
    return _published(draft, [], [CHECKED], manager, agent, at)


def _complaints(manager: User, agent: User, aim: Aim, at: datetime) -> StandardVersion:
    """One that nothing measures yet: its page says so."""
    said = Said(
        title="A complaint has an answer within five working days",
        wording="Whoever complains hears within five working days what we found and what we do about it.",
        why="A complaint that is answered is a customer who stays.",
        behaviour="The answer names the day, what was found and what follows.",
        from_day=at.date(),
        review_on=at.date() + HALF_A_YEAR,
        basis="Complaints procedure, section 4 (invented)",
    )
    draft = draft_standard(said, place=At(), owner=manager, aim=aim, by=manager, at=at - 10 * A_DAY)
    return _published(draft, [], [], manager, agent, at)


def _let_read(version: StandardVersion, at: datetime) -> None:
    """Most have read it since, at one hour or another; some chose a wrong answer at first."""
    asking = version.askings.get()
    questions = list(version.questions.all())
    right = {question.pk: question.right for question in questions}
    wrong = {question.pk: (question.right + 1) % len(question.options) for question in questions}
    for number, user in enumerate(concerned_by(version, at.date()).users):
        if number % UNREAD == UNREAD - 1:
            continue
        then = min(asking.opened_at + timedelta(hours=2 + 5 * number), at - timedelta(hours=1))
        if questions and number % MISTAKEN == 1:
            acknowledge(asking, wrong, by=user, at=then - timedelta(minutes=2))
        acknowledge(asking, right, by=user, at=then)


def _talked_about(manager: User, agent: User, aim: Aim, at: datetime) -> None:
    draft = Said(
        title="A name within the first sentence",
        wording="Everybody says the own name before asking for the customer's.",
        why="People open up to people.",
        behaviour="The name is heard before the first question.",
        from_day=at.date() + TO_BEGIN,
        review_on=at.date() + TO_BEGIN + HALF_A_YEAR,
    )
    assert agent.agent is not None
    place = At(team=team_of(agent.agent, at.date()) or Team.objects.first())
    talked = draft_standard(draft, place=place, owner=manager, aim=aim, by=manager, at=at - 2 * A_DAY)
    open_consultation(talked, until=at.date() + 2 * A_WEEK, by=manager, at=at - 2 * A_DAY)
    remark(
        talked, "comment", "Some customers take it for a sales call when I begin with my name.", by=agent, at=at - A_DAY
    )
