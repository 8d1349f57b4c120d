"""How are judgements written for scripts? The rows of `floorwalker insight`, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from floorwalker.apps.people.names import Names
from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.comparison import Comparison, Judged, Lack
from floorwalker.insight.fair import whose_gap
from floorwalker.insight.nonresponse import Heard
from floorwalker.insight.process import Processes
from floorwalker.insight.resolution import Resolution
from floorwalker.insight.trend import Drift, Trends
from floorwalker.stats.levels import Cause
from floorwalker.ui import change_words, survey_words
from floorwalker.ui import judging_words as words

Row = dict[str, Any]


def compared(found: Comparison, names: Names, unit: str = "agent") -> list[Row]:
    """Every agent, or every team, against the standard, by name."""
    rows: list[Row] = [
        {
            "agent": names.name("agent", one.agent) if unit == "agent" else None,
            "agent_key": _key(one.agent) if unit == "agent" else None,
            "team": names.name("team", one.team),
            "team_key": _key(one.team),
            "n": one.n,
            "raw": one.raw,
            "adjusted": one.adjusted,
            "low": one.low,
            "high": one.high,
            "reliability": one.reliability,
            "standard": one.standard,
            "probability_below": one.probability_below,
            "flagged": one.flagged,
            "verdict": str(one.verdict),
            "starter": one.starter,
            "beyond_cap": one.beyond,
            "sentence": words.compared(one, found),
        }
        for one in found.agents
    ]
    return sorted(rows, key=lambda row: str(row[unit]))


def causes(found: Causes, names: Names, compared: Iterable[Judged] = ()) -> Row:
    """The site's, the teams' and every agent's part of the gap. compared: what is said of the same agents' figures."""
    judged = {one.agent: one for one in compared}
    agents = [_caused(one, judged.get(one.agent), names) for one in found.agents]
    agents += [_unplaced(key, lack, names) for key, lack in found.unplaced]
    return {
        "standard": found.standard,
        "site": None if found.site is None else _share(found.site),
        "teams": [
            {
                "team": names.name("team", one.key),
                "team_key": _key(one.key),
                **_share(one),
                "reliability": one.reliability,
            }
            for one in found.teams
        ],
        "agents": sorted(agents, key=_name),
    }


def followed(found: Trends, names: Names) -> list[Row]:
    """Every unit with the changes of its chart."""
    rows: list[Row] = [
        {
            "unit": names.name(str(one.kind), one.key),
            "unit_key": _key(one.key),
            "kind": str(one.kind),
            "signals": [_signal(drift, found.kpi.unit) for drift in one.drifts],
            "alarm_budget": found.budget,
        }
        for one in found.units
    ]
    return sorted(rows, key=lambda row: (str(row["kind"]), str(row["unit"])))


def changed(found: Processes, names: Names) -> list[Row]:
    """Every kind of contact with its change."""
    return [
        {
            "reason": names.name("queue", one.kind) if isinstance(one.kind, bytes) else one.kind,
            "queue_key": _key(one.kind) if isinstance(one.kind, bytes) else None,
            "change": one.change,
            "low": one.low,
            "high": one.high,
            "flagged": one.flagged,
            "n": one.n,
            "sentence": change_words.changed(one, found),
        }
        for one in found.kinds
    ]


def resolved(found: Resolution) -> Row:
    """First contact resolution with the latest contacts."""
    told = ("share", "low", "high", "plain", "n", "waiting")
    return {name: getattr(found, name) for name in told} | {"sentence": words.resolved(found)}


def heard(found: Heard) -> Row:
    """A figure of surveys with what it says of all who were asked."""
    sent, worst = found.sent, found.at_worst
    return {
        "value": found.seen.value,
        "figure": survey_words.seen(found),
        "answers": found.seen.n,
        "asked": None if sent is None else sent.asked,
        "response_rate": None if sent is None or not sent.is_whole else sent.rate,
        "waiting": None if sent is None else sent.waiting,
        "low": found.of_all.low,
        "high": found.of_all.high,
        "least": None if worst is None else worst.low,
        "most": None if worst is None else worst.high,
        "sentence": survey_words.heard(found),
    }


def _name(row: Row) -> str:
    return str(row["agent"])


def _key(key: bytes | None) -> str | None:
    """A key as it is written: names may be alike, and change."""
    return None if key is None else key.hex()


def _caused(one: Caused, judged: Judged | None, names: Names) -> Row:
    return {
        "agent": names.name("agent", one.agent),
        "agent_key": _key(one.agent),
        "team": names.name("team", one.team),
        "team_key": _key(one.team),
        "n": one.n,
        "primary": str(whose_gap(one, judged)),
        "p_system": one.p_system,
        "p_team": one.p_team,
        "p_personal": one.p_personal,
        "waterfall": asdict(one.waterfall) | {"gap": one.waterfall.gap},
        "sentence": words.cause(one, judged),
    }


def _unplaced(key: bytes, lack: Lack, names: Names) -> Row:
    nothing = dict.fromkeys(("p_system", "p_team", "p_personal", "waterfall"))
    told = {"primary": str(Cause.NOT_ENOUGH_DATA), **nothing, "sentence": words.unplaced(lack)}
    who = {"agent": names.name("agent", key), "agent_key": _key(key)}
    return {**who, "team": None, "team_key": None, "n": None, **told}


def _share(one: Share) -> Row:
    return {"gap": one.gap, "low": one.low, "high": one.high, "probability": one.probability}


def _signal(drift: Drift, unit: str) -> Row:
    return {
        "from": drift.began.isoformat(),
        "detected": drift.detected.isoformat(),
        "direction": "up" if drift.up else "down",
        "worse": drift.worse,
        "size": drift.size,
        "sentence": change_words.drifted(drift, unit),
    }
