"""Does a page answer for the period, the comparison, the filters and the order that its address asks for?"""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import cast

from floorwalker.apps.dashboards.shown import Column, Row, Shown
from floorwalker.apps.dashboards.sorting import sorted_rows
from floorwalker.apps.dashboards.templatetags.cells import cell
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.holding import Held
from floorwalker.apps.standards.models import Target as Agreed
from floorwalker.estimate import Estimate
from floorwalker.insight.fair import Fair
from floorwalker.insight.judgement import State, Target
from floorwalker.insight.scorecard import Cell
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words
from tests.apps.conftest import Floor

WEEK = "?from=2023-11-20&to=2023-11-26"


def board(floor: Floor, query: str, who: str = "boss") -> str:
    return floor.client(who).get(f"/teams/{floor.teams[0].pk}/{query}").content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', page)


def test_the_week_so_far_is_said_to_be_incomplete(floor: Floor) -> None:
    assert "This week is not complete" in board(floor, "?period=so_far")
    assert "This week is not complete" not in board(floor, "?period=1")


def test_links_lead_to_the_periods_before_and_after(floor: Floor) -> None:
    page = board(floor, WEEK + "&compare=before")
    assert "?from=2023-11-13&amp;to=2023-11-19&amp;compare=before" in page
    assert "?from=2023-11-27&amp;to=2023-12-03&amp;compare=before" in page
    assert 'rel="next"' not in board(floor, "?from=2031-01-06&to=2031-01-12")


def test_every_figure_stands_beside_what_it_was(floor: Floor) -> None:
    page = board(floor, WEEK + "&compare=before")
    assert "from 13 Nov 2023 to 19 Nov 2023" in page
    assert page.count('class="was"') > 50 and "may be chance" in page
    assert "figures stand beside earlier ones" in page
    assert 'class="was"' not in board(floor, WEEK)
    last_year = board(floor, WEEK + "&compare=year")
    assert "earlier: nothing happened here" in last_year and "not known of all of these days" in last_year
    assert "not known of all of these days" not in board(floor, "?from=2023-11-20&to=2023-11-22&compare=before")


def test_nobody_is_ranked_and_work_is_ordered_when_somebody_asks(floor: Floor) -> None:
    plain, falling = board(floor, WEEK), board(floor, WEEK + "&sort=-contacts_handled")
    assert names(plain) == sorted(names(plain), key=str.casefold)
    assert sorted(names(falling)) == names(plain) and names(falling) != names(plain)
    assert 'aria-sort="ascending"' in plain and 'aria-sort="descending"' in falling
    assert "sort=-contacts_handled" in board(floor, WEEK + "&sort=contacts_handled")
    assert names(board(floor, WEEK + "&sort=-name")) == names(plain)[::-1]
    assert names(board(floor, WEEK + "&sort=nonsense")) == names(plain)


def test_a_figure_that_stands_well_for_its_work_alone_is_not_said_to_meet_the_target_as_it_is() -> None:
    def shown(low: float, high: float, state: State) -> Shown:
        answer = Estimate((low + high) / 2, low, high, 200, "wilson", "csat_top_box@1", "share", 80)
        fair = cast(Fair, object())  # that there is one: what it says stands in the cell
        agreed = cast(Agreed, SimpleNamespace(aim=Target(low=0.84)))
        column = Column(catalogue()["csat_top_box"])
        return Shown(column, Cell(answer, state=state), "", "", held=Held(agreed), fair=fair)

    for low, high, state, said in (
        (0.72, 0.83, State.ABOVE, "no gap that matters, for the same kinds of work"),
        (0.80, 0.90, State.ABOVE, "no gap that matters, for the same kinds of work"),
        (0.86, 0.92, State.BELOW, "a gap that matters, for the same kinds of work"),
        (0.86, 0.92, State.ABOVE, "meets the target by more than chance"),
        (0.70, 0.80, State.BELOW, "misses the target by more than chance"),
        (0.70, 0.80, State.UNCLEAR, "cannot tell yet"),
    ):
        one = shown(low, high, state)
        assert words.verdict(one.standing) == said
        assert one.is_by_work is said.endswith("work")
        row = Row(Agent(name="Wren"), (one,))
        assert (row.by_work.cells, row.as_it_is.cells) == (((one,), ()) if one.is_by_work else ((), (one,)))
        # Beside the figure it can be read, not only heard, where the mark would surprise.
        assert (f'<span class="aim">{said}</span>' in cell(one)) is one.is_by_work
        # Where a sentence beside it says target and verdict, they are not said twice.
        assert "target: " in cell(one) and said not in cell(one, held=False) and "target: " not in cell(one, held=False)


