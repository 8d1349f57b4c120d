"""Which behaviours go with customers' matters being settled, and with satisfied customers?

A behaviour is a question of an evaluation form. What was marked on a contact is held against whether that contact's customer came
again, and against what the same customer answered in a survey, each agent against herself alone (see `stats/associations.py`).
Only contacts that chance chose count: those that were looked for because of a complaint would tell of the looking.
What goes together need not be cause and effect.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.insight.rows import counted_rows, of_scope
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.query import Facts
from floorwalker.kpis.recalling import recall
from floorwalker.kpis.resolve import Resolver, read_dated
from floorwalker.stats.associations import Associations, associate, standing_out
from floorwalker.stats.cells import Array, Index

QUALITY, RESOLUTION, SATISFACTION = "quality_score", "first_contact_resolution", "csat_mean"
POINTS = 100.0
# Of those that are named, how many may be expected to be named wrongly.
RATE = 0.10
# Points of 100 below which it hardly matters to anybody.
SMALL = 5.0
ROW_BYTES = 40
DAY = timedelta(days=1)


class Outcome(StrEnum):
    """What may go with a behaviour."""

    RESOLUTION = "resolution"
    SATISFACTION = "satisfaction"


class Together(StrEnum):
    """What can be said of a behaviour and an outcome."""

    GOES = "goes"  # they go together
    HARDLY = "hardly"  # if they do, then by less than matters
    OPEN = "open"  # cannot tell yet: a range, but a wide one
    TOO_FEW = "too_few"  # cannot tell yet: too few contacts, or too much alike
    ALIKE = "alike"  # cannot be told apart from another question


@dataclass(frozen=True)
class Going:
    """What meeting a behaviour in full, not at all, goes with, in points of 100: likely between low and high.

    n: contacts on which both are known; agents: within whose contacts it was met now and then; rate: of false discoveries.
    """

    outcome: Outcome
    n: int
    agents: int
    effect: float | None
    low: float | None
    high: float | None
    rate: float | None
    together: Together


@dataclass(frozen=True)
class Behaviour:
    """One question of a form; met: the share of what was possible, on the contacts that any outcome is known of."""

    form: str
    code: str
    n: int
    met: float
    going: tuple[Going, ...]


@dataclass(frozen=True)
class Behaviours:
    """All of them, by form and question. known: by outcome how many of the evaluated contacts it is known of."""

    behaviours: tuple[Behaviour, ...]
    contacts: int
    known: dict[Outcome, int]

    def named(self, outcome: Outcome) -> tuple[Behaviour, ...]:
        """Those that go with the outcome."""
        return tuple(
            one
            for one in self.behaviours
            if any(going.outcome is outcome and going.together is Together.GOES for going in one.going)
        )


def read_behaviours(facts: Facts, period: Period, where: Where) -> Behaviours | None:
    """Every question by which contacts of these days were marked; None where none was."""
    rows = _read(facts, period, where)
    if not len(rows.contact):
        return None
    tried = [_Tried(form, outcome, rows) for form in range(len(rows.forms)) for outcome in Outcome]
    # One list of discoveries for each outcome, over all forms together.
    rates = {
        outcome: iter(standing_out(np.concatenate([one.found.p for one in tried if one.outcome is outcome])))
        for outcome in Outcome
    }
    going = [_going(one, rates[one.outcome]) for one in tried]
    by_form = [going[place : place + len(Outcome)] for place in range(0, len(going), len(Outcome))]
    behaviours = tuple(
        Behaviour(name, rows.codes[code], n, met, tuple(of_outcome[place] for of_outcome in of_form))
        for form, (name, of_form) in enumerate(zip(rows.forms, by_form, strict=True))
        for place, (code, n, met) in enumerate(rows.asked(form))
    )
    return Behaviours(behaviours, rows.contacts, {one: int(np.isfinite(rows.outcome[one]).sum()) for one in Outcome})


def _going(tried: _Tried, rates: Iterator[float]) -> list[Going]:
    found = tried.found
    return [_one(tried.outcome, found, place, float(next(rates))) for place in range(len(found.p))]


def _one(outcome: Outcome, found: Associations, place: int, rate: float) -> Going:
    n, agents = int(found.n[place]), int(found.agents[place])
    if not np.isfinite(rate):
        together = Together.ALIKE if found.enough[place] else Together.TOO_FEW
        return Going(outcome, n, agents, None, None, None, None, together)
    effect, low, high = (POINTS * float(values[place]) for values in (found.estimate, found.low, found.high))
    if rate <= RATE:
        together = Together.GOES
    else:
        together = Together.HARDLY if low > -SMALL and high < SMALL else Together.OPEN
    return Going(outcome, n, agents, effect, low, high, rate, together)


@dataclass(frozen=True)
class _Rows:
    """Answers, numbered: of which marked part of a contact, to which question, the share of what was possible.

    of: by marked part its agent, form, kind of contact; outcome: (parts,) 0 to 1, nan where unknown. contacts: marked at all.
    """

    contact: Index
    code: Index
    share: Array
    agent: Index
    form: Index
    kind: Index
    outcome: dict[Outcome, Array]
    forms: tuple[str, ...]
    codes: tuple[str, ...]
    contacts: int

    def asked(self, form: int) -> list[tuple[int, int, float]]:
        """The form's questions by number, with how often each was answered and how well."""
        mine = self.form[self.contact] == form
        n = np.bincount(self.code[mine], minlength=len(self.codes))
        total = np.bincount(self.code[mine], self.share[mine], minlength=len(self.codes))
        return [(int(code), int(n[code]), float(total[code] / n[code])) for code in np.flatnonzero(n)]

    def answers(self, form: int, parts: Index) -> Array:
        """(parts, questions) of the form, nan where a question did not apply. parts: their numbers, rising."""
        codes = [code for code, _, _ in self.asked(form)]
        table = np.full((len(parts), len(codes)), np.nan)
        mine = np.isin(self.contact, parts)
        row = np.searchsorted(parts, self.contact[mine])
        table[row, np.searchsorted(codes, self.code[mine])] = self.share[mine]
        return table


