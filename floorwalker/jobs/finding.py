"""Which contexts contribute to the lake? Those whose module `facts` has a function of that name."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

from floorwalker import apps


@cache
def offers(function: str) -> dict[str, Callable[..., Any]]:
    """By context, its `facts.dimensions` (who belongs where), `facts.records` (what people and customers did), and the like."""
    modules = {module.name: f"{apps.__name__}.{module.name}.facts" for module in pkgutil.iter_modules(apps.__path__)}
    found = {
        context: importlib.import_module(name)
        for context, name in modules.items()
        if importlib.util.find_spec(name) is not None
    }
    return {context: getattr(module, function) for context, module in found.items() if hasattr(module, function)}
