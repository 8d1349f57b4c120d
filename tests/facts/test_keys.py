"""Is a key the same in Python and in the query engine's SQL?"""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from floorwalker.facts.engine import Engine
from floorwalker.facts.keys import KEY_BYTES, fact_key

ENGINE = Engine(memory_megabytes=200, threads=1)
# PostgreSQL and Arrow text cannot hold NUL; surrogates are no text.
PART = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


@given(PART, PART, PART, PART)
def test_python_and_sql_agree(source: str, origin: str, kind: str, native_id: str) -> None:
    (row,) = ENGINE.rows("select fact_key(?, ?, ?, ?) as key", [source, origin, kind, native_id])
    assert row["key"] == fact_key(source, origin, kind, native_id)


def test_key_is_the_beginning_of_a_plain_digest() -> None:
    digest = hashlib.sha256(b"csv_files\x1fMain\x1fagent\x1fWren Tallow").digest()
    assert fact_key("csv_files", "Main", "agent", "Wren Tallow") == digest[:16]
    assert KEY_BYTES == 16


def test_no_id_has_no_key() -> None:
    assert ENGINE.rows("select fact_key('a', 'b', 'c', null) as key") == [{"key": None}]
