"""By which keys does somebody work? The product's map with her own changes, kept with the log-in; or no single keys at all.

Whoever speaks to the computer, or whose hand trembles, works single keys by accident (WCAG 2.1.4): so each person can
change them or switch them off, and both come along to any browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused
from floorwalker.ui.keys import KEYS, find_clashes, keys_with, only_changes, read_keys


@action
def set_keys(user: User, keys: Mapping[str, str], *, on: bool, at: datetime) -> User:
    """Keep the keys by which somebody works, by command; on: whether keys without Ctrl work at all."""
    chosen = keys_with({code: read_keys(text) for code, text in keys.items()})
    for key, reason in find_clashes(chosen):
        raise Refused(reason, where=str(key.name))
    changed = only_changes(chosen)
    if (user.single_keys, user.keys) != (on, changed):
        user.single_keys, user.keys = on, changed
        user.save(update_fields=["single_keys", "keys"])
        record(user.username, "set_keys", user, at, on=on, keys=changed)
    return user


def keys_on(route: str, user: User, addresses: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the script of a page must know: its commands, the page's own first, with their keys, names and addresses."""
    if not user.single_keys:
        return []
    keys = keys_with(user.keys)
    here = sorted((key for key in KEYS if not key.page or route in key.page.split()), key=lambda key: not key.page)
    return [
        {"code": key.code, "keys": keys[key.code], "name": str(key.name)}
        | ({"to": addresses[key.code]} if key.code in addresses else {})
        for key in here
        if keys[key.code] and (key.code in addresses or not key.code.startswith("go_"))
    ]
