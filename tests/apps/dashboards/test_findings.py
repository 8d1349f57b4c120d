"""Do page, CSV, XLSX and API tell the same gaps and changes, to the same people?"""

from __future__ import annotations

import csv
import html
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from floorwalker.apps.dashboards import statements
from floorwalker.apps.people.models import AuditEntry, Look
from floorwalker.insight.remembered import Told
from floorwalker.insight.said import comparison
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import Method, Stamp
from floorwalker.insight.trend import Drift, Followed, Trends, Unit
from floorwalker.ui import judging_words
from tests.apps.api.asking import Program
from tests.apps.dashboards.conftest import Judged

# By list: the page, its file, and the address for programs.
LISTS = {
    "gaps": ("/gaps/average_handle_time/", "/gaps/average_handle_time/figures.", "/gaps/average_handle_time"),
    "changes": ("/changes/", "/changes/figures.", "/changes"),
    "processes": ("/changes/processes/", "/changes/processes/figures.", "/processes"),
}

PERIOD = Period(date(2026, 2, 23), date(2026, 3, 22))


def stamp(method: Method) -> Stamp:
    return Stamp(method, 2, "average_handle_time", 1, PERIOD, datetime(2026, 3, 23, 4, tzinfo=UTC), "", 1)


def told(judged: Judged, user: str, address: str) -> Any:
    answer = judged.client(user).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def from_csv(content: bytes) -> list[dict[str, Any]]:
    return [row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))) if row.get("definition")]


def from_xlsx(content: bytes) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    return [found for row in rows if (found := dict(zip(head, row, strict=True))).get("definition")]


def alike(one: Any, other: Any) -> bool:
    """Whether a cell of a file is the value of the API."""
    if isinstance(other, bool):
        return int(float(one)) == int(other)
    if isinstance(other, int | float):
        return float(one) == pytest.approx(other, rel=1e-9, abs=1e-9)
    return str(one if one is not None else "").lstrip("'") == str(other if other is not None else "")


@pytest.mark.parametrize("name", LISTS)
def test_page_files_and_programs_tell_the_same(judged: Judged, name: str) -> None:
    page, file, path = LISTS[name]
    rows = Program(judged.users["boss"]).get(path).json()
    assert rows or name == "changes"
    read = {"csv": from_csv, "xlsx": from_xlsx}
    for form, parse in read.items():
        answer = told(judged, "boss", f"{file}{form}")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        found = parse(answer.content)
        for row, expected in zip(found, rows, strict=True):
            assert all(alike(row[column], expected[column]) for column in expected), (row, expected)
    shown = judged.page("boss", page)
    for row in rows:
        # The page prints how sure, how large and what it comes to in cells of their own.
        parts = row["sentence"].split("; ") if name == "gaps" else [row["sentence"]]
        assert all(html.escape(part) in shown for part in parts), row["sentence"]
    # Handle times are judged capped, wherever one reads them; shares have no caps.
    capped = {row["measure"]: row["capped"] for row in rows}
    assert all(("Very long contacts" in said) is (measure == "average_handle_time") for measure, said in capped.items())
    entries = AuditEntry.objects.filter(verb="export").values_list("subject", flat=True)
    assert list(entries) == ["gaps:average_handle_time" if name == "gaps" else name] * 2


def test_what_stands_out_over_all_measures_is_the_real_part_of_each(judged: Judged) -> None:
    boss = Program(judged.users["boss"])
    rows = boss.get("/gaps").json()
    assert rows and {row["sureness"] for row in rows} == {"real"}
    of_one = [row for row in boss.get("/gaps/average_handle_time").json() if row["sureness"] == "real"]
    assert [row for row in rows if row["measure"] == "average_handle_time"] == of_one
    assert any(row["whose"] == "person" and row["id"] for row in rows)
    assert from_csv(told(judged, "boss", "/gaps/figures.csv").content)[0]["name"] == rows[0]["name"]


def test_who_may_not_see_people_gets_no_names(judged: Judged) -> None:
    """A process owner reads of teams and everybody alone; a leader no gaps at all, and changes of her own people."""
    rows = Program(judged.users["owner"]).get("/gaps/average_handle_time").json()
    assert rows and "person" not in {row["whose"] for row in rows}
    leader = Program(judged.users["leader"])
    assert leader.get("/gaps").status_code == leader.get("/gaps/average_handle_time").status_code == 404
    everybody = Program(judged.users["boss"]).get("/changes").json()
    own = leader.get("/changes").json()
    assert {row["sentence"] for row in own} <= {row["sentence"] for row in everybody}
    assert len(own) < len(everybody) or not everybody
    assert Program(judged.users["agent"]).get("/changes").status_code == 404


def test_what_was_said_of_somebody_is_told_with_its_days_and_versions(
    judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = judged.users["agent"].agent
    assert agent is not None
    address, facts = f"/agents/{agent.pk}/statements", judged.lake.snapshot()
    boss = Program(judged.users["boss"])
    assert boss.get(address).json() == [], "nothing was kept of this floor"
    found = comparison(facts, "average_handle_time", PERIOD, {})
    assert found is not None
    own = replace(found, agents=tuple(one for one in found.agents if one.agent == bytes(agent.key)))
    changed = Drift(PERIOD.first, PERIOD.last, True, True, 30.0)
    moved = Trends(found.kpi, (Followed(Unit.AGENT, bytes(agent.key), (changed,)),), 3.0)
    key = bytes(agent.key)
    kept = [Told(key, stamp(Method.COMPARISON), own), Told(key, stamp(Method.TREND), moved)]
    kept.append(Told(key, stamp(Method.TREND), replace(moved, units=())))
    monkeypatch.setattr(statements, "said_of", lambda *_asked, **_given: kept)
    rows = Program(judged.users["leader"]).get(address, {"until": "2026-11-20T12:00:00Z"}).json()
    assert [row["verdict"] for row in rows] == [str(own.agents[0].verdict), "up", "none"]
    assert rows[0]["sentence"] == judging_words.compared(own.agents[0], own)
    assert (rows[0]["from"], rows[0]["to"]) == (PERIOD.first.isoformat(), PERIOD.last.isoformat())
    assert boss.get(address, {"measure": "nothing"}).status_code == 404
    for until in ("yesterday", "2026-11-20T12:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"):
        assert boss.get(address, {"until": until}).status_code == 422
    assert Look.objects.filter(agent=agent, user=judged.users["leader"]).exists()
    assert Program(judged.users["owner"]).get(address).status_code == 404


def test_what_cannot_be_read_is_said(judged: Judged) -> None:
    boss = Program(judged.users["boss"])
    assert boss.get("/changes", {"to": "nonsense"}).status_code == 422
    assert boss.get("/gaps", {"from": "2026-99-01", "to": "x"}).status_code == 422
    assert boss.get("/gaps/contacts_handled").status_code == boss.get("/gaps/nothing").status_code == 404
    assert judged.client("boss").get("/gaps/figures.pdf").status_code == 404
    assert judged.client("boss").get("/gaps/contacts_handled/figures.csv").status_code == 404
