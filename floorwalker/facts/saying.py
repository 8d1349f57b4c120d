"""How does an answer reach table `statement`? Added in one commit, together with the claim that it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from floorwalker.facts.current import Claim, commit_current, read_current
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DAY
from floorwalker.facts.statement import NAME, STATEMENT
from floorwalker.facts.writing import write_parts


@dataclass(frozen=True)
class Kept:
    """What a run has to say: rows that are new (in the table's columns), and by question the claim that holds now."""

    rows: tuple[pa.Table, ...]
    claims: Mapping[str, Claim]


def keep(lake: Lake, kept: Kept, standing: Collection[str]) -> None:
    """Add the rows and make the claims, in one commit; claims of questions that stand no longer are dropped.

    What died on the way leaves a version of the table that nobody reads.
    """
    with lake.writing():
        before = current = read_current(lake.path)
        rows = pa.concat_tables([STATEMENT.schema.empty_table(), *kept.rows])
        if rows.num_rows:
            current = write_parts(lake, NAME, rows, current, by=DAY)
        claims = {
            question: claim for question, claim in {**current.claims, **kept.claims}.items() if question in standing
        }
        current = replace(current, claims=claims)
        if current != before:
            commit_current(lake.path, current)
