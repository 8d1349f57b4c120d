"""How is a gap taken on? With what it was, whose it was, and who answers for what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.coaching.models import Matter
from floorwalker.apps.improvement.access import may_improve
from floorwalker.apps.improvement.finding import Sought, has_figures
from floorwalker.apps.improvement.models import Cycle
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT, LONGEST_TITLE
from floorwalker.apps.improvement.taken import Taken
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import Aim, ServiceStandard
from floorwalker.errors import Refused
from floorwalker.stats.levels import Cause


@dataclass(frozen=True)
class Opening:
    """What is said when a cycle is opened."""

    title: str
    owner: User
    cause_words: str = ""
    aim: Aim | None = None
    standard: ServiceStandard | None = None
    matter: Matter | None = None
    before: Cycle | None = None


@action
def open_cycle(sought: Sought, taken: Taken, opening: Opening, *, by: User, at: datetime) -> Cycle:
    """Take a gap on: it is kept as it is now, whatever is known later."""
    _check(sought, taken, opening, by, at)
    kept = {"gap": taken.gap.as_json(), "cause": None if taken.cause is None else taken.cause.as_json()}
    made = Cycle.objects.create(
        title=opening.title.strip(),
        **{sought.about._meta.model_name or "": sought.about},
        measure=sought.kpi.id,
        aim=opening.aim,
        standard=opening.standard,
        matter=opening.matter,
        owner=opening.owner,
        cause_words=opening.cause_words.strip(),
        before=opening.before,
        opened_by=by,
        opened_at=at,
        **kept,
    )
    about = f"{sought.about._meta.model_name}:{sought.about.pk}"
    record(by.username, "open_cycle", made, at, about=about, measure=sought.kpi.id, owner=opening.owner.username)
    return made


def refusal_of(sought: Sought, taken: Taken) -> Refused | None:
    """Why nobody may take this gap on as one person's: it is the team's, or everybody's."""
    if not isinstance(sought.about, Agent) or not taken.is_elsewhere:
        return None
    assert taken.cause is not None
    if taken.cause.primary is Cause.TEAM:
        return Refused(
            "this gap is not the person's own: it is the whole team's",
            expected="a gap that is the person's own, or of which it cannot be told yet",
            mend="open the cycle about the team",
        )
    return Refused(
        "this gap is not the person's own: it is everybody's",
        expected="a gap that is the person's own, or of which it cannot be told yet",
        mend="open the cycle about the process, with its owner",
    )


def needs_words(taken: Taken) -> bool:
    """Whether whoever takes it on must say what is behind it: the figures do not."""
    return taken.cause is None or taken.cause.primary in (Cause.NONE, Cause.NOT_ENOUGH_DATA)


def _check(sought: Sought, taken: Taken, opening: Opening, by: User, at: datetime) -> None:
    if not may_improve(by, sought.about, at.date()):
        raise Refused("you may not open a cycle about this", expected="a role that improves work there")
    if not has_figures(sought.kpi, sought.about):
        raise Refused("this measure belongs to nobody", found=sought.kpi.id, mend="open the cycle about a process")
    refused = refusal_of(sought, taken)
    if refused is not None:
        raise refused
    if not 0 < len(opening.title.strip()) <= LONGEST_TITLE:
        raise Refused("a cycle needs a title", found=opening.title[:60], expected=f"1 to {LONGEST_TITLE} characters")
    if needs_words(taken) and not opening.cause_words.strip():
        raise Refused(
            "the figures do not say whose this gap is",
            expected="in your words, what is behind it",
            mend="say what you have seen or heard, or wait for more contacts",
        )
    if len(opening.cause_words) > LONGEST_TEXT:
        raise Refused(
            "this is too long", found=f"{len(opening.cause_words)} characters", expected=f"at most {LONGEST_TEXT}"
        )
    check_owner(sought, opening.owner, at)
    _check_before(opening.before)
    known = Cycle.objects.of(sought.about).under_way().filter(measure=sought.kpi.id).first()
    if known is not None:
        raise Refused("a cycle about this is under way", found=known.title, mend="carry that one on")


def _check_before(before: Cycle | None) -> None:
    """A cycle goes on from a decision, and once."""
    if before is None:
        return
    before.refresh_from_db(from_queryset=Cycle.objects.select_for_update())
    if not before.is_decided:
        raise Refused(
            "the cycle from which this goes on is not decided yet",
            found=before.title,
            mend="hold its review and decide, or open this one on its own",
        )
    again = before.after.first()
    if again is not None:
        raise Refused("it goes on in another cycle already", found=again.title, mend="carry that one on")


def check_owner(sought: Sought, owner: User, at: datetime) -> None:
    """Who answers for a cycle can log in, and may carry it on."""
    if not owner.is_active:
        raise Refused("the owner cannot log in any more", found=owner.username, mend="name somebody who can")
    if not may_improve(owner, sought.about, at.date()):
        raise Refused(
            "the owner may not carry on a cycle about this",
            found=owner.username,
            expected="somebody whose role improves work there",
        )
