"""Does a longer list ask the database no more questions than a short one?"""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from floorwalker.apps.people import actions
from floorwalker.web.describing import description
from tests.apps.api.asking import PLACE, Program
from tests.apps.api.test_contract import there_is
from tests.apps.conftest import NOW, Floor

# Rights, the token with its use, the count and the rows.
MOST_QUERIES = 16


def lists() -> list[str]:
    """The addresses of all lists that come in parts."""
    found = description()["paths"].items()
    paged = [
        path.removeprefix(PLACE)
        for path, methods in found
        if any(given["name"] == "limit" for given in methods.get("get", {}).get("parameters", ()))
    ]
    assert len(paged) > 12
    return paged


def asked(program: Program, path: str, limit: int) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = program.get(path, {"limit": limit})
    assert answer.status_code == 200, path
    return len(seen.captured_queries)


def test_a_longer_list_asks_no_more(floor: Floor) -> None:
    known = there_is(floor)
    for role in ("administrator", "privacy_officer", "quality_analyst"):
        actions.grant_role(floor.users["boss"], role, from_day=None, by=floor.users["admin"], at=NOW)
    program = Program(floor.users["boss"])
    for path in lists():
        filled = path.format(**known)
        program.get(filled)
        short, long = asked(program, filled, 1), asked(program, filled, 200)
        assert long <= short and long <= MOST_QUERIES, (path, short, long)
