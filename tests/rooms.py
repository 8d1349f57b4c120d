"""Which tests go to one worker, because what they share is built once, or is one browser or one database server?

xdist has marks for this, but none that it finds with the present pytest: it writes them into names that are no longer kept.
"""

from __future__ import annotations

from xdist.scheduler.loadscope import LoadScopeScheduling

# By the begin of a test's path, the first that fits; of all others those of one file are in one room: fixtures of the file, and
# what its tests act out and keep (tests/apps/again.py), are then made by one worker, and not by each.
ROOMS = {
    # Each has a server and a browser of its own: all in one would still run when everything else has ended.
    "tests/browser/test_pages.py": "pages",
    "tests/browser/": "browser",
    "tests/cli/": "commands",
    "tests/apps/dashboards/test_findings.py": "judged floor",
    "tests/apps/dashboards/test_gaps.py": "judged floor",
    "tests/apps/dashboards/test_priorities.py": "judged floor",
    "tests/apps/dashboards/test_small_teams.py": "judged floor",
    "tests/apps/dashboards/test_judged_soon.py": "judged floor",
    "tests/apps/dashboards/test_trends.py": "judged floor",
    "tests/apps/test_on_postgresql.py": "postgresql",
    "tests/apps/test_pool.py": "postgresql",
    "tests/apps/test_rivals.py": "postgresql",
    "tests/web/test_moving.py": "postgresql",
    # What takes seconds to build for the tests of several files.
    "tests/jobs/test_capping.py": "nights",
    "tests/jobs/test_erasing.py": "nights",
    "tests/jobs/test_judging.py": "nights",
    "tests/kpis/test_rollup.py": "a month of work",
    "tests/kpis/test_together.py": "a month of work",
    "tests/ingest/test_order_does_not_matter.py": "one log in any order",
    "tests/ingest/test_follow.py": "one log in any order",
    "tests/sources/simulated/": "planted floors",
    "tests/scripts/": "copies of the checkout",
}
# Whose tests take long and share nothing but the floor: each goes to whichever worker is free.
APART = (
    "tests/apps/test_rights_matrix.py",
    "tests/apps/api/test_contract.py",
    "tests/apps/api/test_rights_of_programs.py",
    "tests/apps/evaluations/test_publishing_changes.py",
    "tests/jobs/test_rolling.py",
    "tests/web/test_deployed.py",
)


def room_of(nodeid: str) -> str:
    """The room of a test: one of those above, its own, or that of its file."""
    if nodeid.startswith(APART):
        return nodeid
    return next((room for path, room in ROOMS.items() if nodeid.startswith(path)), nodeid.partition("::")[0])


class ByRoom(LoadScopeScheduling):
    """Rooms go to the workers first, the largest before the others, then one test after the other."""

    def _split_scope(self, nodeid: str) -> str:
        return room_of(nodeid)
