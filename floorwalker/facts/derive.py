"""Which facts about a row need several rows? Repeat contacts of a customer, and the team that data states for a person.

Facts, not verdicts: the seconds to a customer's next and previous contact, on the same reason and on any, up to 28
days; and which contact of a chain was the first that somebody handled. Contacts of one chain are one contact; outbound
contacts and promised callbacks neither repeat nor are repeated. Recomputed for just the customers that a load touches.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from floorwalker.facts.relations import DIMENSIONS
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.staging import Staging
from floorwalker.facts.tables import CONTACT

REPEAT_DAYS = 28
REPEAT_SECONDS = REPEAT_DAYS * 86_400
CONTACTS_PER_BATCH = 300_000
FIRST_HANDLED = "first_handled_in_chain"
DERIVED_COLUMNS = tuple(column.name for column in CONTACT.columns if column.derived)
REPEAT_COLUMNS = tuple(name for name in DERIVED_COLUMNS if name != FIRST_HANDLED)

# Of the contacts that repeat or are repeated, what is asked to know which.
KNOWN_OF_A_CONTACT = "contact_key, chain_key, customer_key, queue_key, reason, entered_at, handled, local_day"
_MAY_REPEAT = "h.customer_key is not null and h.direction = 'inbound' and not coalesce(h.promised_callback, false)"

_REPEATS = """
create or replace table repeats as
with chain as (
  select chain_key, customer_key, min(entered_at) as entered_at,
    arg_min(coalesce(reason, hex(queue_key), ''), (entered_at, contact_key)) as reason
  from contact_of_group group by chain_key, customer_key
), gap as (
  select chain_key, customer_key,
    epoch(lead(entered_at) over same - entered_at) as next_same, epoch(entered_at - lag(entered_at) over same) as previous_same,
    epoch(lead(entered_at) over any_reason - entered_at) as next_any,
    epoch(entered_at - lag(entered_at) over any_reason) as previous_any
  from chain
  window same as (partition by customer_key, reason order by entered_at, chain_key),
    any_reason as (partition by customer_key order by entered_at, chain_key)
)
select chain_key, customer_key, {within} from gap
where least(next_any, previous_any) <= {limit}
"""


# A call that flowed out of its first queue and was answered in the next is a first contact all the same.
_FIRST_HANDLED = """
create or replace table first_handled as
select chain_key, customer_key, arg_min(contact_key, (entered_at, contact_key)) filter (where handled) as contact_key
from contact_of_group group by chain_key, customer_key having count(*) > 1
"""

_DERIVED = f"""
select k.contact_key, k.local_day, {", ".join(f"r.{name}" for name in REPEAT_COLUMNS)},
  case when f.chain_key is not null then k.contact_key = f.contact_key end as {FIRST_HANDLED}
