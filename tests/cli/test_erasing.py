"""Does `floorwalker customer erase` find the customer as a person writes the number, and say what it did?"""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Terminal

LOG = """\
1700000000|1699999999.1|sales|NONE|ENTERQUEUE||01632960123|1
1700000005|1699999999.1|sales|NONE|ABANDON|1|1|5
1700000100|1700000099.1|sales|NONE|ENTERQUEUE||01632960124|1
1700000105|1700000099.1|sales|NONE|ABANDON|1|1|5
"""


def test_a_customer_is_erased(cardiff: Terminal, tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    log.write_text(LOG)
    cardiff.ask("load", "asterisk_queue_log", log)
    plan = cardiff.ask("customer", "erase", "+44 1632 960123", "--dry-run")
    assert "contact: 1 rows would be erased" in plan and "source_event: 1 rows would be erased" in plan
    assert "contact: 1 rows erased" in cardiff.ask("customer", "erase", "(01632) 960123", "--site", "Cardiff")
    cardiff.ask("load", "asterisk_queue_log", log)
    assert "no rows of this customer" in cardiff.ask("customer", "erase", "01632 960123", "--dry-run")
    assert "contact: 1 rows" in cardiff.ask("customer", "erase", "01632 960124", "--dry-run")


def test_whom_nobody_can_mean_is_said(cardiff: Terminal) -> None:
    assert "nobody in particular" in cardiff.ask("customer", "erase", "anonymous", code=2)
    assert "sites: Cardiff" in cardiff.ask("customer", "erase", "01632 960123", "--site", "Leeds", code=2)
