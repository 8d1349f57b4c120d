"""What does a floor look like of which everything is known? A source that needs no input."""

from __future__ import annotations

from floorwalker.ingest.source import Source
from floorwalker.sources.simulated.fetch import fetch, sites, size
from floorwalker.sources.simulated.map import map_page
from floorwalker.sources.simulated.parameters import SETTINGS

SOURCE = Source(
    name="simulated",
    title="Simulated floor with known truth",
    tables=("contact", "segment", "alert", "state_interval", "survey", "evaluation"),
    fetch=fetch,
    map_page=map_page,
    settings=SETTINGS,
    reads_files=False,
    sites=sites,
    size=size,
)
