"""Sixty calls and sixty tickets whose every figure is known: what the exports of these tests are written from."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

AGENTS = ("Anna Berg", "Ben Okoro", "Chloé Dubois", "Dan Wu")


@dataclass(frozen=True)
class Call:
    """One call: answered, abandoned, or a message left."""

    number: int
    at: datetime
    kind: str
    agent: str
    queue: str
    wait: int
    talk: int
    hold: int
    wrap_up: int
    score: int | None

    @property
    def answered(self) -> bool:
        return self.kind == "answered"

    @property
    def by(self) -> str:
        return self.agent if self.answered else ""

    @property
    def phone(self) -> str:
        return f"+4416329600{self.number:02d}"

    @property
    def ended(self) -> datetime:
        return self.at + timedelta(seconds=self.wait + self.talk + self.hold)


def calls() -> list[Call]:
    """Sixty calls of March 2024, in order, on days before and after the 12th."""
    luck = random.Random(7)
    at = datetime(2024, 3, 4, 8, 0, 5)
    made = []
    for number in range(60):
        at += timedelta(seconds=luck.randint(2000, 30000))
        kind = luck.choices(["answered", "abandoned", "voicemail"], [75, 18, 7])[0]
        answered = kind == "answered"
        talk, hold, wrap_up = luck.randint(20, 900), luck.choice([0, 0, luck.randint(5, 90)]), luck.randint(0, 80)
        score = luck.randint(1, 5) if answered and luck.random() < 0.6 else None
        stages = (talk, hold, wrap_up) if answered else (0, 0, 0)
        agent, queue = luck.choice(AGENTS), luck.choice(["Billing", "Technical", "Sales"])
        made.append(Call(number, at, kind, agent, queue, luck.randint(6, 190), *stages, score))
    return made


@dataclass(frozen=True)
class Ticket:
    """One ticket: new, open, pending or closed."""

    number: int
    at: datetime
    status: str
    agent: str
    channel: str
    subject: str
    first: datetime | None
    solved: datetime | None
    rating: str


def tickets() -> list[Ticket]:
    """Sixty tickets of two weeks around the end of January 2024."""
    luck = random.Random(8)
    at = datetime(2024, 1, 29, 9)
    made = []
    for number in range(60):
        at += timedelta(seconds=luck.randint(1000, 30000))
        status = luck.choices(["Closed", "Open", "New", "Pending"], [75, 10, 7, 8])[0]
        first = None if status == "New" else at + timedelta(seconds=luck.randint(60, 90000))
        solved = first + timedelta(seconds=luck.randint(600, 400000)) if first and status == "Closed" else None
        rating = luck.choices(["Good", "Bad", "Offered", ""], [30, 8, 12, 50])[0]
        agent = luck.choice(AGENTS) if first else ""
        channel, subject = luck.choice(["Email", "Web", "Chat", "Phone"]), luck.choice(["Refund", "Login", "Delivery"])
        made.append(Ticket(number, at, status, agent, channel, subject, first, solved, rating))
    return made


@dataclass(frozen=True)
class Figures:
    """What the measures must say."""

    offered: int
    abandoned: int
    handle_seconds: float | None
    score: float | None
    handled: dict[str, int]


def figures_of_calls(rows: Sequence[Call], parts: Sequence[str], *, lost: Sequence[str], scored: bool) -> Figures:
    """What a careful person would count in the calls. parts: the stages that the export has; lost: kinds that are abandoned."""
    answered = [call for call in rows if call.answered]
    seconds = [sum(getattr(call, part) for part in parts) for call in answered]
    scores = [call.score for call in rows if call.score is not None]
    return Figures(
        len(rows),
        sum(call.kind in lost for call in rows),
        sum(seconds) / len(seconds) if parts else None,
        sum(scores) / len(scores) if scored else None,
        dict(Counter(call.agent for call in answered)),
    )


def figures_of_tickets(rows: Sequence[Ticket], good_and_bad: tuple[float, float] | None) -> Figures:
    """What a careful person would count in the tickets. good_and_bad: the scores that stand for these words."""
    scores = (
        [good_and_bad[row.rating == "Bad"] for row in rows if row.rating in ("Good", "Bad")] if good_and_bad else []
    )
    return Figures(
        len(rows),
        0,
        None,
        sum(scores) / len(scores) if scores else None,
        dict(Counter(row.agent for row in rows if row.solved)),
    )


def table(
    head: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL
) -> str:
    """A text file with these headings and rows."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")
    if head:
        writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def hms(seconds: int) -> str:
    """0:03:12"""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def minutes(seconds: int) -> str:
    """3:12"""
    return f"{seconds // 60}:{seconds % 60:02d}"
