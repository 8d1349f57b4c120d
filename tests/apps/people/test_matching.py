"""Whom do names found in data propose, for which reason, and whom never?"""

from __future__ import annotations

from datetime import date

import pytest

from floorwalker.apps.people import actions
from floorwalker.apps.people.matching import Reason, proposals, words_of
from floorwalker.apps.people.models import Agent, Identity, Standing
from tests.apps.conftest import NOW, Floor

pytestmark = pytest.mark.django_db


def agent(name: str, source: str = "", *, seen_as: str = "", standing: Standing = Standing.SEEN, **more: str) -> Agent:
    made = Agent.objects.create(name=name, key=(name + source).encode()[:16].ljust(16), standing=standing, **more)
    if source:
        Identity.objects.create(
            key=made.key,
            kind="agent",
            source=source,
            origin="o",
            name=seen_as or name,
            first_day=date(2026, 1, 1),
            last_day=date(2026, 2, 1),
            agent=made,
        )
    return made


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Becky Smith", ("becky", "smith")),
        ("Smith, Becky", ("becky", "smith")),
        ("PJSIP/becky.smith", ("becky", "smith")),
        ("SIP/2001", ()),
        ("b.smith@example.org", ("b", "smith")),
        ("Zoë Ångström", ("angstrom", "zoe")),
        ("Becky Smith (2001)", ("becky", "smith")),
    ],
)
def test_words_of_names(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("found", "known", "reason"),
    [
        ("Smith, Becky", "Becky Smith", Reason.SAME_NAME),
        ("PJSIP/2001", "Becky Smith (2001)", Reason.NUMBER),
        ("b.smith", "Becky Smith", Reason.INITIALS),
        ("bsmith", "Becky Smith", Reason.INITIALS),
        ("Becky Smyth", "Becky Smith", Reason.SPELLING),
    ],
)
def test_a_proposal_has_its_reason(found: str, known: str, reason: Reason) -> None:
    one, other = agent(found, "queue_log"), agent(known, "surveys", standing=Standing.KNOWN)
    agent("Marlon Quill", "surveys")
    (proposal,) = proposals([one])
    assert (proposal.other, proposal.reason) == (other, reason)


@pytest.mark.parametrize(
    ("found", "known"), [("Becky Jones", "Becky Smith"), ("A Smith", "Becky Smith"), ("Li", "Lu"), ("2001", "2002")]
)
def test_what_differs_is_not_proposed(found: str, known: str) -> None:
    one = agent(found, "queue_log")
    agent(known, "surveys")
    assert proposals([one])[0].other is None


def test_two_names_of_one_source_are_two_people() -> None:
    one = agent("Becky Smyth", "surveys")
    agent("Becky Smith", "surveys")
    assert proposals([one])[0].other is None


def test_a_staff_number_is_a_number() -> None:
    one = agent("PJSIP/1204", "queue_log")
    other = agent("Robin Vale", standing=Standing.KNOWN, staff_number="1204")
    (proposal,) = proposals([one])
    assert (proposal.other, proposal.reason, proposal.is_strong) == (other, Reason.NUMBER, True)


def test_who_is_confirmed_goes_before_who_was_only_found() -> None:
    one = agent("Becky Smith", "queue_log")
    agent("Becky Smith", "surveys")
    known = agent("Becky Smith", "directory", standing=Standing.KNOWN)
    assert proposals([one])[0].other == known


def test_hundreds_of_names_are_compared() -> None:
    """No time is asserted: it must simply end, where comparing all with all would take minutes."""
    names = [
        f"{first}{n} {last}" for n in range(20) for first in "Ada Bo Cy Di".split() for last in "Ash Beck Cole".split()
    ]
    made = [agent(name, f"s{n % 7}") for n, name in enumerate(names)]
    found = proposals(made)
    assert [one.agent for one in found] == made
    assert {one.reason for one in found} == {Reason.SAME_NAME}, "each of the twelve names stands twenty times"


def test_two_with_a_log_in_each_stop_nobody_else_from_being_matched(floor: Floor) -> None:
    """All alike are matched: those that cannot be are named, with the reason."""
    for name in ("Ada Reed", "Bo Vale"):
        agent(name, "s", seen_as=name)
        agent(name, "t", seen_as=name, standing=Standing.KNOWN)
    for number, one in enumerate(Agent.objects.filter(name="Ada Reed")):
        actions.add_user(f"ada{number}", "agent", agent=one, by="test", at=NOW)
    answer = floor.client("boss").post("/people/names/all/", {"all": "strong"}, follow=True)
    assert answer.status_code == 200 and "have a log-in each" in answer.content.decode()
    assert Agent.objects.filter(name="Bo Vale", merged_into=None).count() == 1
    assert Agent.objects.filter(name="Ada Reed", merged_into=None).count() == 2
