"""Does every answer keep to the description, whatever is sent? No failure of the server, and nothing for who may not.

Schemathesis makes requests from the description: such as fit it, such as do not, and such as fit and concern records that are
there. Each is taken back after it is judged. At each change half of the operations are asked a little, the other half the day
after: thinking up requests takes most of the time. All are asked at length by `make slow`.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from floorwalker.apps.notices.models import Area
from floorwalker.apps.people import actions
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.dimensions import DIMENSIONS
from floorwalker.web.describing import description
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor
from tests.apps.rights_api import OPERATIONS, places
from tests.turns import part_of, turn

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
AREAS = ("me", *Area.values)
FEW, MANY = 6, 60
# Areas of many operations, with records that take long to act out: at length in the slow form.
FEWER = {"standards": 2, "evaluations": 2, "recordings": 2}
WHO = ("everything", "agent", "leader")


def described() -> dict[str, Any]:
    """The description, with the measures and splits that there are in place of any text: else hardly any question is answered."""
    found = deepcopy(description())
    for one in found["paths"]["/api/v1/figures"]["get"]["parameters"]:
        if one["name"] in ("measure", "by"):
            one["schema"]["items"]["enum"] = list(catalogue() if one["name"] == "measure" else DIMENSIONS)
            one["schema"]["maxItems"] = 3
    schemas = found["components"]["schemas"]
    schemas["TargetGiven"]["properties"]["measure"]["enum"] = list(catalogue())
    _shorten(found, schemas)
    return found


def _shorten(found: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Ask with short forms and markings: long ones say no more, and take seconds to think up. Answers may be long all the same."""
    for name in ("Asks", "SectionWritten"):
        schemas[f"Short{name}"] = deepcopy(schemas[name])
    few_questions = {"$ref": "#/components/schemas/ShortSectionWritten"}
    schemas["ShortSectionWritten"]["properties"]["questions"]["maxItems"] = 2
    for name in ("ShortAsks", "FormWritten"):
        schemas[name]["properties"]["sections"] |= {"maxItems": 2, "items": few_questions}
    draft = found["paths"]["/api/v1/forms/{form_id}/draft"]["put"]["requestBody"]["content"]["application/json"]
    draft["schema"] = {"$ref": "#/components/schemas/ShortAsks"}
    schemas["MarkingGiven"]["properties"]["answers"]["maxItems"] = 2


def operations(area: str) -> Iterator[Any]:
    """The operations of an area, as Schemathesis reads them."""
    schema = schemathesis.openapi.from_dict(described())
    schema.app = WSGIHandler()
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.definition.raw["tags"] == [area]:
            yield operation


def program_of(floor: Floor, who: str) -> Program:
    """A program of one persona; `everything` may all that anybody may."""
    if who != "everything":
        return Program(floor.users[who])
    for role in ("administrator", "privacy_officer", "quality_analyst"):
        actions.grant_role(floor.users["boss"], role, from_day=None, by=floor.users["admin"], at=NOW)
    return Program(floor.users["boss"])


def hold(floor: Floor, asked: Collection[Any], who: str, examples: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send so many requests to each of these operations."""
    monkeypatch.setattr("floorwalker.apps.notices.door.count_use", lambda _token, _at: 1)
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    known = there_is(floor)
    headers = {"Authorization": f"Bearer {program_of(floor, who).text}", "Accept-Encoding": "identity"}
    for operation in asked:
        name, method = operation.definition.raw["operationId"], operation.method
        may = who == "everything" or any(who in allowed for allowed in OPERATIONS[name].allowed.values())
        inside = [one.name for one in operation.path_parameters]
        fixed = {"path_parameters": {one: known[one] for one in inside}} | (
            {"headers": {"If-Match": "*"}} if method == "put" else {}
        )
        _ask(operation, operation.as_strategy(generation_mode=GenerationMode.POSITIVE), headers, examples, may)
        _ask(operation, operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), headers, examples, may)
        if inside:
            steered = operation.as_strategy(generation_mode=GenerationMode.POSITIVE, **fixed)
            _ask(operation, steered, headers, examples, may)


def there_is(floor: Floor) -> dict[str, Any]:
    """By parameter of an address, a record that is there."""
    found = places(floor)
    known = found["read_me"][""] | found["merge"]["elsewhere"]
    return {
        "agent_id": floor.agents[0].pk,
        "team_id": floor.teams[0].pk,
        "merge_id": known["merge"],
        "user_id": known["user"],
        "role_id": known["role"],
        "notice_id": known["notice"],
        "load_id": known["load"],
        "target_id": known["target"],
        "view_id": known["view"],
        "survey_plan_id": known["plan"],
        "measure_id": "average_handle_time",
        "standard_id": found["read_standard"][""]["standard"],
        "form_id": found["read_form"][""]["form"],
        "evaluation_id": found["read_evaluation"]["released"]["evaluation"],
        "sampling_plan_id": found["list_draws"][""]["plan"],
        "draw_id": found["read_draw"][""]["draw"],
        "drawn_id": found["begin_drawn"][""]["begun"],
        "session_id": found["read_calibration"]["open"]["session"],
        "contact_id": found["begin_calibrated"][""]["contact"],
        "code": "q1",
        "recording_id": found["read_recording"]["own"]["recording"],
        "cycle_id": found["read_cycle"]["own"]["cycle"],
        "matter_id": found["decide_matter"][""]["matter"],
        "meeting_id": found["read_meeting"][""]["meeting"],
        "objective_id": found["read_objective"]["own"]["objective_id"],
    }


def _ask(operation: Any, strategy: SearchStrategy[Any], headers: dict[str, str], examples: int, may: bool) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def judge(case: Any) -> None:
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)
        assert may or response.status_code >= 400, f"{operation.label} is open to somebody who may not"

    judge()


@pytest.mark.parametrize("area", AREAS)
def test_answers_keep_to_the_description(floor: Floor, area: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = part_of([*operations(area)], 2, turn())
    assert asked
    hold(floor, asked, "everything", FEWER.get(area, FEW), monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("area", AREAS)
def test_answers_keep_to_the_description_at_length(
    floor: Floor, area: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(floor, [*operations(area)], who, MANY, monkeypatch)


def test_every_operation_is_asked() -> None:
    known = {operation.definition.raw["operationId"] for area in AREAS for operation in operations(area)}
    assert known == OPERATIONS.keys()
