"""Does a directory say what it would change before it does, and then do that and nothing else?"""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from floorwalker.apps.people.comparing import Change, Planned
from floorwalker.apps.people.comparing import plan as plan_on
from floorwalker.apps.people.directory import decode
from floorwalker.apps.people.models import Agent, DirectoryDraft, Identity, Membership, User
from floorwalker.apps.people.taking_over import keep_draft, take_over
from floorwalker.apps.people.teaming import add_team
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor

pytestmark = pytest.mark.django_db
DAY = date


def agent(name: str, extension: str = "", **more: str) -> Agent:
    made = Agent.objects.create(name=name, key=(name + extension).encode()[:16].ljust(16), **more)
    if extension:
        days = {"first_day": DAY(2026, 1, 1), "last_day": DAY(2026, 2, 1)}
        Identity.objects.create(
            key=made.key, kind="agent", source="q", origin="o", name=f"PJSIP/{extension}", agent=made, **days
        )
    return made


@pytest.fixture
def boss() -> User:
    return User.objects.create(username="boss")


def plan(text: str) -> list[Planned]:
    return plan_on(text, DAY(2026, 3, 9))


def changes(text: str) -> list[tuple[int, str, Change]]:
    return [(one.line, one.said.name, one.change) for one in plan(text)]


def test_a_row_is_found_by_number_then_extension_then_name() -> None:
    by_number, by_extension, by_name = agent("A", staff_number="7"), agent("PJSIP/2001", "2001"), agent("Ada Reed")
    rows = "Staff number;Name;Extension\n7;Bo Vale;2001\n8;Cy Marsh;2001\n;Reed, Ada;\n;Di Heath;\n"
    assert [one.agent for one in plan(rows)] == [by_number, by_extension, by_name, None]


def test_two_of_a_name_are_a_problem_and_not_a_choice() -> None:
    agent("Ada Reed")
    agent("ada reed", "2002")
    (one,) = plan("Name\nAda Reed\n")
    assert one.change == Change.PROBLEM
    assert "2 people may be meant" in one.problem


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",1,2026-01-01,", "no name"),
        ("Bo,1,31/31/2026,", "is not a day such as"),
        ("Bo,1,2026-03-01,2026-02-01", "before starting"),
    ],
)
def test_problems_are_said_by_row_and_the_rest_goes_on(row: str, problem: str) -> None:
    first, second = plan(f"Name,Staff number,Started,Left\n{row}\nCy Marsh,2,01/02/2026,\n")
    assert problem in first.problem
    assert (second.line, second.change, second.said.started_on) == (3, Change.NEW, DAY(2026, 2, 1))


def test_a_number_in_several_rows_is_nobodys() -> None:
    assert {one.change for one in plan("Name,Staff number\nBo,1\nCy,1\n")} == {Change.PROBLEM}


def test_what_is_no_directory_is_refused() -> None:
    for text in ("", "Colour,Size\nred,1\n"):
        with pytest.raises(Refused, match="no column says who"):
            plan(text)
    with pytest.raises(Refused, match="not a text file"):
        decode(b"PK\x03\x04\x00\x00", "staff.xlsx")
    assert decode("Zoë".encode("cp1252"), "a") == "Zoë"
    assert decode("Zoë".encode("utf-16"), "a") == "Zoë"


def test_it_does_what_it_said_and_the_second_time_nothing(boss: User) -> None:
    known = agent("PJSIP/2001", "2001")
    text = "Name,Staff number,Extension,Team,Started\nBo Vale,7,2001,Terns,2026-01-05\nCy Marsh,8,,Gulls,2026-02-02\n,9,,,\n"
    draft = keep_draft(text, "staff.csv", by=boss, at=NOW)
    assert Agent.objects.count() == 1, "a draft changes nothing"
    taken = take_over(draft, moves_on=DAY(2026, 3, 2), by=boss, at=NOW)
    assert (taken.new, taken.changed, taken.moved, taken.left_out) == (1, 1, 2, 1)
    known.refresh_from_db()
    assert (known.name, known.staff_number, known.started_on) == ("Bo Vale", "7", DAY(2026, 1, 5))
    places = {(m.agent.name, m.team.name, m.from_day) for m in Membership.objects.select_related("agent", "team")}
    assert places == {("Bo Vale", "Terns", DAY(2026, 3, 2)), ("Cy Marsh", "Gulls", DAY(2026, 2, 2))}
    with pytest.raises(Refused, match="taken over already"):
        take_over(DirectoryDraft.objects.get(pk=draft.pk), moves_on=DAY(2026, 3, 2), by=boss, at=NOW)
    assert [change for _line, _name, change in changes(text)] == [Change.SAME, Change.SAME, Change.PROBLEM]


