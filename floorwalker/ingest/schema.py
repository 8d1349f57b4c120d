"""Which tables does the memory of `ingest` have, and how does an older file come to have them?"""

from __future__ import annotations

import sqlite3

TABLES = """
create table if not exists load (
  id text primary key, source text not null, origin text not null, site text not null, state text not null,
  started_at text not null, ended_at text, receipt text
) strict;
create table if not exists reject (
  load text not null references load(id), file text not null, line integer not null, reason text not null,
  found text not null, expected text not null, mend text not null, record text not null
) strict;
create index if not exists reject_load on reject(load);
create table if not exists flag (
  load text not null references load(id), file text not null, line integer not null, code text not null,
  meaning text not null, record text not null, unique (file, line, code, record)
) strict;
create index if not exists flag_load on flag(load);
create table if not exists bookmark (
  source text not null, origin text not null, file text not null, identity text not null, offset integer not null,
  line integer not null, primary key (source, origin, file)
) strict;
create index if not exists load_started on load(started_at);
create index if not exists load_of_source on load(source, origin, started_at);
"""
# Loads of which rows may wait, without their long columns.
WAITING = "create index if not exists load_waiting on load(id, source) where settled_by is null"
# Columns that came later, by table: what was asked, as JSON; whether the load followed a log and which files it read, as
# JSON; how far it is and with what it is busy; why it failed; the load that it reads again; the later load that has read
# the same again; and where in which files a following load ended, as JSON.
LATER = {
    "load": {
        "asked": "text",
        "follows": "integer not null default 0",
        "paths": "text",
        "share": "real",
        "stage": "text",
        "problem": "text",
        "again_of": "text",
        "settled_by": "text",
        "marks": "text",
    }
}


def bring_up(connection: sqlite3.Connection) -> None:
    """Make the tables where they are not there, and add to those of an older file what came later."""
    connection.executescript(TABLES)
    if _missing(connection):
        connection.execute("begin immediate")
        # Asked again: another process may have been faster.
        for table, name, kind in _missing(connection):
            connection.execute(f"alter table {table} add column {name} {kind}")
        connection.execute("commit")
    connection.execute(WAITING)


def _missing(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return [
        (table, name, kind)
        for table, columns in LATER.items()
        for name, kind in columns.items()
        if name not in {row["name"] for row in connection.execute(f"pragma table_info({table})")}
    ]
