"""Which SQL may a KPI definition use, and how is it written for the query engine?

Definitions use a small subset that means the same in every engine: columns of one fact table, declared parameters,
`complete_through`, of segments `evaluated`, comparisons, arithmetic, `case` and a few functions. Everything else is refused
when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import sqlglot
from sqlglot import exp

from floorwalker.errors import KpiError
from floorwalker.facts.tables import SEGMENT, Table

COMPLETE_THROUGH = "complete_through"
# Whether somebody evaluated that agent's part of the contact: what only `evaluation` knows, asked of it with each question.
EVALUATED = "evaluated"
SECONDS_BETWEEN = "seconds_between"
FUNCTIONS = ("coalesce", "least", "greatest", "abs", "floor", "ceil", "nullif", SECONDS_BETWEEN)

_ALLOWED: tuple[type[exp.Expr], ...] = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between,
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Case, exp.If, exp.Coalesce, exp.Least, exp.Greatest, exp.Abs,
    exp.Floor, exp.Ceil, exp.Nullif, exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null,
)  # fmt: skip


@dataclass(frozen=True)
class Expression:
    """One checked expression over the columns of one fact table."""

    text: str
    where: str

    @cached_property
    def _tree(self) -> exp.Expr:
        return _parse(self.text, self.where)

    @cached_property
    def names(self) -> frozenset[str]:
        """The columns, parameters and `complete_through` that it mentions."""
        return frozenset(column.name for column in self._tree.find_all(exp.Column))

    def check(self, table: Table, parameters: frozenset[str]) -> None:
        """Raise KpiError where it uses something that it may not use."""
        for node in self._tree.walk():
            if isinstance(node, exp.Anonymous) and node.name.lower() == SECONDS_BETWEEN and len(node.expressions) == 2:
                continue
            if not isinstance(node, _ALLOWED):
                raise _refused(self, f"{type(node).__name__}: {node.sql()}", f"columns, {', '.join(FUNCTIONS)}, case")
            if isinstance(node, exp.Column) and (node.table or node.name not in _known(table, parameters)):
                raise _refused(self, node.sql(), f"a column of {table.name}, a parameter or {COMPLETE_THROUGH}")

    def sql(self, names: Mapping[str, str]) -> str:
        """The expression for the query engine, every name replaced by the SQL that `names` gives for it."""
        return _MARKED.sub(lambda match: names[match[1]], self._marked)

    @cached_property
    def _marked(self) -> str:
        """The engine's SQL with every name marked, written once: parsing costs more than many a query."""
        return self._tree.copy().transform(_mark).sql(dialect="duckdb")


def _parse(text: str, where: str) -> exp.Expr:
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise KpiError("the expression cannot be read", where=where, found=text) from error
    if tree is None:
        raise KpiError("the expression is empty", where=where, found=text)
    return tree


def _known(table: Table, parameters: frozenset[str]) -> frozenset[str]:
    of_segments = {EVALUATED} if table is SEGMENT else set()
    return parameters | {COMPLETE_THROUGH} | of_segments | set(table.column_names)


_MARK = "\x1f"
_MARKED = re.compile(f'"{_MARK}(\\w+){_MARK}"')


def _mark(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Column):
        return exp.column(exp.to_identifier(f"{_MARK}{node.name}{_MARK}", quoted=True))
    if isinstance(node, exp.Anonymous):
        start, end = (argument.copy().transform(_mark).sql(dialect="duckdb") for argument in node.expressions)
        # Whole microseconds first: an interval's epoch loses fractions on some engines.
        return sqlglot.parse_one(f"((epoch_us({end}) - epoch_us({start})) / 1e6)", dialect="duckdb")
    return node


def _refused(expression: Expression, found: str, expected: str) -> KpiError:
    return KpiError(
        "the expression uses what definitions may not use", where=expression.where, found=found, expected=expected
    )
