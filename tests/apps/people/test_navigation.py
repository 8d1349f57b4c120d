"""Does each role find its work at the top of every page, in at most six links?"""

from __future__ import annotations

import pytest

from floorwalker.apps.people.models import Agent, Role, Scope
from floorwalker.apps.people.models.accounts import Opened, Reach
from floorwalker.apps.people.navigation import MOST, entries_of
from floorwalker.apps.people.rights import Right, rights_of

NOWHERE = Reach(everywhere=False, sites=frozenset(), teams=frozenset())


def scope_of(*roles: Role, team: bool = False, site: bool = False) -> Scope:
    """What these roles open; for the whole centre, or for a team or a site."""
    rights = frozenset(right for role in roles for right in rights_of(role, team=team, site=site))
    return Scope(
        roles=frozenset(roles),
        second_factor=False,
        rights=rights,
        everything=Right.SEE_FIGURES_OF_AGENTS in rights,
        teams=(),
        hears_everything=False,
        heard_teams=(),
        evaluates=Opened(),
        evaluates_officially=Opened(),
        coaches=Opened(),
        sites=(),
        managed=NOWHERE,
        loads=NOWHERE,
        agent=Agent(pk=1, name="Wren") if Role.AGENT in roles else None,
    )


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (scope_of(Role.AGENT), "Home, My figures, Feedback, My objectives, Evaluations, Standards"),
        (scope_of(Role.TEAM_LEADER, team=True), "Home, Coaching, Evaluations, Teams, Improvement, Standards"),
        (
            scope_of(Role.QUALITY_ANALYST),
            "Home, My queue, Evaluations, Calibration, Evaluation forms, Teams",
        ),
        (
            scope_of(Role.QUALITY_ANALYST, team=True),
            "Home, My queue, Evaluations, Calibration, Teams, Standards",
        ),
        (scope_of(Role.OPERATIONS_MANAGER), "Home, Gaps, Centre, Improvement, Evaluations, Standards"),
        (scope_of(Role.OPERATIONS_MANAGER, site=True), "Home, Gaps, Centre, Improvement, Standards, People"),
        (
            scope_of(Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR),
            "Home, Gaps, People, Data, Evaluations, Standards",
        ),
        (scope_of(Role.PROCESS_OWNER), "Home, Gaps, Centre, Improvement, Standards, Measures"),
        (scope_of(Role.ADMINISTRATOR), "Home, People, Data, Standards, Audit, Measures"),
        (scope_of(Role.PRIVACY_OFFICER), "Home, Standards, Audit, Measures"),
        (scope_of(Role.ASSESSOR), "Home, Standards, Measures"),
    ],
)
def test_each_role_finds_its_work_at_the_top_of_every_page(scope: Scope, names: str) -> None:
    assert ", ".join(entry.name for entry in entries_of(scope)[:MOST]) == names


def test_no_page_stands_there_twice() -> None:
    for role in Role:
        for other in Role:
            every = [entry.address for entry in entries_of(scope_of(role, other))]
            assert len(every) == len(set(every)), (role, other)
