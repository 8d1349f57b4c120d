"""How do ticket systems export the same sixty tickets?"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import datetime

from tests.sources.csv_files.exports_of_calls import Export
from tests.sources.csv_files.truth import Ticket, figures_of_tickets, table, tickets


def _at(moment: datetime | None, form: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    return moment.strftime(form) if moment else ""


def _rated(ticket: Ticket, good: str, bad: str, offered: str = "", none: str = "") -> str:
    return {"Good": good, "Bad": bad, "Offered": offered, "": none}[ticket.rating]


def _export(
    name: str,
    head: str,
    row: Callable[[Ticket], Sequence[object]],
    good_and_bad: tuple[float, float] | None = None,
    *,
    after: str = "",
    encoding: str = "utf-8",
    quoting: int = csv.QUOTE_MINIMAL,
) -> Export:
    rows = tickets()
    text = table(head.split(";"), [row(ticket) for ticket in rows], quoting=quoting) + after
    return Export(name, text.encode(encoding), figures_of_tickets(rows, good_and_bad))


_FOOTER = '\r\n\r\n"Cases report"\r\n"Copyright (c) 2000-2024. All rights reserved."\r\n'

EXPORTS = [
    _export(
        "ratings Good, Bad, Offered",
        "Ticket ID;Subject;Ticket status;Ticket channel;Assignee name;Ticket group;Ticket created - Timestamp;First reply - Timestamp;"
        "Ticket solved - Timestamp;Satisfaction Score;Ticket form",
        lambda t: [t.number, f"{t.subject} problem {t.number}", "Solved" if t.solved else t.status, t.channel, t.agent, "Support",
                   _at(t.at),
                   _at(t.first), _at(t.solved), _rated(t, "Good", "Bad", "Offered", "Unoffered"), t.subject],
        (1.0, 0.0),
    ),
    _export(
        "ratings from extremely happy to extremely unhappy",
        "Ticket ID;Subject;Status;Source;Agent;Created time;Initial response time;Resolved time;Closed time;Survey results;Full name;Email",
        lambda t: [t.number, t.subject, t.status, t.channel, t.agent or "No Agent", *(_at(m) for m in (t.at, t.first, t.solved, t.solved)),
                   _rated(t, "Extremely Happy", "Extremely Unhappy", "No Survey Results"), f"C {t.number}", f"c{t.number}@x.example"],
        (7.0, 1.0),
    ),
    _export(
        "faces",
        "Conversation ID;Conversation started at;First teammate reply at;Last close at;State;Teammate assigned;Channel;Conversation rating",
        lambda t: [t.number, *(_at(m, "%Y-%m-%d %H:%M:%S UTC") for m in (t.at, t.first, t.solved)), "closed" if t.solved else "open",
                   t.agent,
                   "Messenger", _rated(t, "😃", "😠")],
        (5.0, 1.0),
    ),
    _export(
        "case owners, American times, a footer",
        "Case Number;Case Owner;Date/Time Opened;Date/Time Closed;Status;Case Origin;Case Reason;Age (Hours)",
        lambda t: [t.number + 1000, t.agent or "Support Queue", *(_at(m, "%m/%d/%Y, %I:%M %p") for m in (t.at, t.solved)), t.status,
                   t.channel,
                   t.subject, t.number / 7],
        quoting=csv.QUOTE_ALL, after=_FOOTER,
    ),
    _export(
        "ticket owners, waiting on us",
        "Ticket ID;Ticket name;Ticket status;Create date;First agent email response date;Close date;Ticket owner;Source",
        lambda t: [t.number, t.subject, {"Open": "Waiting on us", "Pending": "Waiting on us"}.get(t.status, t.status),
                   *(_at(m, "%Y-%m-%d %H:%M") for m in (t.at, t.first, t.solved)), t.agent, t.channel],
        encoding="utf-8-sig",
    ),
]  # fmt: skip
