"""What makes a KPI: which fields does a definition have, and what is wrong with one that cannot be used?"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml

from floorwalker.errors import KpiError
from floorwalker.facts.tables import FACTS, Direction, Table
from floorwalker.kpis.expression import COMPLETE_THROUGH, EVALUATED, Expression

E = TypeVar("E", bound=StrEnum)
TABLES = {table.name: table for table in FACTS}


class Kind(StrEnum):
    """What kind of summary a KPI keeps."""

    COUNT = "count"
    PROPORTION = "proportion"
    MEAN = "mean"
    RATE = "rate"
    RATIO = "ratio"
    HISTOGRAM = "histogram"
    MAXIMUM = "maximum"


class Attribution(StrEnum):
    """Which agent a row is booked to."""

    ANSWERED_BY = "answered_by"
    FIRST_AGENT = "first_agent"
    LAST_AGENT = "last_agent"
    EVERY_SEGMENT = "every_segment"
    NONE = "none"

    @property
    def column(self) -> str | None:
        """The column that holds the agent."""
        return {"every_segment": "identity_key", "none": None}.get(self.value, self.value)


class Better(StrEnum):
    """Which direction is better."""

    UP = "up"
    DOWN = "down"
    BAND = "band"
    CONTEXT = "context"


# The expressions that each kind needs.
PARTS: dict[Kind, tuple[str, ...]] = {
    Kind.COUNT: ("event",),
    Kind.PROPORTION: ("event",),
    Kind.MEAN: ("value",),
    Kind.MAXIMUM: ("value",),
    Kind.HISTOGRAM: ("value",),
    Kind.RATE: ("events", "exposure"),
    Kind.RATIO: ("part", "whole"),
}
ALL_PARTS = tuple(dict.fromkeys(part for parts in PARTS.values() for part in parts))
CASE_MIX = ("queue", "channel", "reason", "band")
# What can be made better by doing the work worse: how long it takes, how much of it is done, how much of paid time it fills.
EFFICIENCY = "efficiency"
UNITS = ("share", "seconds", "contacts", "alerts", "commitments", "score", "contacts_per_hour")
REQUIRED = (
    "name",
    "version",
    "valid_from",
    "kind",
    "fact",
    "attribution",
    "better",
    "unit",
    "meaning",
    "check_sql",
    "examples",
)
OPTIONAL = (
    "among", "pending", "direction", "requires", "known_share", "parameters", "quantile", "day", "case_mix",
    "minimum_n", "counter_measure", "family", *ALL_PARTS,
)  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One number that a question may set; with `queue` each queue may have its own, dated value."""

    name: str
    default: float
    least: float
    most: float
    queue: bool = False
    meaning: str = ""

    def check(self, value: float, where: str) -> float:
        """The value, or KpiError when it is out of range."""
        if not self.least <= value <= self.most:
            raise KpiError(
                "the value is out of range",
                where=where,
                found=f"{value:g}",
                expected=f"{self.least:g} to {self.most:g}",
            )
        return value


@dataclass(frozen=True)
class Kpi:
    """One definition.

    parts: the expressions of its kind (see PARTS); among: the rows that it is about; pending: rows whose outcome is not
    known yet, in no other figure whatever `among` says; direction: the direction that is meant unless the question
    names one; requires: columns without which a row tells nothing; known_share: below this share of rows that tell
    something the measure is not measurable; family: "efficiency" where it can be made better by doing the work worse.
    """

    id: str
    name: str
    version: int
    valid_from: datetime.date
    kind: Kind
    table: Table
    parts: Mapping[str, Expression]
    among: Expression
    pending: Expression | None
    direction: str | None
    requires: tuple[str, ...]
    known_share: float
    parameters: Mapping[str, Parameter]
    quantile: float | None
    attribution: Attribution
    better: Better
    unit: str
    case_mix: tuple[str, ...]
    minimum_n: int
    counter_measure: str | None
    meaning: str
    check_sql: str
    examples: tuple[Mapping[str, Any], ...] = field(repr=False)
    family: str = ""

    @property
    def is_of_efficiency(self) -> bool:
        """Whether a target of it alone could be met at the customer's cost: what takes time, and what its definition calls so."""
        return self.unit == "seconds" or self.family == EFFICIENCY

    @cached_property
    def stamp(self) -> str:
        """The id with its version, as every answer names it."""
        return f"{self.id}@{self.version}"

    @property
    def mentions(self) -> frozenset[str]:
        """Every column, parameter and `complete_through` that its expressions use."""
        expressions = [*self.parts.values(), self.among, *([self.pending] if self.pending else [])]
        return frozenset().union(*(expression.names for expression in expressions))

    @property
    def is_kept(self) -> bool:
        """Whether daily sums hold it: not where it asks another table, whose rows come later than those that it counts."""
        return EVALUATED not in self.mentions


