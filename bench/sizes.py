"""How large is a run? The centre, the log, and how often each is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """agents, days: the simulated centre that pages are asked of; events: lines of the queue_log;
    newest_agents: the centre whose newest day is rolled up; judged_agents: the one that is judged; rounds: how often
    contestants take turns.
    """

    agents: int
    days: int
    events: int
    newest_agents: int
    judged_agents: int
    rounds: int


SIZES = {
    "small": Size(agents=20, days=98, events=50_000, newest_agents=60, judged_agents=200, rounds=3),
    "usual": Size(agents=200, days=365, events=2_000_000, newest_agents=2_000, judged_agents=10_000, rounds=5),
    "large": Size(agents=2_000, days=365, events=10_000_000, newest_agents=2_000, judged_agents=10_000, rounds=5),
}
