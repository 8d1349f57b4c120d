"""Do people, rights, standards and migrations behave on PostgreSQL as they do on SQLite? The same tests, asked again there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.migrated import TEMPLATE, THERE
from tests.shared_data import ROOT
from tests.turns import part_of, turn

# What touches rights, people, actions and migrations most: half of it at each change, the other half the day after; all of it,
# and what else does, by `make slow`. Each of them runs on SQLite in its own place, whole, at each change.
MOST = (
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/apps/people").glob("test_*.py")),
    "tests/apps/dashboards/test_addresses.py",
    "tests/apps/test_rights.py",
)
THE_OTHERS = (
    "tests/apps/standards",
    "tests/apps/notices",
    "tests/apps/api/test_door.py",
    "tests/apps/api/test_changes.py",
    "tests/apps/intake",
    "tests/apps/evaluations",
    "tests/apps/recordings",
    "tests/apps/dashboards/test_mail.py",
    "tests/apps/surveys",
    "tests/apps/coaching",
    "tests/apps/improvement",
    "tests/apps/huddles",
    "tests/apps/test_small_groups.py",
    "tests/apps/test_long_lists.py",
    "tests/jobs/test_records.py",
    "tests/web",
)
# What asks both databases by itself, or none.
NOT_AGAIN = tuple(
    f"--ignore=tests/web/{name}.py" for name in ("test_moving", "test_compression", "test_deployed", "test_settings")
)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(part_of(MOST, 2, turn()), id="at each change"),
        pytest.param(MOST, id="most", marks=pytest.mark.slow),
        pytest.param(THE_OTHERS, id="the others", marks=pytest.mark.slow),
    ],
)
def test_the_same_holds_on_postgresql(asked: Sequence[str], postgresql: str, migrated_there: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-m", "not slow", *asked, *NOT_AGAIN],
        cwd=ROOT,
        env={**os.environ, "FLOORWALKER_DATABASE_URL": postgresql, TEMPLATE: THERE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed and int(passed[1]) > 40, done.stdout[-2000:]
