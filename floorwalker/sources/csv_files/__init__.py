"""How do CSV, TSV and Excel files of any system become facts? By a small YAML mapping of their columns."""

from __future__ import annotations

from floorwalker.facts.tables import CONTACT, EVALUATION, SEGMENT, STATE_INTERVAL, SURVEY
from floorwalker.ingest.source import Source
from floorwalker.sources.csv_files.fetch import fetch, total_size
from floorwalker.sources.csv_files.map import map_page
from floorwalker.sources.csv_files.problems import FLAG_MEANINGS

SOURCE = Source(
    name="csv_files",
    title="CSV, TSV and Excel files of any system, by a mapping",
    tables=(CONTACT.name, SEGMENT.name, SURVEY.name, EVALUATION.name, STATE_INTERVAL.name),
    fetch=fetch,
    map_page=map_page,
    needs_mapping=True,
    flag_meanings=FLAG_MEANINGS,
    size=total_size,
)
