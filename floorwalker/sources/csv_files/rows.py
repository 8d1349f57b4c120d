"""What is handed from reading a file to mapping it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from floorwalker.sources.csv_files.study import FileFacts
from floorwalker.sources.csv_files.text import Broken


@dataclass(frozen=True)
class Rows:
    """The records of one page. cells: by column of the mapping; raw: every cell, for what must be shown of a bad row.

    names: what names each row of a file without ids; facts: what the whole file says.
    """

    lines: np.ndarray
    cells: Mapping[str, pa.Array]
    raw: list[list[str]]
    names: list[str] | None
    facts: FileFacts
    broken: tuple[Broken, ...] = ()
    ignored: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
