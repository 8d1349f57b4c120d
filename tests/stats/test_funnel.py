"""Do the lines of the funnel hold whom they should, on floors where nobody differs, and let truly different people out?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.funnel import INNER, OUTER, reach, scatter
from floorwalker.stats.peers import comparable_groups
from tests.worlds.world import World, build


def distances(world: World) -> tuple[np.ndarray, np.ndarray]:
    """By agent the distance from the usual in standard deviations of chance: by the agent's own lines, and by the drawn ones."""
    scale = Scale.RATIO if world.kind == "duration" else Scale.DIFFERENCE
    cells = build(world).cells
    groups = comparable_groups(cells)
    members = np.flatnonzero(groups == np.bincount(groups[groups >= 0]).argmax())
    group = cells.of_agents(members).without_empty_strata()
    found = scatter(fit_case_mix(group, scale), group.contacts, 0.0)
    return np.abs(found.off) / found.error, np.abs(found.off) / found.error_of(group.contacts)


@pytest.mark.parametrize("kind", ["duration", "share"])
def test_lines_hold_nearly_all_where_nobody_differs(kind: str) -> None:
    both = [distances(World(seed=seed, kind=kind, agents=120, teams=10, shape="none")) for seed in (11, 12, 13)]
    for place in (0, 1):
        found = np.concatenate([one[place] for one in both])
        assert 0.92 <= (found <= reach(INNER)).mean() <= 0.98
        assert (found <= reach(OUTER)).mean() >= 0.985


@pytest.mark.slow
@pytest.mark.parametrize(
    "given", [{}, {"calls": "weibull"}, {"kind": "share"}, {"kind": "survey"}, {"contacts_a_day": 6.0}]
)
def test_lines_hold_what_they_promise(given: dict[str, object]) -> None:
    found = np.concatenate([distances(World(seed=seed, shape="none", **given))[0] for seed in range(300, 312)])  # type: ignore[arg-type]
    assert 0.935 <= (found <= reach(INNER)).mean() <= 0.97
    assert (found <= reach(OUTER)).mean() >= 0.993


def test_whoever_truly_differs_leaves_the_lines() -> None:
    found = distances(World(seed=14, agents=120, teams=10, shape="normal"))[0]
    assert (found <= reach(INNER)).mean() <= 0.7


def test_lines_narrow_with_contacts_down_to_what_more_contacts_do_not_lessen() -> None:
    cells = build(World(seed=15, agents=40, teams=4)).cells
    found = scatter(fit_case_mix(cells, Scale.RATIO), cells.contacts, 0.01)
    few, many, endless = found.error_of(np.array([20.0, 500.0, 1e12]))
    assert few > many > endless == pytest.approx(found.beyond**0.5, rel=1e-3) and found.beyond > 0
    weights = 1 / (found.error**2 + 0.01)
    assert float(weights @ found.off) == pytest.approx(0, abs=1e-9), "the usual is the weighed mean"
    assert reach(INNER) == pytest.approx(1.96, abs=1e-3) and reach(OUTER) == pytest.approx(3.09, abs=1e-2)
