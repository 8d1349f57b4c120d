"""What does each line of a queue_log say? Lines in, events out; lines that say nothing readable are rejected.

Parameters differ by event and by version (1.2 to today), so they are taken where every version agrees: hold and talk of
a completed call from the front, of a transfer from the end. Unknown events are kept and counted, never refused.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.ingest.source import Flag, Mapped, Page, Reject, Request
from floorwalker.sources.asterisk_queue_log.fetch import Block

CALL_EVENTS = frozenset(
    """DID ENTERQUEUE CONNECT COMPLETEAGENT COMPLETECALLER ABANDON EXITWITHTIMEOUT EXITEMPTY EXITWITHKEY WITHDRAW
    RINGNOANSWER RINGCANCELED TRANSFER BLINDTRANSFER ATTENDEDTRANSFER AGENTDUMP SYSCOMPAT OUTCALL
    OUTDIAL OUTANSWER OUTCANCEL OUTCHANUNAVAIL OUTCONGESTION OUTTRANSFER OUTNOANSWER OUTBUSY OUTFAILED""".split()
)
AGENT_EVENTS = frozenset(
    """ADDMEMBER REMOVEMEMBER PAUSE UNPAUSE PAUSEALL UNPAUSEALL PENALTY RINGINUSE AGENTLOGIN AGENTLOGOFF
    AGENTCALLBACKLOGIN AGENTCALLBACKLOGOFF""".split()
)
SYSTEM_EVENTS = frozenset({"QUEUESTART", "CONFIGRELOAD"})
KNOWN_EVENTS = CALL_EVENTS | AGENT_EVENTS | SYSTEM_EVENTS

# Instants outside these are a damaged line, not a call: 1990 and 2100.
EARLIEST, LATEST = 631_152_000, 4_102_444_800

# Where each line of PBXware's export becomes the same set of fields as a line of the file.
FIELDS = pa.schema(
    [
        ("line", pa.int64()),
        ("record", pa.string()),
        ("epoch", pa.string()),
        ("call", pa.string()),
        ("queue", pa.string()),
        ("agent", pa.string()),
        ("event", pa.string()),
        ("p", pa.list_(pa.string())),
        ("hold", pa.string()),
        ("talk", pa.string()),
    ]
)

_SPLIT = """
select line, record, p[1] as epoch, p[2] as call, p[3] as queue, p[4] as agent, p[5] as event, p[6:] as p,
  null::varchar as hold, null::varchar as talk