def test_through_the_pages(floor: Floor) -> None:
    client = floor.client("boss")
    file = SimpleUploadedFile("staff.csv", b"Name,Team\n=cmd(),Avocet\nRobin Vale,Avocet\n")
    sent = client.post("/people/directory/", {"file": file})
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "2 new, 0 change" in page
    assert "=cmd()" in page
    done = client.post(sent["Location"] + "take-over/", {"moves_on": "2026-11-01"})
    assert done.status_code == 302
    assert Agent.objects.filter(name="Robin Vale", memberships__team=floor.teams[0]).exists()
    wrong = client.post("/people/directory/", {"file": SimpleUploadedFile("x.csv", b"Colour\nred\n")})
    assert wrong.status_code == 422
    assert "no column says who it is about" in wrong.content.decode()


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("Name\nBo Vale\nbo vale\n", "several rows are about the same person: 2, 3"),
        ("Name,Extension\nAda Reed,2001\nAnn Reed,2001\n", "several rows are about the same person: 2, 3"),
        (f"Name\n{'x' * 201}\n", "longer than 200 characters"),
        (f"Name,Staff number\nBo,{'9' * 61}\n", "longer than 60 characters"),
        ("Name,E-mail\nBo,bo at example\n", "is no e-mail address"),
        ("Name,Left\nAda Reed,2019-12-31\n", "before starting on 2020-01-01"),
        ("Name,Started\nBo,0020-01-01\n", "is not a day such as"),
        ("Name,Staff number\nBo,77\n", "who is not on the floor any more"),
        ('Name,Team\nBo,"Te\nrns"\n', "signs that nobody can type"),
    ],
)
def test_no_row_stops_the_others_by_what_it_says(rows: str, problem: str, boss: User) -> None:
    known = agent("Ada Reed", "2001", started_on="2020-01-01")
    agent("A test telephone", staff_number="77", standing="ignored")
    text = rows.rstrip("\n") + "\nCy Marsh" + "," * rows.split("\n")[0].count(",") + "\n"
    planned = plan(text)
    assert all(problem in one.problem for one in planned[:-1]) and planned[-1].change == Change.NEW
    taken = take_over(keep_draft(text, "staff.csv", by=boss, at=NOW), moves_on=DAY(2026, 3, 2), by=boss, at=NOW)
    known.refresh_from_db()
    assert (taken.new, taken.changed, known.name) == (1, 0, "Ada Reed")


def test_a_name_in_another_alphabet_is_that_name_and_no_other() -> None:
    known = agent("Мария Иванова")
    same, other = plan("Name\nИванова Мария\nمنى الخطيب\n")
    assert (same.agent, other.change) == (None, Change.NEW)
    assert plan("Name\nмария Иванова\n")[0].agent == known


def test_tables_of_any_old_program_are_read_and_no_others() -> None:
    assert [change for _line, _name, change in changes("Name;Team\rBo Vale;Terns\r")] == [Change.NEW]
    assert [name for _line, name, _change in changes("Name\r\nBo Vale\r\n")] == ["Bo Vale"]
    with pytest.raises(Refused, match="not a table that can be read"):
        plan("Name\n" + "x" * 200_000 + "\n")
    with pytest.raises(Refused, match="not a text file"):
        decode(b"Name\n" + b"x" * 5000 + b"\0", "staff.csv")


def test_a_team_is_the_one_of_the_day_from_which_it_counts(boss: User) -> None:
    """Neither one that she left long ago, nor one into which she is to go later."""
    known, terns = agent("Ada Reed"), add_team("Terns", by="boss", at=NOW)
    Membership.objects.create(agent=known, team=terns, from_day=DAY(2025, 1, 1), to_day=DAY(2025, 6, 1))
    (one,) = plan("Name,Team\nAda Reed,Terns\n")
    assert one.differences == ("team: – → Terns",)


def test_a_long_directory_asks_the_database_no_more_than_a_short_one() -> None:
    def queries(rows: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            plan("Name,Team\n" + "".join(f"{chr(96 + n)} Vale,Terns\n" for n in range(1, rows)))
        return len(asked)

    for n in range(1, 20):
        agent(f"{chr(96 + n)} Vale", str(3000 + n))
    assert queries(20) == queries(2)
