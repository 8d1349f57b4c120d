"""Does `floorwalker audit verify` say whether the trail is whole, and name the first broken entry?"""

from __future__ import annotations

import sqlite3

from tests.cli.conftest import Terminal


def test_a_changed_entry_is_named(cardiff: Terminal) -> None:
    cardiff.ask("user", "add", "robin", "--role", "operations_manager")
    assert "5 entries, each as it was written" in cardiff.ask("audit", "verify")
    with sqlite3.connect(cardiff.home / "floorwalker.sqlite3") as database:
        database.execute("drop trigger people_auditentry_update")
        database.execute("update people_auditentry set by = 'somebody' where id = 2")
    database.close()
    said = cardiff.ask("audit", "verify", code=1)
    assert said.startswith("entry 2 (add_user user:1 by somebody) was changed after it was written")
    assert "people_auditentry_update gone" in said