class _Tried:
    """One form held against one outcome."""

    def __init__(self, form: int, outcome: Outcome, rows: _Rows) -> None:
        parts = np.flatnonzero((rows.form == form) & np.isfinite(rows.outcome[outcome]))
        agent = np.unique(rows.agent[parts], return_inverse=True)[1]
        self.outcome = outcome
        self.found = associate(rows.outcome[outcome][parts], rows.answers(form, parts), agent, rows.kind[parts])


def _read(facts: Facts, period: Period, where: Where) -> _Rows:
    query = _query(facts, period, where)
    return recall(
        facts, ("behaviours", query), lambda: _numbered(facts.sql(query)), lambda r: ROW_BYTES * len(r.contact)
    )


def _query(facts: Facts, period: Period, where: Where) -> str:
    """A row an answer: whoever scored a contact, every question's mean over them; each with the outcomes of that contact."""
    kpi = find_kpi(QUALITY, catalogue())
    resolver = Resolver(facts, read_dated(facts), kpi.attribution.column)
    joins, conditions = of_scope(kpi, where, resolver, told=("agent",))
    marked = (
        f"select {resolver.expression('agent')} as agent, c.contact_key, c.identity_key,"
        " concat_ws(chr(31), hex(c.queue_key), c.channel, c.reason) as kind,"
        " coalesce(c.form, '') as form, unnest(map_entries(c.criteria)) as answer"
        f" from (select * from {facts.relation(kpi.table.name, period.first, period.last)}"
        f" where local_day between {literal(period.first)} and {literal(period.last)} and criteria is not null"
        " and identity_key is not null and contact_key is not null and selection = 'random'"
        " and purpose in ('official', 'calibration')) c"
        f" {joins} where {conditions}"
    )
    # A contact's own day is a site's; what a survey tells of it may lie on the next one.
    near = Period(period.first - DAY, period.last + DAY)
    settled, asked = (find_kpi(name, catalogue()) for name in (RESOLUTION, SATISFACTION))
    of_settled = counted_rows(facts, settled, near, Resolver(facts, read_dated(facts), settled.attribution.column))
    of_asked = counted_rows(facts, asked, near, Resolver(facts, read_dated(facts), asked.attribution.column))
    direction = f" where direction = '{settled.direction}'" if settled.direction else ""
    return (
        f"with marked as ({marked}),"
        f" settled as (select contact_key, first_agent as identity_key, avg(told::integer) as resolution"
        f" from ({of_settled}){direction} group by all),"
        " asked as (select contact_key, identity_key, avg((told - scale_least) / (scale_most - scale_least)) as satisfaction"
        f" from ({of_asked}) where scale_most > scale_least group by all)"
        " select agent, contact_key as contact, form, min(kind) as kind, answer.key as code, avg(answer.value) as share,"
        " min(resolution) as resolution, min(satisfaction) as satisfaction"
        " from marked left join settled using (contact_key, identity_key) left join asked using (contact_key, identity_key)"
        " where answer.value is not null group by agent, contact_key, form, answer.key order by form, contact, agent, code"
    )


def _numbered(table: pa.Table) -> _Rows:
    agent, _ = _numbers(table["agent"])
    code, codes = _numbers(table["code"])
    form, forms = _numbers(table["form"])
    kind, _ = _numbers(table["kind"])
    whole, _ = _numbers(table["contact"])
    outcome = {one: np.asarray(pc.fill_null(table[one], np.nan)) for one in Outcome}
    part = np.stack([form, whole, agent])
    _, first, place = np.unique(part, axis=1, return_index=True, return_inverse=True)
    return _Rows(
        contact=place.ravel(),
        code=code,
        share=np.asarray(table["share"]),
        agent=agent[first],
        form=form[first],
        kind=kind[first],
        outcome={one: values[first] for one, values in outcome.items()},
        forms=forms,
        codes=codes,
        contacts=len(first),
    )


def _numbers(column: pa.ChunkedArray) -> tuple[Index, tuple[str, ...]]:
    """The values numbered in their own order."""
    values = sorted(pc.unique(column).to_pylist())
    return np.asarray(pc.index_in(column, value_set=pa.array(values, column.type))).astype(np.int64), tuple(values)
