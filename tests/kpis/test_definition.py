"""Is a definition one file, and does a wrong one name its file and field?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from floorwalker.errors import KpiError
from floorwalker.estimate import Estimate
from floorwalker.kpis.catalogue import DEFINITIONS, as_markdown, catalogue
from floorwalker.kpis.definition import read_definition
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.kpis.memory_facts import MemoryFacts

NEW = """
name: Chat share
version: 3
valid_from: 2026-02-01
kind: proportion
fact: contact
event: channel = 'chat'
attribution: none
better: context
unit: share
minimum_n: 2
meaning: Contacts that came as a chat.
check_sql: select count(*) as n, count(*) filter (where channel = 'chat') as events from {table}
examples:
  - rows: [{channel: chat}, {channel: voice}]
    gives: {n: 2, events: 1, value: 0.5}
"""


def test_a_kpi_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "chat_share.yaml").write_text(NEW, encoding="utf-8")
    kpis = catalogue(tmp_path)
    facts = MemoryFacts({"contact": [{"channel": "chat", "times": 3}, {"channel": "voice"}]})
    (row,) = run_kpis(KpiQuery(("chat_share",)), facts, kpis)
    assert isinstance(row.answer, Estimate)
    assert (row.answer.value, row.definition) == (0.75, "chat_share@3")
    assert "Chat share" in as_markdown(kpis)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("kind", "average", "proportion"),
        ("fact", "calls", "contact"),
        ("event", "chanel = 'chat'", "a column of contact"),
        ("event", "channel = 'chat' or (select true)", "columns, coalesce"),
        ("event", "read_text('/etc/passwd') is null", "columns, coalesce"),
        ("event", "f.channel = 'chat'", "a column of contact"),
        ("event", "channel = ", "channel ="),
        ("value", "wait_seconds", "a proportion has event"),
        ("event", None, "a proportion has event"),
        ("attribution", "every_segment", "a column of contact"),
        ("better", "higher", "up, down"),
        ("unit", "percent", "share"),
        ("minimum_n", 0, "1 to 1000"),
        ("valid_from", "soon", "a date"),
        ("quantile", 0.5, "only a histogram"),
        ("requires", ["customer"], "customer_key"),
        ("parameters", {"limit": {"default": 9, "least": 1, "most": 5}}, "1 to 5"),
        ("parameters", {"limit": {"default": 3, "least": 1, "most": 5}}, "limit in an expression"),
        ("check_sql", "select 1", "{table}"),
        ("examples", [], "one or more"),
        ("colour", "red", "kind"),
        ("meaning", None, "name"),
    ],
)
def test_a_wrong_definition_names_its_file_and_field(tmp_path: Path, field: str, value: Any, told: str) -> None:
    raw = yaml.safe_load(NEW)
    raw[field] = value
    if value is None:
        del raw[field]
    path = tmp_path / "chat_share.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(KpiError) as error:
        read_definition(path)
    assert f"chat_share.yaml: {field}" in str(error.value)
    assert told in str(error.value)


def test_every_definition_is_named_by_its_id_and_listed() -> None:
    page = as_markdown()
    for path in DEFINITIONS.glob("*.yaml"):
        assert f"## {path.stem}\n" in page
