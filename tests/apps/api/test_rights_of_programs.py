"""Is every operation open to those who may, and to nobody else? Every operation, every persona, own, other and former."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from floorwalker.apps.dashboards import noting
from floorwalker.web.api import api
from tests.apps.api.asking import PLACE, Program
from tests.apps.conftest import Floor
from tests.apps.evaluations.drawn import drawn_at
from tests.apps.opening import SOME_OF_THEM, as_it_was, opens
from tests.apps.rights import LOGGED_IN, PERSONAS
from tests.apps.rights_api import OPERATIONS, places
from tests.apps.standards.made import REASON, adjusted_target

# No record has this number.
NO_SUCH = 987_654_321


def operations() -> Iterator[tuple[str, str, str]]:
    for path, methods in api.get_openapi_schema(path_prefix=f"{PLACE}/")["paths"].items():
        for method, said in methods.items():
            yield said["operationId"], method, path.removeprefix(PLACE)


def test_every_operation_has_a_row() -> None:
    known = {name: method for name, method, _path in operations()}
    assert known == {name: operation.method for name, operation in OPERATIONS.items()}


@pytest.mark.parametrize("some", SOME_OF_THEM)
def test_rights_of_programs(floor: Floor, some: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_of(floor, some, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("some", SOME_OF_THEM)
def test_rights_of_programs_answer_every_question_of_whoever_may(
    floor: Floor, some: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_of(floor, some, monkeypatch, whole=True)


def hold_of(floor: Floor, some: str, monkeypatch: pytest.MonkeyPatch, *, whole: bool = False) -> None:
    """Of several personas, each on the floor as it was made."""
    monkeypatch.setattr(noting, "post", lambda message, mail: None)  # no mail leaves
    # The facts of the floor reach no further.
    monkeypatch.setattr("floorwalker.apps.evaluations.api.sampling.now", drawn_at)
    known = places(floor)
    adjusted_target(floor)
    for who in some.split():
        with as_it_was():
            hold(floor, known, who, whole=whole)


def hold(floor: Floor, known: Mapping[str, Mapping[str, Any]], who: str, *, whole: bool) -> None:
    """Ask every operation in a persona's place; of what she may read, unless whole, that at which it is her turn."""
    wrong = []
    program = None if who == "anonymous" else Program(floor.users[who])
    for name, where in known.items():
        assert where.keys() == OPERATIONS[name].allowed.keys(), name
    for turn, (name, what) in enumerate((name, what) for name, where in known.items() for what in where):
        operation, filled = OPERATIONS[name], known[name][what]
        allowed = operation.allowed[what]
        if not whole and operation.method == "get" and who in allowed and not opens(who, allowed, turn):
            continue
        path, given = operation.path.format(**filled), dict(operation.given) | filled.get("given", {})
        answered, body = _asked(program, operation.method, path, given)
        expected = who in allowed
        if not (answered < 300 if expected else answered == (401 if program is None else 404)):
            wrong.append((name, what, "may" if expected else "may not", answered))
        if REASON.encode() in body:
            wrong.append((name, what, "tells why a target was adjusted", answered))
    assert wrong == [], who


def _asked(program: Program | None, method: str, path: str, given: dict[str, Any]) -> tuple[int, bytes]:
    if program is None:
        answer = getattr(Client(), method)(PLACE + path)
    else:
        answer = program.ask(method, path, given, **{"If_Match": "*"} if method == "put" else {})
    return answer.status_code, answer.getvalue()


def test_a_guessed_number_is_nobody(floor: Floor) -> None:
    known, program = places(floor), Program(floor.users["admin"])
    for name, operation in OPERATIONS.items():
        if "{" not in operation.path:
            continue
        filled = dict.fromkeys(next(iter(known[name].values())), NO_SUCH)
        given = dict(operation.given) | (
            {"team": 1} if name == "add_membership" else {"was": 1} if name == "merge" else {}
        )
        headers = {"If_Match": "*"} if operation.method == "put" else {}
        answer = program.ask(operation.method, operation.path.format(**filled), given, **headers)
        assert answer.status_code == 404, name


def test_the_matrix_has_no_holes() -> None:
    cells = sum(len(operation.allowed) for operation in OPERATIONS.values()) * len(PERSONAS)
    print(f"rights of programs: {len(OPERATIONS)} operations, {len(PERSONAS)} personas, {cells} cells")
    assert all(allowed <= LOGGED_IN for operation in OPERATIONS.values() for allowed in operation.allowed.values())
