"""Do the exports of many systems, each through a guess that nobody touched, give the figures that a careful person would count?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from floorwalker.sources.csv_files.guess import guess_mapping
from tests.sources.csv_files import exports_of_calls, exports_of_tickets
from tests.sources.csv_files.exports_of_calls import Export
from tests.sources.csv_files.loading import Loaded, load, write
from tests.sources.csv_files.truth import Figures

EXPORTS = pytest.mark.parametrize(
    "export", [*exports_of_calls.EXPORTS, *exports_of_tickets.EXPORTS], ids=lambda export: export.name.replace(" ", "_")
)


def figures_of(loaded: Loaded) -> Figures:
    """The measures, counted from the rows of inbound contacts as their definitions say."""
    contacts = [row for row in loaded.contacts if row["direction"] == "inbound"]
    handled = [row for row in loaded.rows("segment") if row["direction"] == "inbound" and row["handled"]]
    lengths = [_handle_seconds(row) for row in handled if row["talk_seconds"] is not None]
    scores = [row["score"] for row in loaded.rows("survey") if row["score"] is not None]
    return Figures(
        len(contacts),
        sum(row["outcome"] == "abandoned" for row in contacts),
        sum(lengths) / len(lengths) if lengths else None,
        sum(scores) / len(scores) if scores else None,
        dict(Counter(row["agent"] for row in handled)),
    )


def _handle_seconds(row: dict[str, Any]) -> float:
    return float(row["talk_seconds"] + (row["hold_seconds"] or 0) + (row["wrap_up_seconds"] or 0))


@EXPORTS
def test_figures_are_those_of_the_truth(export: Export, tmp_path: Path) -> None:
    """And no agent becomes an attribute."""
    path = write(tmp_path, export.content, "export.csv")
    loaded = load(path, guess_mapping(path))
    got, truth = figures_of(loaded), export.figures
    assert (got.offered, got.abandoned, got.handled) == (truth.offered, truth.abandoned, truth.handled)
    assert got.handle_seconds == pytest.approx(truth.handle_seconds, abs=0.01)
    assert got.score == pytest.approx(truth.score, abs=1e-9)
    held = {value for row in loaded.contacts for value in (row.get("attributes") or {}).values()}
    assert held.isdisjoint(truth.handled)
