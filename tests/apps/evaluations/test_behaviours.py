"""Does the page on behaviours tell everybody what goes with what, by the wording of the form, and nothing of anybody?"""

from __future__ import annotations

import pyarrow as pa
import pytest
from django.test import Client

from floorwalker.apps.evaluations import behaviours
from floorwalker.apps.evaluations.models import EvaluationForm
from floorwalker.facts.tables import EVALUATION
from tests.apps.conftest import Floor
from tests.kpis.memory_facts import MemoryFacts
from tests.worlds.marked import marked_floor

ADDRESS = "/evaluations/behaviours/"


@pytest.fixture(scope="module")
def facts() -> MemoryFacts:
    return marked_floor(5)


def page(floor: Floor, name: str) -> str:
    client = Client()
    client.force_login(floor.users[name])
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


def built_here(facts: MemoryFacts, form: EvaluationForm) -> MemoryFacts:
    """The same facts as if they had been marked by a form that was built here."""
    made = MemoryFacts({})
    made.tables = dict(facts.tables)
    table = made.tables["evaluation"]
    renamed = {"settled": "q1", "listening": "q2"}
    rows = [
        {
            **row,
            "form": f"form {form.pk}",
            "criteria": [(renamed.get(code, code), share) for code, share in row["criteria"]],
        }
        for row in table.to_pylist()
    ]
    made.tables["evaluation"] = pa.Table.from_pylist(rows, schema=EVALUATION.schema)
    return made


def test_an_agent_reads_what_goes_with_what_by_its_wording(
    floor: Floor, form: EvaluationForm, facts: MemoryFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behaviours, "facts", lambda: built_here(facts, form))
    text = page(floor, "agent")
    assert 'Greeted by name <span class="hint">Calls</span>' in text and "They go together: of an agent" in text
    assert "With settled matters goes: “Greeted by name”." in text
    assert "Going together is not causing" in text and "Cannot tell yet" in text
    assert text.index("They go together: of an agent") < text.index("Cannot tell yet"), "what is known stands first"
    assert not [
        agent.name for agent in floor.agents if f">{agent.name}<" in text and agent != floor.users["agent"].agent
    ]


def test_a_form_of_another_system_is_told_by_its_codes(
    floor: Floor, facts: MemoryFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behaviours, "facts", lambda: facts)
    assert 'settled <span class="hint">calls</span>' in page(floor, "leader")


def test_without_evaluations_the_page_says_what_to_do(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behaviours, "facts", lambda: MemoryFacts({}))
    assert "Nothing can be said yet" in page(floor, "agent")
