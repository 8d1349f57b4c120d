"""A form as a centre would build it, shared by the tests of forms and evaluations."""

from __future__ import annotations

import pytest

from floorwalker.apps.evaluations.models import EvaluationForm
from tests.apps.conftest import Floor
from tests.apps.evaluations.made import published_form


@pytest.fixture
def form(floor: Floor) -> EvaluationForm:
    return published_form(floor.users["analyst"])
