"""How does the lake learn who belongs where? Each context's dimensions are published when they change."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from datetime import UTC, datetime

from floorwalker import apps
from floorwalker.apps.people.actions import register_sightings
from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.jobs.rolling import roll_up_all


def register_and_publish(config: Config, lake: Lake) -> None:
    """Register the names that loads have seen, then publish what changed; nothing happens where nothing did."""
    register_sightings(config.outbox, at=datetime.now(UTC))
    publish_dimensions(lake)
    roll_up_all(lake)


def publish_dimensions(lake: Lake) -> None:
    """Collect the dimensions of every context that has a `facts` module, and publish those that changed."""
    for context in pkgutil.iter_modules(apps.__path__):
        name = f"{apps.__name__}.{context.name}.facts"
        if importlib.util.find_spec(name) is not None:
            for table, rows in importlib.import_module(name).dimensions().items():
                lake.publish(table, rows)
