"""How does the lake learn who belongs where? Each context's dimensions are published when they change."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pyarrow as pa
from django.conf import settings

from floorwalker.apps.people.models import Identity
from floorwalker.apps.people.observing import keep_observed
from floorwalker.apps.people.sighting import register_sightings
from floorwalker.config import Config
from floorwalker.errors import LakeError
from floorwalker.facts.lake import Lake
from floorwalker.jobs.finding import offers
from floorwalker.jobs.rolling import roll_up_all

logger = logging.getLogger(__name__)
# What this process has kept already, so that a round in which nothing happened costs nothing.
_kept: dict[str, object] = {}


def register_and_publish(config: Config, lake: Lake) -> None:
    """Register the names that loads have seen, then publish what changed; nothing happens where nothing did."""
    register_sightings(config.outbox, at=datetime.now(UTC))
    _keep_observed(lake)
    publish_dimensions(lake)
    roll_up_all(lake)


def _keep_observed(lake: Lake) -> None:
    """Bring the memberships that the data state up to date, where the lake's changed since this process looked."""
    snapshot = lake.snapshot()
    version = snapshot.current.tables.get("observed_membership")
    state = lake.path, version, Identity.objects.count()
    if _kept.get("observed") != state:
        keep_observed(snapshot.sql(f"from {snapshot.relation('observed_membership')}").to_pylist())
        _kept["observed"] = state


def publish_dimensions(lake: Lake, *, wait: bool = True) -> None:
    """Publish the dimensions of every context that changed, in one commit."""
    lake.publish(_dimensions, wait=wait)


def publish_committed() -> None:
    """Publish what an action has just committed; while somebody else writes the lake, the worker does it a little later.

    Roll-ups that this makes stale are the worker's: until then facts answer, slower and never wrong.
    """
    try:
        publish_dimensions(Lake(settings.FLOORWALKER), wait=False)
    except LakeError as error:
        logger.warning("not published yet, `floorwalker work` will: %s", error)


def _dimensions() -> dict[str, pa.Table]:
    """Every context whose `facts` offers dimensions contributes its own."""
    found: dict[str, pa.Table] = {}
    for read in offers("dimensions").values():
        found |= read()
    return found
