"""How is one customer forgotten everywhere? The list that loads read, then the lake, then rows kept as raw text, then what contexts keep.

Every step can be repeated, and the list comes first: whatever is killed, running it again finishes it, and no load in
between brings the customer back.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.people.actions import note_erased_customer
from floorwalker.config import Config
from floorwalker.facts import erasure
from floorwalker.facts.current import locked
from floorwalker.facts.lake import Lake
from floorwalker.facts.tables import TABLES
from floorwalker.ingest.customers import open_customer_keys, remember_erased
from floorwalker.ingest.store import IntakeStore
from floorwalker.jobs.finding import offers
from floorwalker.jobs.rolling import roll_up_days

BETWEEN_DIGITS = r"[\s().\-/]*"
LEAST_DIGITS = 5
SUBSCRIBER_DIGITS = 9


@dataclass(frozen=True)
class Customer:
    """Whom to forget: the keys that the number or address has, and how it is recognised in raw text."""

    keys: frozenset[bytes]
    pattern: re.Pattern[str]


def find_customer(config: Config, lake: Lake, text: str, countries: Collection[str | None]) -> Customer:
    """The customer behind a number or address as written, read with each of these countries."""
    has_rows = not TABLES.keys().isdisjoint(lake.snapshot().current.tables)
    customers = open_customer_keys(config.keys, lake_has_rows=has_rows)
    # Where a site states no country, a log's own way of writing a number is its key: with and without what parts digits.
    written = {text.strip(), re.sub(BETWEEN_DIGITS, "", text)}
    found = {customers.key_before_erasure(form, country) for form in written for country in countries}
    return Customer(frozenset(key for key in found if key is not None), _recognise(text.strip()))


def _recognise(text: str) -> re.Pattern[str]:
    """The number in any of its spellings, or the address in any case."""
    digits = re.sub(r"\D", "", text).lstrip("0")
    if "@" in text or len(digits) < LEAST_DIGITS:
        return re.compile(rf"(?<![\w.+-]){re.escape(text)}(?!\w)", re.IGNORECASE)
    # The last nine digits tell a subscriber, whether a country code or a national prefix stands before them.
    # A shorter number must stand alone: the end of a time in a log is nobody's.
    begins = "" if len(digits) >= SUBSCRIBER_DIGITS else r"(?<!\d)0{0,2}"
    return re.compile(begins + BETWEEN_DIGITS.join(digits[-SUBSCRIBER_DIGITS:]) + r"(?!\d)")


def count(config: Config, lake: Lake, customer: Customer) -> dict[str, int]:
    """By table, how many rows would lose the customer's key, and how many rejected or flagged rows would go."""
    kept = IntakeStore(config.intake).mentioning(customer.pattern)
    rows = {**erasure.count_rows(lake.snapshot(), customer.keys), **({"rejects and flags": kept} if kept else {})}
    contacts = erasure.contacts_of(lake.snapshot(), customer.keys)
    for count_contacts in offers("count_contacts").values():
        rows |= count_contacts(contacts)
    for count_customer in offers("count_customer").values():
        rows |= count_customer(customer.keys, customer.pattern)
    return rows


def erase(config: Config, lake: Lake, customer: Customer, *, by: str, at: datetime) -> dict[str, int]:
    """Forget the customer; by table, how many rows lost the key or went. The audit trail tells that, and not whom."""
    with locked(config.keys / ".erasing"):  # two at once would each write the list without the other's customer
        remember_erased(config.keys, customer.keys)
        erasure.wait_for_loads(config.intake / "staging")
        # Before the lake forgets whose they were: afterwards nobody could find them.
        forgotten_contacts = _forget_contacts(lake, customer, at)
        rows = erasure.erase(lake, customer.keys, roll_up_days) | forgotten_contacts
        forgotten = IntakeStore(config.intake).forget(customer.pattern)
    if forgotten:
        rows["rejects and flags"] = forgotten
    for forget_customer in offers("forget_customer").values():
        rows |= forget_customer(customer.keys, customer.pattern, at=at)
    note_erased_customer(rows, by=by, at=at)
    return rows


def _forget_contacts(lake: Lake, customer: Customer, at: datetime) -> dict[str, int]:
    """What contexts keep by the contact, such as recordings."""
    rows: dict[str, int] = {}
    contacts = erasure.contacts_of(lake.snapshot(), customer.keys)
    for forget_contacts in offers("forget_contacts").values():
        rows |= forget_contacts(contacts, at=at)
    return rows
