"""Which files without headings are known by what stands in them?"""

from __future__ import annotations

from collections.abc import Sequence

# Asterisk's cdr-csv/Master.csv: 16 columns, up to five more by its settings.
MASTER_CSV = (
    "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer", "end",
    "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield", "peeraccount", "linkedid", "sequence",
)  # fmt: skip
LEAST_COLUMNS = 16
DISPOSITIONS = frozenset({"ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"})
AMA_FLAGS = frozenset({"DOCUMENTATION", "BILLING", "OMIT", "DEFAULT", "3", "2", "1", "0"})


def known_columns(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What the columns of a file without headings hold; nothing where the file is not known."""
    width = len(rows[0]) if rows else 0
    if not LEAST_COLUMNS <= width <= len(MASTER_CSV):
        return ()
    place = MASTER_CSV.index("disposition")
    if {row[place] for row in rows} <= DISPOSITIONS and {row[place + 1] for row in rows} <= AMA_FLAGS:
        # Without uniqueid and userfield the three newer columns are not written either.
        return MASTER_CSV[:width]
    return ()
