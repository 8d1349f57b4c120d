"""What does the demo's invented centre expect of itself? One standard to read, and a draft to talk about."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Team, User
from floorwalker.apps.standards.aiming import Words, set_aim
from floorwalker.apps.standards.consulting import answer_remark, open_consultation, remark
from floorwalker.apps.standards.drafting import HALF_A_YEAR, TO_BEGIN, At, Said, draft_standard
from floorwalker.apps.standards.models import ServiceStandard
from floorwalker.apps.standards.publishing import Asked, publish_standard, set_check

A_MONTH, A_WEEK = timedelta(days=30), timedelta(days=7)


def agree_on_standards(manager: User, agent: User, *, transfers: float, at: datetime) -> None:
    """Write them down once: what is there already stays as it is."""
    if ServiceStandard.objects.exists():
        return
    earlier, today = at - A_MONTH, at.date()
    year = today.replace(month=1, day=1)
    period = year, year.replace(year=year.year + 2)
    wording = "Customers settle their matter at the first contact"
    aim = set_aim(Words(wording, manager, *period, "first_contact_resolution"), by=manager, at=earlier)
    said = Said(
        title="Nobody is passed on without a word",
        wording="Before a transfer the customer hears why, and to whom.",
        why="Whoever has to tell a story twice calls again.",
        behaviour="The reason and the name are said before the transfer.",
        measure="transfer_rate",
        value=transfers,
        from_day=today,
        review_on=today + HALF_A_YEAR,
        refresher_days=180,
    )
    version = draft_standard(said, place=At(), owner=manager, aim=aim, by=manager, at=earlier)
    ask = Asked(
        "What does the customer hear before a transfer?",
        ("nothing", "that it takes a moment", "why, and to whom"),
        2,
        "The wording says both: the reason, and who goes on.",
    )
    set_check(version, [ask], by=manager, at=earlier)
    open_consultation(version, until=(earlier + A_WEEK).date(), by=manager, at=earlier)
    asked = remark(version, "comment", "What if nobody answers there?", by=agent, at=earlier)
    answer = "Then you go on yourself and call back: that is no transfer."
    answer_remark(asked, answer, "taken", by=manager, at=earlier + A_WEEK)
    publish_standard(version, despite="It was agreed for this invented centre.", by=manager, at=at)
    draft = Said(
        title="A name within the first sentence",
        wording="Everybody says the own name before asking for the customer's.",
        why="People open up to people.",
        behaviour="The name is heard before the first question.",
        from_day=today + TO_BEGIN,
        review_on=today + TO_BEGIN + HALF_A_YEAR,
    )
    assert agent.agent is not None
    place = At(team=team_of(agent.agent, today) or Team.objects.first())
    talked = draft_standard(draft, place=place, owner=manager, aim=aim, by=manager, at=at)
    open_consultation(talked, until=today + 2 * A_WEEK, by=manager, at=at)
