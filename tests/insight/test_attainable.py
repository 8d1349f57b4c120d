"""Is a target that nobody reaches told from one that is only hard, and from one that is met already?"""

from __future__ import annotations

import pytest

from floorwalker.estimate import NoEstimate, Reason
from floorwalker.insight.attainable import Attained

NOTHING = NoEstimate(Reason.NO_DATA, 0, "x@1", "share")


@pytest.mark.parametrize(
    ("weeks", "peers", "said"),
    [
        ((13, 0), (24, 1), {"is_beyond_peers", "is_beyond_history"}),
        ((13, 3), (20, 0), {"is_beyond_peers"}),
        ((13, 3), (20, 1), set()),
        ((13, 13), (20, 12), {"is_reached_always"}),
        ((3, 0), (4, 0), {"is_untold"}),
        ((4, 0), (0, 0), {"is_beyond_history"}),
    ],
)
def test_beyond_what_95_percent_of_teams_reached(
    weeks: tuple[int, int], peers: tuple[int, int], said: set[str]
) -> None:
    found = Attained(NOTHING, *weeks, *peers)
    names = ("is_beyond_peers", "is_beyond_history", "is_reached_always", "is_untold")
    assert {name for name in names if getattr(found, name)} == said