def read_definition(path: Path) -> Kpi:
    """The definition in one YAML file; KpiError names the file and the field that is wrong."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KpiError("the definition cannot be read", where=str(path), found=str(error)) from error
    if not isinstance(raw, dict):
        raise KpiError("the definition is not a mapping", where=str(path), expected=f"fields: {', '.join(REQUIRED)}")
    return _Reader(path, raw).kpi()


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class _Reader:
    """Checks one file field by field."""

    path: Path
    raw: dict[str, Any]

    def kpi(self) -> Kpi:
        self._check_names()
        kind = self._choice("kind", Kind)
        table = TABLES[self._one_of("fact", tuple(TABLES))]
        parameters = self._parameters()
        kpi = Kpi(
            id=self.path.stem,
            name=self._text("name"),
            version=self._whole("version", 1, 1000),
            valid_from=self._date("valid_from"),
            kind=kind,
            table=table,
            parts=self._parts(kind, table, parameters),
            among=self._expression("among", table, parameters) or Expression("true", self._where("among")),
            pending=self._expression("pending", table, parameters),
            direction=self._one_of("direction", tuple(Direction)) if "direction" in self.raw else None,
            requires=self._columns("requires", table),
            known_share=self._number("known_share", 0, 1, 0),
            parameters=parameters,
            quantile=self._quantile(kind),
            attribution=self._attribution(table),
            better=self._choice("better", Better),
            unit=self._one_of("unit", UNITS),
            case_mix=tuple(self._one_of_value("case_mix", item, CASE_MIX) for item in self._list("case_mix")),
            minimum_n=self._whole("minimum_n", 1, 1000, 1),
            counter_measure=self._text("counter_measure") if "counter_measure" in self.raw else None,
            meaning=self._text("meaning"),
            check_sql=self._check_sql(),
            examples=self._examples(),
            family=self._one_of("family", (EFFICIENCY,)) if "family" in self.raw else "",
        )
        self._check_use(kpi)
        return kpi

    def _where(self, name: str) -> str:
        return f"{self.path.name}: {name}"

    def _wrong(self, name: str, expected: str, what: str = "the value cannot be used") -> KpiError:
        return KpiError(what, where=self._where(name), found=repr(self.raw.get(name)), expected=expected)

    def _check_names(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.path.stem):
            raise KpiError(
                "the file's name is the KPI's id", where=self.path.name, expected="small letters, digits and _"
            )
        for name in self.raw:
            if name not in REQUIRED + OPTIONAL:
                raise self._wrong(str(name), ", ".join(REQUIRED + OPTIONAL), "there is no such field")
        for name in REQUIRED:
            if name not in self.raw:
                raise KpiError("a field is missing", where=self._where(name), expected=", ".join(REQUIRED))

    def _text(self, name: str) -> str:
        value = self.raw[name]
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(name, "text")
        return " ".join(value.split())

    def _whole(self, name: str, least: int, most: int, default: int | None = None) -> int:
        value = self.raw.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(name, f"a whole number from {least} to {most}")
        return value

    def _number(self, name: str, least: float, most: float, default: float) -> float:
        value = self.raw.get(name, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(name, f"a number from {least:g} to {most:g}")
        return float(value)

    def _date(self, name: str) -> datetime.date:
        value = self.raw[name]
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise self._wrong(name, "a date such as 2026-01-31")
        return value

    def _one_of(self, name: str, choices: tuple[str, ...]) -> str:
        return self._one_of_value(name, self.raw[name], choices)

    def _one_of_value(self, name: str, value: Any, choices: tuple[str, ...]) -> str:
        if value not in choices:
            raise self._wrong(name, ", ".join(choices))
        return str(value)

    def _choice(self, name: str, kind: type[E]) -> E:
        return kind(self._one_of(name, tuple(kind)))

    def _list(self, name: str) -> list[Any]:
        value = self.raw.get(name, [])
        if not isinstance(value, list):
            raise self._wrong(name, "a list")
        return value

    def _columns(self, name: str, table: Table) -> tuple[str, ...]:
        return tuple(self._one_of_value(name, item, table.column_names) for item in self._list(name))

    def _parameters(self) -> dict[str, Parameter]:
        raw = self.raw.get("parameters", {})
        if not isinstance(raw, dict):
            raise self._wrong("parameters", "names with default, least and most")
        return {name: self._parameter(name, given) for name, given in raw.items()}

    def _parameter(self, name: str, given: Any) -> Parameter:
        known = {"default": float, "least": float, "most": float, "queue": bool, "meaning": str}
        if not isinstance(given, dict) or not {"default", "least", "most"} <= set(given) <= set(known):
            raise self._wrong("parameters", f"{name}: default, least, most; also queue and meaning")
        try:
            parameter = Parameter(name, **{key: known[key](value) for key, value in given.items()})
        except (TypeError, ValueError) as error:
            raise self._wrong("parameters", f"{name}: numbers") from error
        parameter.check(parameter.default, self._where(f"parameters.{name}.default"))
        return parameter

    def _expression(self, name: str, table: Table, parameters: Mapping[str, Parameter]) -> Expression | None:
        value = self.raw.get(name)
        if value is None:
            return None
        text = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
        expression = Expression(" ".join(text.split()), self._where(name))
        expression.check(table, frozenset(parameters))
        return expression

    def _parts(self, kind: Kind, table: Table, parameters: Mapping[str, Parameter]) -> dict[str, Expression]:
        for name in ALL_PARTS:
            if name in self.raw and name not in PARTS[kind]:
                raise self._wrong(
                    name, f"a {kind} has {' and '.join(PARTS[kind])}", "the field does not belong to this kind"
                )
        parts = {name: self._expression(name, table, parameters) for name in PARTS[kind]}
        missing = [name for name, expression in parts.items() if expression is None]
        if missing:
            raise KpiError(
                "a field is missing",
                where=self._where(missing[0]),
                expected=f"a {kind} has {' and '.join(PARTS[kind])}",
            )
        return {name: expression for name, expression in parts.items() if expression is not None}

    def _quantile(self, kind: Kind) -> float | None:
        if kind is Kind.HISTOGRAM:
            return self._number("quantile", 0.01, 0.99, 0.5)
        if "quantile" in self.raw:
            raise self._wrong("quantile", "only a histogram has a quantile", "the field does not belong to this kind")
        return None

    def _attribution(self, table: Table) -> Attribution:
        attribution = self._choice("attribution", Attribution)
        if attribution.column is not None and attribution.column not in table.column_names:
            raise self._wrong("attribution", f"a column of {table.name}, or none")
        return attribution

    def _check_sql(self) -> str:
        text = self.raw["check_sql"]
        if not isinstance(text, str) or "{table}" not in text:
            raise self._wrong("check_sql", "SQL over {table}")
        return text

    def _examples(self) -> tuple[Mapping[str, Any], ...]:
        examples = self._list("examples")
        if not examples or not all(isinstance(item, dict) and {"rows", "gives"} <= set(item) for item in examples):
            raise self._wrong("examples", "one or more, each with rows and gives")
        return tuple(examples)

    def _check_use(self, kpi: Kpi) -> None:
        unused = set(kpi.parameters) - kpi.mentions
        if unused:
            raise self._wrong("parameters", f"{', '.join(sorted(unused))} in an expression", "a parameter is not used")
        if kpi.direction is not None and "direction" not in kpi.table.column_names:
            raise self._wrong("direction", f"{kpi.table.name} has no direction")
        if any(parameter.queue for parameter in kpi.parameters.values()) and "queue_key" not in kpi.table.column_names:
            raise self._wrong("parameters", f"no queue parameter: {kpi.table.name} has no queue")
        if COMPLETE_THROUGH in kpi.mentions and kpi.pending is None:
            raise self._wrong("pending", f"what {COMPLETE_THROUGH} decides")
