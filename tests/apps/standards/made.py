"""What is there to test standards with? An aim, and a standard of the first team, published with its next version talked about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from floorwalker.apps.people.models import Team, User
from floorwalker.apps.standards.adjusting import adjust_target
from floorwalker.apps.standards.aiming import Words, set_aim
from floorwalker.apps.standards.consulting import open_consultation, remark
from floorwalker.apps.standards.drafting import At, Said, draft_next, draft_standard
from floorwalker.apps.standards.models import AdjustedTarget, Aim, Process, StandardVersion
from floorwalker.apps.standards.owning import ProcessWords, add_process
from floorwalker.apps.standards.publishing import Asked, publish_standard, set_check
from tests.apps.conftest import NOW, Floor

# As pages reckon it.
TODAY = datetime.now(UTC).date()
ONE_DAY = timedelta(days=1)
# The pages ask by the clock of the machine: what is published here was talked about before, and counts from today on.
EARLIER = NOW - timedelta(days=30)


def an_aim(by: User, **more: Any) -> Aim:
    """An aim of the centre for two years around today."""
    said = Words("Customers need to call once", by, TODAY - 365 * ONE_DAY, TODAY + 365 * ONE_DAY, "transfer_rate")
    return set_aim(said, by=by, at=EARLIER, **more)


def said(**more: Any) -> Said:
    """What a standard about transfers says."""
    given: dict[str, Any] = {
        "title": "Transfer only with a word to the customer",
        "wording": "Nobody is passed on without hearing why, and to whom.",
        "why": "Whoever tells a story twice calls again.",
        "measure": "transfer_rate",
        "value": 0.4,
        "from_day": TODAY,
        "review_on": TODAY + 182 * ONE_DAY,
    }
    return Said(**given | more)


def a_draft(floor: Floor, team: Team | None = None, **more: Any) -> StandardVersion:
    """A draft of the first team, owned by whoever manages the centre."""
    boss = floor.users["boss"]
    aim = Aim.objects.first() or an_aim(boss)
    place = At(team=team or floor.teams[0])
    return draft_standard(said(**more), place=place, owner=boss, aim=aim, by=boss, at=EARLIER)


def consulted(version: StandardVersion, boss: User) -> StandardVersion:
    """The same after everybody was asked for a day, a month ago."""
    open_consultation(version, until=EARLIER.date() + ONE_DAY, by=boss, at=EARLIER)
    return version


def process_of(floor: Floor) -> Process:
    """A process of the whole centre for which its owner answers."""
    said = ProcessWords("Delivery dates", floor.users["process_owner"], "What customers are told, and when.")
    return add_process(said, from_day=EARLIER.date(), by=floor.users["boss"], at=EARLIER)


def published_standard(floor: Floor, *, check: bool = False, **more: Any) -> StandardVersion:
    """Published today for the first team; its next version is being talked about, with one remark."""
    boss, at = floor.users["boss"], datetime.combine(TODAY, NOW.timetz())
    version = consulted(a_draft(floor, **more), boss)
    if check:
        ask = Asked(
            "What is said before a transfer?", ("nothing", "to whom, and why"), 1, "It is in the first sentence."
        )
        set_check(version, [ask], by=boss, at=EARLIER)
    publish_standard(version, despite="It is what we owe.", by=boss, at=at)
    following = draft_next(version.standard, by=boss, at=at)
    open_consultation(following, until=TODAY + 14 * ONE_DAY, by=boss, at=at)
    remark(following, "comment", "Say it in fewer words.", by=floor.users["agent"], at=at)
    return version


REASON = "Recovering hearing, agreed with occupational health"


def adjusted_target(floor: Floor, measure: str = "transfer_rate", value: float = 0.9, **more: Any) -> AdjustedTarget:
    """A target that was agreed with the first agent alone."""
    given: dict[str, Any] = {
        "from_day": date(2023, 1, 1),
        "review_on": date(2030, 1, 1),
        "reason": REASON,
        "by": floor.users["boss"],
        "at": NOW,
    }
    return adjust_target(floor.agents[0], measure, value, **given | more)