from (select line, record, string_split(record, '|') as p from fields)
"""

# n(i): the i-th parameter as a number of seconds, null when it is none; from the end where transfers differ in length.
_EVENTS = r"""
with field as (
  select *, case when regexp_full_match(epoch, '\d{{9,10}}') then cast(epoch as bigint) end as second,
    coalesce(regexp_full_match(event, '[A-Za-z0-9_]{{2,40}}'), false) as named,
    case when event not in ('RINGNOANSWER', 'RINGCANCELED', 'OUTANSWER') then coalesce(try_cast(hold as double), case
      when event in ('COMPLETEAGENT', 'COMPLETECALLER', 'CONNECT') then {n1}
      when event in ('ABANDON', 'EXITEMPTY', 'EXITWITHTIMEOUT', 'WITHDRAW') then {n3}
      when event = 'EXITWITHKEY' then try_cast(p[4] as double)
      when event = 'TRANSFER' then {n3}
      when event in ('BLINDTRANSFER', 'ATTENDEDTRANSFER') then try_cast(p[-3] as double) end) end as hold_seconds,
    coalesce(try_cast(talk as double), case
      when event in ('COMPLETEAGENT', 'COMPLETECALLER') then {n2}
      when event = 'TRANSFER' then try_cast(p[4] as double)
      when event in ('BLINDTRANSFER', 'ATTENDEDTRANSFER') then try_cast(p[-2] as double)
      when event = 'OUTCALL' then {n2} end) as talk_seconds
  from ({fields})
), timed as (
  select *, make_timestamptz(second * 1000000) as happened_at,
    case when event is null then 'too few fields'
      when coalesce(second not between {earliest} and {latest}, true) then 'no time'
      when not named then 'no event' end as damage,
    case when call not in ('NONE', 'REALTIME', 'MANAGER', 'CLI', '') and event not in {agent_events} then call end as call_id,
    try_cast(regexp_extract(call, '(?:^|-)(\d{{9,10}})\.\d+$', 1) as bigint) as created
  from field
)
select line, record as event_id, damage, case when damage is not null then epoch end as epoch, call_id,
  case when call_id is not null and created between second - 604800 and second + 60
    then make_timestamptz(created * 1000000) end as call_at,
  happened_at, event,
  cast(case
    when event = 'DID' then 0
    when event in ('ABANDON', 'EXITEMPTY', 'EXITWITHTIMEOUT', 'EXITWITHKEY', 'WITHDRAW') and hold_seconds >= 1 then 1
    when event in ('BLINDTRANSFER', 'ATTENDEDTRANSFER', 'TRANSFER', 'COMPLETEAGENT', 'COMPLETECALLER')
      and hold_seconds + talk_seconds >= 1 then 2
    when event in ('ENTERQUEUE', 'OUTDIAL') then 3
    when event in ('RINGNOANSWER', 'RINGCANCELED', 'AGENTDUMP') then 4
    when event = 'CONNECT' then if(hold_seconds >= 1, 2, 5)
    when event in ('REMOVEMEMBER', 'AGENTLOGOFF', 'AGENTCALLBACKLOGOFF') then 3
    else 6 end as smallint) as event_rank,
  nullif(nullif(queue, 'NONE'), '') as queue,
  nullif(nullif(agent, 'NONE'), '') as agent,
  case when event = 'ENTERQUEUE' then coalesce(p[2], '') when event = 'OUTDIAL' then coalesce(p[1], '') end
    as customer,
  hold_seconds, talk_seconds,
  case
    when event in ('RINGNOANSWER', 'RINGCANCELED') then coalesce(try_cast(hold as double), {n1}) / 1000
    when event = 'OUTANSWER' then try_cast(hold as double)
    when event = 'CONNECT' then {n3} end as ring_seconds,
  try_cast(case
    when event = 'ENTERQUEUE' then p[3]
    when event in ('COMPLETEAGENT', 'COMPLETECALLER') then p[3]
    when event in ('ABANDON', 'EXITEMPTY', 'EXITWITHTIMEOUT') then p[1] end as integer) as position,
  case
    when event in ('PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL', 'ADDMEMBER') then nullif(left(p[1], 40), '')
    when event in ('ATTENDEDTRANSFER', 'EXITWITHKEY') then left(p[1], 10)
    when event = 'OUTANSWER' then p[2]
    when event = 'OUTCALL' and regexp_full_match(p[1], '[A-Za-z_]{{1,20}}') then p[1] end as detail
from timed order by line
"""

_HOLE = re.compile(rb"(?m)^\0+(?=\d)")
_PBXWARE_COLUMNS = ("uid", "date_time", "callid", "queue_name", "type", "event")


def map_page(page: Page, request: Request) -> Mapped:
    """One page of lines as events, rejects and counts."""
    block: Block = page.records
    form = request.settings["form"]
    pbxware = form == "pbxware" or (form == "auto" and block.heading is not None)
    lines = _lines(block, page.first_line)
    blank = lines.filter(pc.equal(pc.utf8_trim_whitespace(lines["record"]), ""))
    lines = lines.filter(pc.not_equal(pc.utf8_trim_whitespace(lines["record"]), ""))
    ignored = Counter({"blank line": blank.num_rows}) if blank.num_rows else Counter()
    if pbxware:
        fields, rejects, headings = _pbxware_fields(lines, block.heading)
        if headings:
            ignored["heading"] = headings
        found = _events("select * from fields", fields, request)
    else:
        rejects = []
        found = _events(_SPLIT, lines, request)
    good = pc.is_null(found["damage"])
    rejects += [_damage(row) for row in found.filter(pc.invert(good)).to_pylist()]
    events = found.filter(good).drop_columns(["damage", "epoch"])
    return Mapped(
        read=events.num_rows + len(rejects) + ignored.total(),
        used=events.num_rows,
        rows={"source_event": events},
        rejects=tuple(rejects),
        flags=tuple(_backward(events)),
        ignored=ignored,
        notes=_unknown(events),
    )


def _lines(block: Block, first_line: int) -> pa.Table:
    content = block.content.removesuffix(b"\n").replace(b"\r\n", b"\n")
    if first_line == 1:
        content = content.removeprefix(codecs.BOM_UTF8)
    if b"\0" in content:
        # A crash leaves a hole of NUL bytes in a file, and the next line is written right behind it.
        content = _HOLE.sub(b"", content)
    raw = pc.split_pattern(pa.array([content], pa.large_binary()), b"\n").flatten()
    try:
        texts = raw.cast(pa.large_string()).cast(pa.string())
    except pa.ArrowInvalid:
        texts = pa.array([_decode(line) for line in raw.to_pylist()], pa.string())
    numbers = pa.array(np.arange(first_line, first_line + len(texts)), pa.int64())
    return pa.table({"line": numbers, "record": texts})


def _decode(line: bytes) -> str:
    """Old telephone systems write names in their own code page; one such line must not cost the rest."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _pbxware_fields(lines: pa.Table, heading: bytes | None) -> tuple[pa.Table, list[Reject], int]:
    names = next(csv.reader([heading.decode()])) if heading is not None else []
    names = names or [*_PBXWARE_COLUMNS, *"param1 param2 param3 entpos expos htime ttime time".split()]
    rows: list[dict[str, object]] = []
    rejects: list[Reject] = []
    headings = 0
    for line, record in zip(lines["line"].to_pylist(), lines["record"].to_pylist(), strict=True):
        values = next(csv.reader(io.StringIO(record)), [])
        if values == names:
            headings += 1
        elif len(values) != len(names):
            what = f"{len(values)} columns"
            rejects.append(
                Reject(line, "wrong number of columns", what, f"{len(names)} columns", "export it again", record[:500])
            )
        else:
            rows.append(_pbxware_row(line, record, dict(zip(names, values, strict=True))))
    return pa.Table.from_pylist(rows, schema=FIELDS), rejects, headings


