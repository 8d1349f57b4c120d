"""Is what comes first said with its range, and everything else with a reason?"""

from __future__ import annotations

from floorwalker.stats.gains import Candidate, Gap, Kind, WhyNot
from floorwalker.stats.priority import prioritise
from floorwalker.ui import objective_words


def test_what_comes_first_is_said_with_its_range_and_all_else_with_a_reason() -> None:
    one = Candidate(Kind.COACH, "a", "aht", (Gap(30.0, 5.0, 600.0),), 0.95, 1.0)
    chosen = prioritise([one], 1.0).chosen[0]
    low, high = (objective_words.duration(value) for value in chosen.range)
    gain = objective_words.duration(chosen.gain)
    assert objective_words.gains(chosen) == f"about {gain} of work a month (likely {low} to {high})"
    assert len({objective_words.why_not(why) for why in WhyNot}) == len(WhyNot)
    assert len({objective_words.action(kind) for kind in Kind}) == len(Kind)
