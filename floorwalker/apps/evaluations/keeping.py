"""How are frozen figures written so that a database can keep them, and read again just as they were? As nested plain JSON."""

from __future__ import annotations

import dataclasses
from datetime import date
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Kept = TypeVar("Kept")


def written(found: Any) -> Any:
    """Frozen dataclasses, tuples, dates and bytes as JSON knows them; other values as they are."""
    if dataclasses.is_dataclass(found):
        return {one.name: written(getattr(found, one.name)) for one in dataclasses.fields(found)}
    if isinstance(found, tuple):
        return [written(one) for one in found]
    if isinstance(found, bytes):
        return found.hex()
    return found.isoformat() if isinstance(found, date) else found


def read_kept(kind: type[Kept], body: Any) -> Kept:
    """What `written` made of a value of that kind."""
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in body.items()})


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], one) for one in value)
    if NoneType in get_args(kind):
        return _value(next(one for one in get_args(kind) if one is not NoneType), value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return read_kept(kind, value)
    if kind is bytes:
        return bytes.fromhex(value)
    return date.fromisoformat(value) if kind is date else value
