"""How do a source's named rows become the lake's keyed rows?

Names become keys and are remembered as sightings, customers become keyed hashes, and every row is stamped with its
source, site, load and the site's local day and minute. Names and numbers go no further than this room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.errors import SourceError
from floorwalker.facts.engine import Engine
from floorwalker.facts.keys import fact_key, site_key
from floorwalker.facts.tables import KEY, SOURCE_EVENT, TEXT, Column, Refers, Table
from floorwalker.ingest.customers import CustomerKeys
from floorwalker.ingest.distinct import by_distinct
from floorwalker.ingest.source import Site

SEEN = frozenset({Refers.AGENT, Refers.QUEUE, Refers.TEAM, Refers.EVALUATOR})


@dataclass(frozen=True)
class Sighted:
    """A name as a source writes it, and the key that stands for it."""

    kind: str
    key: bytes
    name: str


@dataclass
class Keying:
    """Keys the rows of one load; `sighted` collects the names that it met."""

    source: str
    origin: str
    load_id: str
    site: Site
    sites: Mapping[str, Site]
    customers: CustomerKeys
    engine: Engine
    sighted: dict[bytes, Sighted] = field(default_factory=dict)

    def rows(self, table: Table, named: pa.Table) -> pa.Table:
        """Named rows in, the lake's rows out (derived columns are left null)."""
        self._check(table, named)
        columns: dict[str, pa.ChunkedArray] = {}
        named = self._without_numbers(table, named)
        site_codes = self._site_codes(named)
        for column in table.given:
            if column.given in named.column_names:
                columns[column.name] = self._column(table, column, named[column.given], site_codes)
        if "chain_key" in table.column_names:
            columns["chain_key"] = self._chain(columns.get("chain_key"), named)
        columns["site_key"] = by_distinct(site_codes, site_key, KEY)
        days = self._instants(table, named)
        columns |= self.stamp(days, site_codes)
        return complete(table, columns, named.num_rows)

    def stamp(self, instants: pa.ChunkedArray, site_codes: pa.ChunkedArray | None) -> dict[str, pa.ChunkedArray]:
        """The columns that every row carries; day and minute are the site's own."""
        count = len(instants)
        day, minute = self._local(instants, site_codes)
        return {
            "source": _repeat(self.source, count),
            "origin": _repeat(self.origin, count),
            "load_id": _repeat(self.load_id, count),
            "local_day": day,
            "local_minute": minute,
        }

    def _check(self, table: Table, named: pa.Table) -> None:
        allowed = set(table.named_schema.names)
        strange = [name for name in named.column_names if name not in allowed]
        if strange:
            raise SourceError(
                f"the source gives columns that table {table.name} does not have",
                where=self.source,
                found=", ".join(strange),
                expected=", ".join(sorted(allowed)),
            )

    def _without_numbers(self, table: Table, named: pa.Table) -> pa.Table:
        """An event's id is its whole line: the customer's number in it gives way to what only the secret can make of it."""
        if table is not SOURCE_EVENT or "customer" not in named.column_names:
            return named
        ids = pa.table(
            {
                "id": named["event_id"].cast(TEXT),
                "number": named["customer"].cast(TEXT),
                "pseudonym": self.customers.pseudonyms(named["customer"].cast(TEXT)),
            }
        )
        told = "select coalesce(replace(id, nullif(number, ''), pseudonym), id) as id from ids"
        return named.set_column(named.column_names.index("event_id"), "event_id", self.engine.sql(told, ids=ids)["id"])

    def _site_codes(self, named: pa.Table) -> pa.ChunkedArray:
        if "site" not in named.column_names:
            return _repeat(self.site.code, named.num_rows)
        return pc.fill_null(named["site"], self.site.code)

    def _column(self, table: Table, column: Column, values: pa.ChunkedArray, sites: pa.ChunkedArray) -> pa.ChunkedArray:
        if column.refers_to is None:
            return values.cast(column.type)
        if column.refers_to in SEEN:
            return self._names(values.cast(TEXT), column.refers_to)
        if column.refers_to is Refers.CUSTOMER:
            return self._customers(values.cast(TEXT), sites)
        if column.refers_to is Refers.SITE:
            return values
        kind = table.name if column.refers_to is Refers.SELF else str(column.refers_to)
        return self._ids(values.cast(TEXT), kind)

    def _names(self, values: pa.ChunkedArray, kind: Refers) -> pa.ChunkedArray:
        def key_of(name: str) -> bytes:
            key = fact_key(self.source, self.origin, kind, name)
            self.sighted.setdefault(key, Sighted(kind, key, name))
            return key

        return by_distinct(values, key_of, KEY)

    def _customers(self, values: pa.ChunkedArray, sites: pa.ChunkedArray) -> pa.ChunkedArray:
        countries = {site.country for site in self.sites.values()}
        if len(countries) == 1:
            return self.customers.column(values, next(iter(countries)))
        result = pa.chunked_array([pa.nulls(len(values), KEY)])
        for code in pc.unique(sites).to_pylist():
            here = pc.equal(sites, code)
            mine = pc.if_else(here, values, pa.scalar(None, TEXT))
            result = pc.if_else(here, self.customers.column(mine, self.sites[code].country), result)
        return result

    def _ids(self, values: pa.ChunkedArray, kind: str) -> pa.ChunkedArray:
        """Keys of ids that hardly repeat: digested by the engine, which is quicker than a loop."""
        query = "select fact_key($source, $origin, $kind, id) as key from ids"
        parameters = {"source": self.source, "origin": self.origin, "kind": kind}
        return self.engine.sql(query, parameters, ids=pa.table({"id": values}))["key"]

    def _chain(self, given: pa.ChunkedArray | None, named: pa.Table) -> pa.ChunkedArray:
        own = self._ids(named["contact_id"].cast(TEXT), Refers.CHAIN)
        return own if given is None else pc.coalesce(given, own)

    def _instants(self, table: Table, named: pa.Table) -> pa.ChunkedArray:
        fallbacks = {"call_at": "happened_at"}
        instants = named[table.day_from]
        if table.day_from in fallbacks:
            instants = pc.coalesce(instants, named[fallbacks[table.day_from]])
        return instants

    def _local(
        self, instants: pa.ChunkedArray, sites: pa.ChunkedArray | None
    ) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
        local = pa.chunked_array([pa.nulls(len(instants), pa.timestamp("us"))])
        codes = [self.site.code] if sites is None else pc.unique(sites).to_pylist()
        for code in codes:
            here = pc.local_timestamp(instants.cast(pa.timestamp("us", tz=self.sites[code].timezone)))
            local = here if len(codes) == 1 else pc.if_else(pc.equal(sites, code), here, local)
        minute = pc.add(pc.multiply(pc.hour(local), 60), pc.minute(local)).cast(pa.int16())
        return local.cast(pa.date32()), minute


def complete(table: Table, columns: Mapping[str, pa.ChunkedArray], count: int) -> pa.Table:
    """A table of the lake's form, missing columns null."""
    arrays = [columns.get(field.name, pa.chunked_array([pa.nulls(count, field.type)])) for field in table.schema]
    return pa.table(
        [array.cast(field.type) for array, field in zip(arrays, table.schema, strict=True)], schema=table.schema
    )


def _repeat(value: str, count: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.repeat(pa.scalar(value, TEXT), count)])