def _pbxware_row(line: int, record: str, row: dict[str, str]) -> dict[str, object]:
    event = row["event"]
    parameters = [row.get("param1", ""), row.get("param2", ""), row.get("param3", "")]
    if event == "ENTERQUEUE":
        parameters = ["", row.get("param1", ""), row.get("entpos", "")]
    elif event in ("COMPLETEAGENT", "COMPLETECALLER"):
        parameters = [row.get("htime", ""), row.get("ttime", ""), row.get("entpos", "")]
    elif event in ("ABANDON", "EXITEMPTY", "EXITWITHTIMEOUT"):
        parameters = [row.get("expos", ""), row.get("entpos", ""), row.get("htime", "")]
    return {
        "line": line,
        "record": record,
        "epoch": row["date_time"],
        "call": row["callid"],
        "queue": row["queue_name"],
        "agent": row["type"],
        "event": event,
        "p": parameters,
        "hold": row.get("htime"),
        "talk": row.get("ttime"),
    }


def _damage(row: dict[str, Any]) -> Reject:
    line, record = int(row["line"]), str(row["event_id"])[:500]
    if row["damage"] == "too few fields":
        mend = "look at the line in the file; if another program writes there, give it a file of its own"
        return Reject(
            line, "too few fields", f"{record.count('|') + 1} fields", "time|call|queue|agent|event|...", mend, record
        )
    if row["damage"] == "no time":
        mend = "look at the line in the file; a line that was cut off when the disk was full looks like this"
        return Reject(line, "no time", str(row["epoch"])[:40], "seconds since 1970", mend, record)
    found = str(row["event"])[:40]
    return Reject(line, "no event", found, "an event name, such as ENTERQUEUE", "look at the line in the file", record)


def _events(split: str, fields: pa.Table, request: Request) -> pa.Table:
    """The fields of lines as events in the order of the lines; `damage` says why a line is none."""
    numbers = {f"n{i}": f"try_cast(p[{i}] as double)" for i in (1, 2, 3)}
    query = _EVENTS.format(
        fields=split, earliest=EARLIEST, latest=LATEST, agent_events=tuple(sorted(AGENT_EVENTS)), **numbers
    )
    return request.sql(query, fields=fields)


def _backward(events: pa.Table) -> list[Flag]:
    """Lines whose time lies before that of the line above: kept, and taken at their own time.

    A line that repeats an earlier one is the same event and needs no flag.
    """
    if events.num_rows < 2:
        return []
    seconds = events["happened_at"].combine_chunks().cast(pa.int64())
    back = pc.indices_nonzero(pc.less(seconds[1:], seconds[:-1]))
    if len(back) == 0:
        return []
    records = events["event_id"].combine_chunks()
    places = pc.add(back, pa.scalar(1, pa.uint64()))
    first = pc.index_in(records.take(places), value_set=records)
    new = places.filter(pc.equal(first.cast(pa.uint64()), places))
    return [
        Flag(line, "out_of_order", "written after a later event", "") for line in events["line"].take(new).to_pylist()
    ]


def _unknown(events: pa.Table) -> tuple[str, ...]:
    names = set(pc.unique(events["event"]).to_pylist())
    return tuple(f"unknown event kept: {name}" for name in sorted(names - KNOWN_EVENTS))
