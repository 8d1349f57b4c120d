"""What do the facts know of these contacts? Who dealt with them last, where, about what, and whether they are over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa
from django.conf import settings

from floorwalker.apps.people.lake import lake as lake
from floorwalker.facts.tables import KEY
from floorwalker.ingest.customers import CustomerKeys, open_customer_keys

# Older ones are asked about by nobody.
REACH = timedelta(days=28)


@dataclass(frozen=True)
class Contact:
    """One contact as the facts tell it; an answer is about the agent who dealt with it last."""

    contact_key: bytes
    site_key: bytes
    entered_at: datetime
    ended_at: datetime | None
    handled: bool | None
    last_agent: bytes | None
    queue_key: bytes | None
    channel: str | None
    direction: str | None
    reason: str | None
    customer_key: bytes | None

    @property
    def is_over(self) -> bool:
        """Whether it has ended, so that there is something to ask about."""
        return self.ended_at is not None


COLUMNS = tuple(Contact.__dataclass_fields__)


def read_contacts(named: Mapping[bytes, bytes], on: date) -> dict[bytes, Contact]:
    """By the key of what was named, its contact in the facts of the last four weeks.

    named: by the key that an id has as a contact's, the key that it has as a call's. Of a call with several contacts it is
    the last that an agent dealt with, once all of them are over.
    """
    snapshot = lake().snapshot()
    asked = pa.table({"named": pa.array(list(named), KEY), "chain": pa.array(list(named.values()), KEY)})
    relation = snapshot.relation("contact", on - REACH, on + timedelta(days=1))
    columns = ", ".join(f"c.{name}" for name in COLUMNS)
    query = f"""
    with found as (
      select a.named, true as is_exact, {columns} from asked a join {relation} c on c.contact_key = a.named
      union all
      select a.named, false as is_exact, {columns} from asked a join {relation} c on c.chain_key = a.chain
    ), known as (
      select *, bool_and(ended_at is not null) over (partition by named) as all_over from found
    )
    select named, {", ".join(COLUMNS)} from known where is_exact or all_over
    qualify row_number() over (
      partition by named order by is_exact desc, coalesce(handled, false) desc, entered_at desc, contact_key) = 1"""
    rows = snapshot.sql(query, asked=asked).to_pylist()
    return {row.pop("named"): Contact(**row) for row in rows}


def known_sources() -> list[tuple[str, str]]:
    """The sources of which contacts can be named, each with the system that it was read from."""
    snapshot = lake().snapshot()
    query = f"select distinct source, origin from {snapshot.relation('contact')} c order by all"
    return [(row["source"], row["origin"]) for row in snapshot.sql(query).to_pylist()]


def customer_keys() -> CustomerKeys:
    """What turns an address into the key of a customer, and forgets those who asked for it."""
    return open_customer_keys(settings.FLOORWALKER.keys, lake_has_rows=bool(lake().snapshot().current.tables))
