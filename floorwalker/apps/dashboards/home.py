"""What does the reader's home page show? The parts that contexts offer, in order, with the one next step on top."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache

from floorwalker import apps
from floorwalker.apps.dashboards import figures
from floorwalker.apps.people.models import User
from floorwalker.ui.parts import Part, Step

Offer = Callable[[User, datetime], Iterable[Part]]


def parts_for(user: User, at: datetime) -> list[Part]:
    """The parts of the user's home. A context offers them by `parts(user, at)` in its module `home`."""
    found = [part for offer in (figures.parts, *_offers()) for part in offer(user, at)]
    return sorted(found, key=lambda part: part.place)


def next_step(parts: list[Part]) -> Step | None:
    """The heaviest of the steps that the parts propose; the first of equals."""
    steps = [part.step for part in parts if part.step is not None]
    return max(steps, key=lambda step: step.weight) if steps else None


@cache
def _offers() -> tuple[Offer, ...]:
    contexts = [f"{apps.__name__}.{context.name}" for context in pkgutil.iter_modules(apps.__path__)]
    names = [f"{context}.home" for context in contexts if context != __package__]
    return tuple(importlib.import_module(name).parts for name in names if importlib.util.find_spec(name) is not None)
