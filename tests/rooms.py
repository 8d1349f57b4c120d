"""Which tests go to one worker, because what they share is built once, or is one browser or one database server?

xdist has marks for this, but none that it finds with the present pytest: it writes them into names that are no longer kept.
"""

from __future__ import annotations

from xdist.scheduler.loadscope import LoadScopeScheduling

# By the begin of a test's path, the first that fits; every other test goes to whichever worker is free.
ROOMS = {
    # Each has a server and a browser of its own: all in one would still run when everything else has ended.
    "tests/browser/test_pages.py": "pages",
    "tests/browser/": "browser",
    "tests/cli/": "commands",
    "tests/apps/dashboards/test_findings.py": "judged floor",
    "tests/apps/dashboards/test_gaps.py": "judged floor",
    "tests/apps/dashboards/test_priorities.py": "judged floor",
    "tests/apps/dashboards/test_judged_soon.py": "judged floor",
    "tests/apps/dashboards/test_trends.py": "judged floor",
    "tests/apps/test_on_postgresql.py": "postgresql",
    "tests/apps/test_pool.py": "postgresql",
    "tests/apps/test_rivals.py": "postgresql",
    "tests/web/test_moving.py": "postgresql",
    # What takes seconds to build for all tests of a file.
    "tests/jobs/test_capping.py": "nights",
    "tests/jobs/test_erasing.py": "nights",
    "tests/jobs/test_judging.py": "nights",
    "tests/kpis/test_rollup.py": "a month of work",
    "tests/kpis/test_together.py": "a month of work",
    "tests/ingest/test_order_does_not_matter.py": "one log in any order",
    "tests/ingest/test_follow.py": "one log in any order",
    "tests/sources/csv_files/test_published_figures.py": "published files",
    "tests/scripts/": "copies of the checkout",
}


def room_of(nodeid: str) -> str:
    """The room of a test; its own where it needs none."""
    return next((room for path, room in ROOMS.items() if nodeid.startswith(path)), nodeid)


class ByRoom(LoadScopeScheduling):
    """Rooms go to the workers first, the largest before the others, then one test after the other."""

    def _split_scope(self, nodeid: str) -> str:
        return room_of(nodeid)
