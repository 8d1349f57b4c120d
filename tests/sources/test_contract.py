"""Does every source keep the contract: five names, samples that become their rows, every record counted once?"""

from __future__ import annotations

from typing import Any

import pytest

from floorwalker.facts.tables import TABLES
from floorwalker.ingest.source import Mapped
from tests.sources.samples import SOURCES, Case, as_expected, cases, load_source, read_case, source_names

CASES = pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.source}-{case.folder.name}")
ALL = pytest.mark.parametrize("name", source_names())


@ALL
def test_the_five_names_are_there(name: str) -> None:
    folder = SOURCES / name
    present = {path.name for path in folder.iterdir()}
    assert {"__init__.py", "fetch.py", "map.py", "README.md", "samples"} <= present
    assert load_source(name).name == name
    assert [case for case in cases() if case.source == name], f"{name} has no case in samples/"


@ALL
def test_readme_and_settings_say_what_they_are(name: str) -> None:
    source = load_source(name)
    readme = (SOURCES / name / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# ")
    assert len(readme.split("\n\n")) >= 3, "a title, what it reads, rights it needs and known gaps"
    assert source.title
    assert all(setting.meaning for setting in source.settings)
    assert set(source.tables) <= set(TABLES)


@CASES
def test_sample_becomes_its_rows(case: Case) -> None:
    expected = case.expected
    got = as_expected(read_case(case))
    assert expected, f"{case.folder.name}/expected.json says nothing"
    assert {name for name, rows in got.items() if rows} - {"receipt"} == set(expected) - {"receipt"}
    for name, rows in expected.items():
        if isinstance(rows, dict) and "count" in rows:
            assert len(got[name]) == rows["count"]
            assert got[name][: len(rows["first"])] == rows["first"]
        else:
            assert got[name] == rows


@CASES
def test_reading_again_gives_the_same(case: Case) -> None:
    assert as_expected(read_case(case)) == as_expected(read_case(case))


@CASES
def test_every_record_is_counted_once(case: Case) -> None:
    for page in read_case(case):
        assert page.read == page.used + sum(page.ignored.values()) + len(page.rejects)


@CASES
def test_rows_fit_their_tables(case: Case) -> None:
    source = load_source(case.source)
    for page in read_case(case):
        for name, rows in page.rows.items():
            assert name in source.tables
            schema = TABLES[name].named_schema
            for field in rows.schema:
                assert field.name in schema.names, f"{name} has no column {field.name}"
                assert field.type == schema.field(field.name).type, f"{name}.{field.name}"


@CASES
def test_ids_are_unique(case: Case) -> None:
    pages: list[Mapped] = read_case(case)
    for name, table in TABLES.items():
        given = table.columns[0].given
        ids: list[Any] = [value for page in pages if name in page.rows for value in page.rows[name][given].to_pylist()]
        assert None not in ids
        # Identical lines of an event log are one event: there, and only there, a key may come twice.
        assert name == "source_event" or len(ids) == len(set(ids))