from contact_of_group as k
left join repeats as r on k.chain_key = r.chain_key and k.customer_key = r.customer_key
left join first_handled as f on k.chain_key = f.chain_key and k.customer_key = f.customer_key
where r.chain_key is not null or f.chain_key is not null
"""


def derive_repeats(staging: Staging, snapshot: Snapshot, *, gone: bool = False) -> list[date]:
    """Fill the repeat columns of `fresh_contact`, and add the earlier rows that they concern (arrival null).

    gone: whether `gone_contact` holds rows that leave the lake with this load. Returns the days of `fresh_contact`.
    """
    engine = staging.engine
    span = engine.rows(
        f"select min(local_day) as a, max(local_day) as b from (select local_day from fresh_contact {_gone_days(gone)})"
    )[0]
    if span["a"] is None:
        return []
    first, last = span["a"], span["b"]
    # Rows within reach may change; to know how, one must see what lies within reach of them.
    reach = timedelta(days=REPEAT_DAYS + 1)
    near = snapshot.relation("contact", first - reach, last + reach)
    far = snapshot.relation("contact", first - 2 * reach, last + 2 * reach)
    engine.run(
        f"""create or replace table touched_customer as
        select customer_key from fresh_contact where customer_key is not null
        union select h.customer_key from {near} as h
        where h.customer_key is not null and h.contact_key in (select contact_key from fresh_contact)
        {"union select customer_key from gone_contact where customer_key is not null" if gone else ""}"""
    )
    of_touched = f"""h.customer_key in (select customer_key from touched_customer)
      and h.contact_key not in (select contact_key from fresh_contact)
      {"and h.contact_key not in (select contact_key from gone_contact)" if gone else ""}"""
    relations = f"fresh_contact as h where {_MAY_REPEAT}", f"{far} as h where {of_touched} and {_MAY_REPEAT}"
    _hold_those_who_return(staging, relations)
    _derive_by_groups(staging)
    columns = ", ".join(CONTACT.column_names)
    filled = ", ".join(f"d.{name}" for name in DERIVED_COLUMNS)
    staging.add_fresh(CONTACT, f"select {columns}, null::bigint as arrival from {near} as h where {of_touched}")
    staging.reshape_fresh(
        CONTACT,
        f"""select k.* exclude ({", ".join(DERIVED_COLUMNS)}), {filled} from {{rows}} as k
          left join (from derived_of_contact where {{on_days}}) as d on k.contact_key = d.contact_key""",
    )
    return [row["d"] for row in engine.rows("select distinct local_day as d from fresh_contact")]


def _hold_those_who_return(staging: Staging, relations: Sequence[str]) -> None:
    """View `contact_known`: the contacts of customers with more than one; those who come once need no order."""
    customers = " union all ".join(f"select h.customer_key from {relation}" for relation in relations)
    staging.engine.run(
        f"""create or replace table returning_customer as
        select customer_key from ({customers}) group by customer_key having count(*) > 1"""
    )
    known = " union all ".join(
        f"select {KNOWN_OF_A_CONTACT} from {relation} and h.customer_key in (from returning_customer)"
        for relation in relations
    )
    staging.hold("contact_known", known)
    staging.engine.run("drop table returning_customer")


def _derive_by_groups(staging: Staging) -> None:
    """View `derived_of_contact`, for one group of customers after the other, so that memory stays bounded."""
    groups = staging.count("contact_known") // CONTACTS_PER_BATCH + 1
    for group in range(groups):
        staging.engine.run(
            "create or replace table contact_of_group as "
            f"from contact_known where hash(customer_key) % {groups} = {group}"
        )
        staging.engine.run(_REPEATS.format(within=_within(), limit=REPEAT_SECONDS))
        staging.engine.run(_FIRST_HANDLED)
        staging.hold("derived_of_contact", _DERIVED, more=group > 0)
    for name in ("contact_of_group", "repeats", "first_handled"):
        staging.engine.run(f"drop table {name}")


def _within() -> str:
    sources = {
        "next_same_reason_seconds": "next_same",
        "previous_same_reason_seconds": "previous_same",
        "next_any_reason_seconds": "next_any",
        "previous_any_reason_seconds": "previous_any",
    }
    return ", ".join(
        f"case when {sources[name]} <= {REPEAT_SECONDS} then cast({sources[name]} as bigint) end as {name}"
        for name in REPEAT_COLUMNS
    )


def _gone_days(gone: bool) -> str:
    return "union all select local_day from gone_contact" if gone else ""


_OBSERVED = """
with stated as (
  select identity_key, local_day, arg_max(observed_team_key, n) as observed_team_key from (
    select identity_key, local_day, observed_team_key, count(*) as n from ({stated}) group by all
  ) group by all
), run as (
  select *, coalesce(lag(observed_team_key) over w is distinct from observed_team_key, true) as changed,
    row_number() over w = 1 as first
  from stated window w as (partition by identity_key order by local_day)
)
select identity_key, observed_team_key, case when not first then local_day end as from_day,
  lead(local_day) over (partition by identity_key order by local_day) as to_day
from run where changed
"""


def observed_memberships(staging: Staging, snapshot: Snapshot) -> bool:
    """Fill table `observed_membership` from what facts state, for the identities that this load touched.

    One membership from each change of the stated team to the next; the first known team counts for all earlier days.
    Where a day states several, the one stated most often. Returns whether anything is stated at all.
    """
    engine = staging.engine
    named = ["segment", "survey", "evaluation", "state_interval", "alert"]
    staged = " union all ".join(
        f"select identity_key from fresh_{name} where observed_team_key is not null and identity_key is not null"
        for name in named
    )
    engine.run(f"create or replace table touched_member as select distinct identity_key from ({staged})")
    if staging.count("touched_member") == 0:
        return False
    stated = " union all ".join(
        f"select identity_key, local_day, observed_team_key from {snapshot.relation(name)} as held "
        "where observed_team_key is not null and identity_key in (select identity_key from touched_member)"
        for name in named
    )
    names = ", ".join(DIMENSIONS["observed_membership"].names)
    engine.run(
        f"""create or replace table observed_membership as
        select {names} from ({_OBSERVED.format(stated=stated)})
        union all select {names} from {snapshot.relation("observed_membership")} as held
        where identity_key not in (select identity_key from touched_member)"""
    )
    return True
