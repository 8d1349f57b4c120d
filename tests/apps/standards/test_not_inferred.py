"""Can a reader without the right tell, from all that she is shown, who has a target of her own? Two worlds that must look the same.

In the one somebody of a team has a target of her own, in the other a colleague. What is shown to somebody who is to know of
neither is compared, page by page and figure by figure: whatever differs tells whose it is, by what is there or by what is not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.models import AdjustedTarget
from tests.apps.api.asking import Program
from tests.apps.conftest import LONG_AGO, NOW, Floor
from tests.apps.standards.made import REASON

WEEK = "?from=2023-11-20&to=2023-12-03"
# What is another each time that a page is asked for: tokens, the instant, and how long it took.
EACH_TIME = re.compile(
    r'csrf-token="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|X-CSRFToken[^}]*|\d\d:\d\d(:\d\d)?'
)
READERS = ("leader", "agent", "branch_leader", "team_analyst", "analyst", "admin", "process_owner", "other_leader")
STRICT = 0.05


def pages(floor: Floor, people: tuple[Agent, Agent]) -> Iterator[str]:
    team = floor.teams[0].pk
    yield from ("/", f"/teams/{WEEK}", f"/teams/{team}/{WEEK}", f"/teams/{team}/hours/{WEEK}", f"/changes/{WEEK}")
    yield from (f"/teams/{team}/figures.{kind}{WEEK}" for kind in ("csv", "xlsx"))
    yield from (f"/{place}/{WEEK}" for place in ("centre", "gaps", "gaps/transfer_rate", "processes", "targets"))
    yield from (f"/measures/transfer_rate/{rest}{WEEK}" for rest in ("", "funnel/", "figures.csv"))
    yield f"/teams/{team}/trend/transfer_rate/{WEEK}"
    yield from ("/notices/", "/search/?q=target", "/standards/", "/views/")
    for one in people:
        yield from (f"/agents/{one.pk}/{rest}{WEEK}" for rest in ("", "trend/transfer_rate/", "hours/", "figures.csv"))
        yield f"/people/{one.pk}/"


def operations(floor: Floor, people: tuple[Agent, Agent]) -> Iterator[str]:
    yield from (f"/teams/{floor.teams[0].pk}/board{WEEK}", f"/changes{WEEK}", "/targets", f"/centre/board{WEEK}")
    yield f"/figures{WEEK}&measure=transfer_rate&by=agent"
    yield from (f"/agents/{one.pk}/{what}" for one in people for what in (f"figures{WEEK}", "statements"))


def told(content: bytes) -> str:
    """What a page, a part or a file says, without what is another each time."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in sorted(book.namelist()) if not name.startswith("docProps"))
    return EACH_TIME.sub("", content.decode("utf-8", "replace"))


def seen(floor: Floor, who: str, people: tuple[Agent, Agent]) -> dict[str, str]:
    """By address, all that a reader is shown or handed, on pages and through the API."""
    client, program = floor.client(who), Program(floor.users[who])
    found = {}
    for address in pages(floor, people):
        answer = client.get(address)
        found[address] = f"{answer.status_code} {told(answer.getvalue())}"
    for address in operations(floor, people):
        answer = program.get(address)
        found[f"api {address}"] = f"{answer.status_code} {told(answer.content)}"
    return found


def world(floor: Floor, person: Agent) -> None:
    """That person alone has a target of her own, by which nothing is missed."""
    AdjustedTarget.objects.all().delete()
    given = {"measure": "transfer_rate", "value": 0.95, "from_day": LONG_AGO, "review_on": NOW.date()}
    AdjustedTarget.objects.create(agent=person, reason=REASON, set_by=floor.users["boss"], set_at=NOW, **given)


def differing(floor: Floor, who: str) -> list[str]:
    people = floor.agents[2], floor.agents[6]
    found = []
    for person in people:
        world(floor, person)
        found.append(seen(floor, who, people))
    return [address for address, was in found[0].items() if found[1][address] != was]


@pytest.fixture
def strict(floor: Floor) -> Floor:
    """Everybody misses what the centre has agreed on, by far."""
    set_target("transfer_rate", STRICT, from_day=LONG_AGO, by=floor.users["boss"], at=NOW)
    return floor


def test_a_leader_cannot_tell_whose_target_is_her_own(strict: Floor) -> None:
    assert differing(strict, "leader") == []


@pytest.mark.slow
@pytest.mark.parametrize("who", READERS[1:])
def test_nobody_without_the_right_can_tell_whose_it_is(strict: Floor, who: str) -> None:
    assert differing(strict, who) == []


def test_whoever_agrees_to_it_is_told_whose_it_is(strict: Floor) -> None:
    """What the worlds differ in is seen by this test: else the two above could not fail."""
    found = differing(strict, "boss")
    team, person = strict.teams[0].pk, strict.agents[2].pk
    assert {f"/teams/{team}/{WEEK}", f"/agents/{person}/{WEEK}", f"/teams/{team}/figures.csv{WEEK}"} <= set(found)