def test_people_stand_by_what_is_known_of_them_and_never_by_a_figure(floor: Floor) -> None:
    def row(name: str, state: State, value: float) -> Row:
        answer = Estimate(value, value - 1, value + 1, 50, "wilson", "csat_top_box@1", "share", value)
        cell = Cell(answer, state=state)
        return Row(Agent(name=name), (Shown(Column(catalogue()["csat_top_box"]), cell, "", ""),))

    rows = [
        row("Wren", State.ABOVE, 9.0),
        row("Rook", State.UNCLEAR, 2.0),
        row("Dove", State.UNCLEAR, 3.0),
        row("Tern", State.BELOW, 4.0),
        row("Kite", State.NO_TARGET, 1.0),
    ]
    for shuffled in (rows, rows[::-1]):
        assert [str(one.subject) for one in sorted_rows(shuffled, "csat_top_box")] == [
            "Tern",
            "Dove",
            "Rook",
            "Wren",
            "Kite",
        ]
        assert [str(one.subject) for one in sorted_rows(shuffled, "-csat_top_box")] == [
            "Wren",
            "Dove",
            "Rook",
            "Tern",
            "Kite",
        ]
    page = board(floor, WEEK)
    assert "first who misses" in page and "Contacts handled, highest first" in page
    assert "Transfer rate, highest first" not in page


def test_weeks_and_rows_sort(floor: Floor) -> None:
    page = floor.client("boss").get("/measures/average_handle_time/?sort=-week&rows=talk_seconds").content.decode()
    weeks = re.findall(r'<th scope="row">(\d+ \w+ \d+)</th>', page)
    assert weeks == ["20 Nov 2023", "13 Nov 2023"]
    assert 'aria-sort="descending"' in page and 'aria-sort="ascending"' in page


def test_a_filter_without_rows_says_so(floor: Floor) -> None:
    page = board(floor, WEEK + "&channel=email&reason=refund")
    assert "Nothing was found in this period for: E-mail, reason refund" in page.replace("\n", " ")
    assert "Remove the filters" in page
    assert "there is not. It is left out" in board(floor, WEEK + "&channel=pigeon")


def test_tenure_is_offered_where_a_start_is_known(floor: Floor) -> None:
    assert 'name="tenure"' not in board(floor, WEEK)
    for agent, started in zip(floor.agents[0:6:2], ("2023-10-15", "2023-03-01", "2019-01-01"), strict=True):
        Agent.objects.filter(pk=agent.pk).update(started_on=date.fromisoformat(started))
    page = board(floor, WEEK)
    assert 'name="tenure"' in page
    assert names(board(floor, WEEK + "&tenure=under_3")) == [floor.agents[0].name]
    assert names(board(floor, WEEK + "&tenure=3_to_12")) == [floor.agents[2].name]
    assert len(names(board(floor, WEEK + "&tenure=unknown"))) == len(names(page)) - 3


def test_whoever_may_not_see_single_people_cannot_cut_to_a_few_of_them(floor: Floor) -> None:
    Agent.objects.filter(pk=floor.agents[0].pk).update(started_on=date(2023, 10, 15))
    plain = floor.client("process_owner").get("/centre/" + WEEK).content.decode()
    cut = floor.client("process_owner").get(f"/centre/{WEEK}&tenure=under_3").content.decode()
    value = re.compile(r'class="value">([^<]+)<')
    assert 'name="tenure"' not in plain and value.findall(plain) == value.findall(cut)


def test_a_period_of_centuries_is_not_asked_of_the_server(floor: Floor) -> None:
    for path in (f"/teams/{floor.teams[0].pk}/", f"/agents/{floor.agents[0].pk}/", "/gaps/"):
        page = floor.client("boss").get(path + "?from=1901-01-01&to=2199-12-31")
        assert page.status_code == 200 and "three years at most" in page.content.decode(), path
    page = floor.client("boss").get(f"/teams/{floor.teams[0].pk}/?from=2024-01-01&to=2026-12-31").content.decode()
    assert "three years at most" not in page
