"""How does an id of a source become a key of the lake, the same in Python and in every engine's SQL?

A key is the first 16 bytes of SHA-256 over (source, origin, kind, id), joined by the unit separator. SHA-256 because
DuckDB, Spark and PostgreSQL all have it: a key can be recomputed where the rows are (docs/decisions/0003-keys.md).
"""

from __future__ import annotations

import hashlib

SEPARATOR = "\x1f"
KEY_BYTES = 16

# The same in DuckDB's SQL: `fact_key(source, origin, kind, id)` is null where the id is null.
FACT_KEY_MACRO = """
create or replace macro fact_key(source, origin, kind, id) as
  case when id is not null then
    unhex(sha256(source || chr(31) || origin || chr(31) || kind || chr(31) || id)[:32])
  end
"""


def fact_key(source: str, origin: str, kind: str, native_id: str) -> bytes:
    """The 16-byte key of one thing that a source names; kind is a `Refers` value or a table's name."""
    text = SEPARATOR.join((source, origin, kind, native_id))
    return hashlib.sha256(text.encode()).digest()[:KEY_BYTES]


def site_key(code: str) -> bytes:
    """The key of a site: sites are named by this installation, not by a source."""
    return fact_key("", "", "site", code)
