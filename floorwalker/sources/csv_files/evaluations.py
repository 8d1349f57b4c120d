"""When one row is one evaluation: whose work was evaluated, by whom, with which form, and how did it turn out?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.facts.tables import CRITERIA, EVALUATION, TEXT, Purpose, Selection
from floorwalker.sources.csv_files.contacts import demand_time, named_rows, work_columns
from floorwalker.sources.csv_files.page import PageReader, came_before, instant_array, number_array, possible
from floorwalker.sources.csv_files.zones import Instants, first_known

# Fields that say yes or no, by their own name in the lake.
SAID = (
    "fatal",
    "customer_defect",
    "business_defect",
    "compliance_defect",
    "missed_complaint",
    "vulnerable",
    "disputed",
    "overturned",
)


def evaluation_rows(page: PageReader) -> tuple[dict[str, pa.Table], np.ndarray]:
    """Rows of `evaluation` for the rows of a page that can be used, and which those are."""
    ids = page.ids()
    contact_at = page.begin()
    given = page.instants("evaluated", contact_at)
    early = came_before(given, contact_at)
    page.problems.flag(early, "evaluated_before_contact")
    evaluated = possible(given, early, contact_at)
    begins = (page.mapping.fields.get(name) for name in ("entered", "evaluated"))
    day = first_known(contact_at, given)
    demand_time(page, day.known, tuple(column for part in begins if part is not None for column in part.columns))
    agent = page.text("agent")
    page.problems.reject(
        np.asarray(pc.is_null(agent)),
        "no agent",
        lambda row: f"nothing in column {page.mapping.fields['agent'].columns[0]!r}",
        "the name of the agent whose work was evaluated",
        "complete the row, or map another column",
    )
    share = _score(page)
    columns = {
        "evaluation_id": ids,
        "contact_id": page.text("contact"),
        "agent": agent,
        "evaluator": page.text("evaluator"),
        **work_columns(page),
        "contact_at": instant_array(day),
        "evaluated_at": instant_array(evaluated),
        "released_at": instant_array(_released(page, evaluated, day)),
        "acknowledged_at": instant_array(page.instants("acknowledged", contact_at)),
        "form": page.text("form"),
        "form_version": page.text("form_version"),
        "purpose": _purpose(page, agent),
        "selection": pc.fill_null(page.code("selection"), str(Selection.RANDOM)),
        "score": number_array(share),
        **{name: page.yes(name) for name in SAID},
        "criteria": _criteria(page),
        "flags": page.problems.flag_lists(),
    }
    used = ~page.problems.rejected
    return {EVALUATION.name: named_rows(EVALUATION, columns).filter(pa.array(used))}, used


def _purpose(page: PageReader, agent: pa.Array) -> pa.Array:
    """What it is for: official where nothing is said. Nobody judges her- or himself for a score, whatever the file says."""
    said = pc.fill_null(page.code("purpose"), str(Purpose.OFFICIAL))
    marked_by, marked = (pc.utf8_lower(pc.utf8_trim_whitespace(one)) for one in (page.text("evaluator"), agent))
    own = pc.and_(pc.fill_null(pc.equal(marked_by, marked), False), pc.equal(said, str(Purpose.OFFICIAL)))
    page.problems.flag(np.asarray(own), "evaluated_by_oneself")
    return pc.if_else(own, str(Purpose.SELF), said)


def _released(page: PageReader, evaluated: Instants, day: Instants) -> Instants:
    """Files that do not say when an agent was shown it come from systems that show what is finished."""
    if "released" in page.mapping.fields:
        return page.instants("released", evaluated)
    return first_known(evaluated, day)


def _score(page: PageReader) -> np.ndarray:
    """Scores as shares of what was possible; a row without one is no evaluation."""
    score, _ = page.score()
    part = page.mapping.fields["score"]
    page.problems.reject(
        np.isnan(score),
        "no score",
        lambda row: f"{page.rows.cells[part.columns[0]][row].as_py()!r} in column {part.columns[0]!r}",
        "a figure on the scale of the mapping",
        "complete the row, or correct `scale:` under columns.score",
    )
    worst, best = part.scale or (0.0, 1.0)
    return np.asarray((score - worst) / (best - worst))


def _criteria(page: PageReader) -> pa.Array:
    """By question the share of what was possible, as one map a row; a question that did not apply has no entry."""
    parts = page.mapping.criteria
    shares = [_shares(page, name) for name in parts]
    held = ~np.isnan(np.array(shares)).T.reshape(page.count, len(parts))
    offsets = np.concatenate([[0], np.cumsum(held.sum(axis=1))]).astype(np.int32)
    rows, columns = np.nonzero(held)
    values = np.array(shares).reshape(len(parts), page.count)[columns, rows] if len(parts) else np.zeros(0)
    keys = pa.array(list(parts), TEXT).take(pa.array(columns))
    return pa.MapArray.from_arrays(pa.array(offsets), keys, pa.array(values, pa.float64()), type=CRITERIA)


def _shares(page: PageReader, name: str) -> np.ndarray:
    part = page.mapping.criteria[name]
    figures, _ = page.figures(part, f"{name} is no number", f"criteria.{name}")
    worst, best = part.scale or (0.0, 1.0)
    return np.asarray((figures - worst) / (best - worst))
