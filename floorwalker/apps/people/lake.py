"""Through which door do pages read facts? One a process, with one engine, for every context."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from floorwalker.facts.lake import Lake


@cache
def lake() -> Lake:
    """This process's door to the facts."""
    return Lake(settings.FLOORWALKER)
