"""Does the trail tell that people's figures or rows of the data were listed on the command line, and nobody's name?"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from tests.cli.conftest import LOG, Terminal


def entries(terminal: Terminal, verb: str) -> list[tuple[str, str, dict[str, Any]]]:
    with sqlite3.connect(terminal.home / "floorwalker.sqlite3") as database:
        query = "select by, subject, detail from people_auditentry where verb = ? order by id"
        found = database.execute(query, (verb,)).fetchall()
    database.close()
    return [(by, subject, json.loads(detail)) for by, subject, detail in found]


def test_listing_rows_and_peoples_figures_is_noted(cardiff: Terminal) -> None:
    log = cardiff.home.parent / "queue_log"
    log.write_text(LOG + "1700000099|cut off\n", encoding="utf-8")
    cardiff.ask("load", "asterisk_queue_log", log)
    assert "too few fields" in cardiff.ask("rejects")
    cardiff.ask("rejects", "--flags")
    assert entries(cardiff, "list_rejects") == [
        ("command line", "rejects", {"load": None, "rows": 1}),
        ("command line", "flags", {"load": None, "rows": 0}),
    ]
    cardiff.ask("kpi", "run", "contacts_handled", "--by", "queue")
    assert entries(cardiff, "run_kpi") == []
    cardiff.ask("kpi", "run", "contacts_handled", "--by", "agent", "--by", "day", "--from", "2023-11-14")
    cardiff.ask("kpi", "run", "contacts_handled", "--where", "agent=PJSIP/201", "--csv")
    asked = entries(cardiff, "run_kpi")
    days = {"first_day": "2023-11-14", "last_day": None}
    assert asked[0][2] == {"kpis": ["contacts_handled"], "split_by": ["agent", "day"], "where": []} | days
    assert asked[1][2]["where"] == ["agent"] and "201" not in json.dumps(asked)
