"""Does a page that was opened before show what has changed since, and nobody another's figures?"""

from __future__ import annotations

import re
from datetime import date

from floorwalker.apps.dashboards.asking import lake
from floorwalker.apps.people.actions import join_team
from floorwalker.apps.standards.actions import set_target
from floorwalker.facts.memory import Memory
from tests.apps.conftest import LONG_AGO, NOW, Commit, Floor


def opened(floor: Floor, who: str, path: str) -> str:
    return floor.client(who).get(path).content.decode()


def figures_on(page: str) -> list[str]:
    return re.findall(r'<span class="value">([^<]*)<', page)


def named_on(page: str) -> set[str]:
    return set(re.findall(r'href="/agents/(\d+)/', page))


def test_a_new_target_holds_at_once(floor: Floor) -> None:
    path = f"/teams/{floor.teams[0].pk}/"
    before = opened(floor, "leader", path)
    assert figures_on(before) == figures_on(opened(floor, "leader", path))
    set_target("transfer_rate", 0.2, from_day=LONG_AGO, by=floor.users["boss"], at=NOW)
    after = opened(floor, "leader", path)
    assert "45%" in before and "45%" not in after


def test_who_moves_is_on_the_other_board_at_once(floor: Floor, commit: Commit) -> None:
    boards = [f"/teams/{team.pk}/" for team in floor.teams]
    mover = floor.agents[0]
    assert [str(mover.pk) in named_on(opened(floor, "boss", path)) for path in boards] == [True, False]
    with commit():
        join_team(mover, floor.teams[1], on=date(2020, 1, 2), by=floor.users["boss"], at=NOW)
    assert [str(mover.pk) in named_on(opened(floor, "boss", path)) for path in boards] == [False, True]


def test_what_one_has_asked_opens_nothing_to_another(floor: Floor) -> None:
    """The same pages, whether everybody asks for the first time or after all the others."""
    paths = ["/", "/centre/", *(f"/teams/{team.pk}/" for team in floor.teams), f"/agents/{floor.agents[1].pk}/"]
    people = ("leader", "other_leader", "agent", "site_boss", "boss")

    def answer(who: str, path: str) -> tuple[int, set[str], list[str]]:
        got = floor.client(who).get(path)
        page = got.content.decode()
        return got.status_code, named_on(page), figures_on(page)

    alone = {}
    for who in people:
        for path in paths:
            lake().memory = Memory()
            alone[who, path] = answer(who, path)
    assert {status for status, _people, _figures in alone.values()} == {200, 404}
    assert len({tuple(figures) for _status, _people, figures in alone.values()}) > len(paths)
    lake().memory = Memory()
    assert {(who, path): answer(who, path) for who in reversed(people) for path in paths} == alone
