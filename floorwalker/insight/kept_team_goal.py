"""How did a team stand with its goal when it was judged? Kept whole, and read back as it was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from floorwalker.insight.frozen import answer_as_json, answer_from_json
from floorwalker.insight.scorecard import Point
from floorwalker.insight.team_goal import VERSION, Stands, Verdict
from floorwalker.insight.team_moved import Beside, Moved, Unknown
from floorwalker.kpis.definition import Kpi


def stands_as_json(stands: Stands, *, at: datetime, facts: str) -> dict[str, Any]:
    """As it is kept; facts: by which state of them."""
    return {
        "method": VERSION,
        "kpi": stands.kpi.id,
        "kpi_version": stands.kpi.version,
        "said_at": at.isoformat(),
        "facts": facts,
        "verdict": str(stands.verdict),
        "unknown": None if stands.unknown is None else str(stands.unknown),
        "through": None if stands.through is None else stands.through.isoformat(),
        "baseline": answer_as_json(stands.baseline),
        "reading": answer_as_json(stands.reading),
        "weeks": [{"week": one.week.isoformat()} | answer_as_json(one.answer) for one in stands.points],
        "moved": None if stands.moved is None else asdict(stands.moved),
        "guard": None if stands.guard is None else asdict(stands.guard),
    }


def stands_from_json(kept: Mapping[str, Any], kpi: Kpi) -> Stands:
    """What was kept, read back. kpi: as it is defined now, for its name and unit."""
    through, unknown = kept["through"], kept["unknown"]
    return Stands(
        kpi,
        Verdict(kept["verdict"]),
        None if through is None else date.fromisoformat(through),
        answer_from_json(kept["baseline"]),
        answer_from_json(kept["reading"]),
        tuple(Point(date.fromisoformat(one["week"]), answer_from_json(one)) for one in kept["weeks"]),
        _moved(kept["moved"]),
        _moved(kept["guard"]),
        None if unknown is None else Unknown(unknown),
    )


def _moved(kept: Mapping[str, Any] | None) -> Moved | None:
    if kept is None:
        return None
    beside = kept["beside"]
    return Moved(**{**kept, "beside": None if beside is None else Beside(**beside)})
