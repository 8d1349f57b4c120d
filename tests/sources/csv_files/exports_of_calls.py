"""How do telephone systems export the same sixty calls? In the manner of each: headings, times, lengths, words, encoding."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.sources.csv_files.truth import Call, Figures, calls, figures_of_calls, hms, minutes, table

ALL = ("talk", "hold", "wrap_up")
BOTH = ("abandoned", "voicemail")
ONE = ("abandoned",)


@dataclass(frozen=True)
class Export:
    """One file, and the figures that it must give."""

    name: str
    content: bytes
    figures: Figures


Row = Callable[[Call], Sequence[object]]


def _epoch(at: datetime) -> int:
    return int(at.replace(tzinfo=UTC).timestamp())


def _kind(call: Call, answered: str, abandoned: str, voicemail: str) -> str:
    return {"answered": answered, "abandoned": abandoned, "voicemail": voicemail}[call.kind]


def _serial(at: datetime) -> str:
    return f"{(at - datetime(1899, 12, 30)).total_seconds() / 86400:.6f}"


def _words(seconds: int) -> str:
    return (f"{seconds // 60}m " if seconds >= 60 else "") + f"{seconds % 60}s"


def _score(call: Call) -> object:
    return "" if call.score is None else call.score


def _export(
    name: str,
    head: str,
    row: Row,
    parts: Sequence[str] = ALL,
    *,
    lost: Sequence[str] = BOTH,
    scored: bool = False,
    before: str = "",
    after: str = "",
    delimiter: str = ",",
    encoding: str = "utf-8",
    quoting: int = csv.QUOTE_MINIMAL,
) -> Export:
    rows = calls()
    text = before + table(head.split(";") if head else [], [row(call) for call in rows], delimiter, quoting) + after
    return Export(name, text.encode(encoding), figures_of_calls(rows, parts, lost=lost, scored=scored))


EXPORTS = [
    _export(
        "preamble and totals row",
        "Call Time;Caller ID;Destination;Status;Ringing;Talking;Reason",
        lambda c: [f"{c.at:%d/%m/%Y %H:%M:%S}", c.phone, c.by or f"Queue {c.queue}", "Answered" if c.answered else "Unanswered",
                   hms(c.wait), hms(c.talk) if c.answered else "", "Terminated"],
        ("talk",),
        before="Call Reports\r\nFrom: 04/03/2024 00:00 To: 31/03/2024 23:59\r\n\r\n",
        after=",,,Totals,1:40:00,6:00:00,\r\n",
    ),
    _export(
        "an agent called [None], weekdays in front of dates",
        "CALL ID;TIMESTAMP;CALL TYPE;ANI;AGENT;AGENT NAME;DISPOSITION;SKILL;TALK TIME;HOLD TIME;AFTER CALL WORK TIME;"
        "QUEUE WAIT TIME;CALL TIME;ABANDONED",
        lambda c: [c.number + 900, f"{c.at:%a, %d %b %Y %H:%M:%S}", "Inbound", c.phone, f"{c.by or '[None]'}@x.example", c.by or "[None]",
                   _kind(c, "Resolved", "Abandon", "Voicemail Dump"), c.queue, hms(c.talk), hms(c.hold), hms(c.wrap_up), hms(c.wait),
                   hms(c.wait + c.talk + c.hold + c.wrap_up), int(c.kind == "abandoned")],
        lost=ONE,
    ),
    _export(
        "directions and outcomes in one column",
        "Interaction ID;Start Time;End Time;Call Type;Agent Name;Contact Phone Number;Talk Time;Waiting Time;Hold Time;"
        "Wrap Up Time;Csat Score",
        lambda c: [c.number + 900, f"{c.at:%Y-%m-%dT%H:%M:%SZ}", f"{c.ended:%Y-%m-%dT%H:%M:%SZ}", _kind(c, "inbound", "missed",
                   "voicemail"),
                   c.by, c.phone, c.talk, c.wait, c.hold, c.wrap_up, _score(c)],
        lost=ONE, scored=True, quoting=csv.QUOTE_ALL,
    ),
    _export(
        "users, seconds since 1970",
        "line;date (TZ offset incl.);time (TZ offset incl.);direction;answered;from;user;duration (total);duration (in call);waiting time;"
        "started_at (UTC);call_id",
        lambda c: ["Main", f"{c.at:%d/%m/%Y}", f"{c.at:%I:%M:%S %p}", "Inbound", "Yes" if c.answered else "No", c.phone, c.by,
                   c.wait + c.talk, c.talk, c.wait, _epoch(c.at), c.number + 5000],
        ("talk",),
    ),
    _export(
        "names and decimal minutes",
        "call_id;target_name;date_started;direction;external_number;name;email;categories;talk_duration (min);hold_duration (min);"
        "time_in_queue (min);csat_score",
        lambda c: [c.number + 900, c.queue, f"{c.at:%Y-%m-%d %H:%M:%S.%f}", "inbound", c.phone, c.by, c.by and f"{c.by[:3]}@x.example",
                   c.kind, *(f"{s / 60:.4f}" for s in (c.talk, c.hold, c.wait)), _score(c)],
        ("talk", "hold"), lost=ONE, scored=True,
    ),
    _export(
        "UTF-16 with tabs, extensions, weekday and date",
        "Direction;Type;From;Extension;Date;Time;Action Result;Duration",
        lambda c: ["Inbound", "Voice", c.phone, c.by, f"{c.at:%a %m/%d/%Y}", f"{c.at:%I:%M %p}", _kind(c, "Accepted", "Missed",
                   "Voicemail"),
                   hms(c.talk)],
        ("talk",), lost=ONE, delimiter="\t", encoding="utf-16",
    ),
    _export(
        "lengths in words, ratings in words, seconds since 1970",
        "chat id;chat creation date (unix);operator nick;group;chat duration;queue duration;queue abandonment",
        lambda c: [f"Q{c.number}", _epoch(c.at), c.by, "Support", _words(c.talk) if c.answered else "", _words(c.wait),
                   "no" if c.answered else "yes"],
        ("talk",),
    ),
    _export(
        "milliseconds that no heading names",
        "Date;Conversation ID;Media Type;Users - Interacted;Remote;Initial Direction;Queue;Total Queue;Total Talk;"
        "Total Hold;Total ACW;Abandoned",
        lambda c: [f"{c.at:%m/%d/%y %I:%M %p}", c.number + 900, "voice", c.by, c.phone, "Inbound", c.queue,
                   *(s * 1000 for s in (c.wait, c.talk, c.hold, c.wrap_up)), "NO" if c.answered else "YES"],
    ),
    _export(
        "no outcome: an empty agent",
        "Contact ID;Initiation timestamp;Disconnect timestamp;Channel;Customer phone number;Initiation method;Queue;Agent;"
        "Connected to agent timestamp;Agent interaction duration;Customer hold duration;After contact work duration;Queue duration",
        lambda c: [c.number + 900, f"{c.at:%Y-%m-%dT%H:%M:%S.000Z}", f"{c.ended:%Y-%m-%dT%H:%M:%S.000Z}", "VOICE", c.phone, "INBOUND",
                   c.queue,
                   c.by, f"{c.at:%Y-%m-%dT23:00:00Z}" if c.answered else "", *((c.talk, c.hold, c.wrap_up) if c.answered else ("",) * 3),
                   c.wait],
    ),
    _export(
        "no outcome: no talk",
        "call_id;call_start;call_end;agent;queue;wait_secs;talk_secs;hold_secs;acw_secs",
        lambda c: [c.number, f"{c.at:%Y-%m-%d %H:%M:%S}", f"{c.ended:%Y-%m-%d %H:%M:%S}", c.by, c.queue, c.wait, c.talk, c.hold, c.wrap_up],
    ),
    _export(
        "codes that nobody knows",
        "CallID;StartTime;Agent;Status;QueueTime;TalkTime",
        lambda c: [c.number, f"{c.at:%Y-%m-%d %H:%M:%S}", c.by, _kind(c, "K7", "Q1", "Q2"), c.wait, c.talk],
        ("talk",),
    ),
    _export(
        "two lines of headings",
        "",
        lambda c: [c.number, f"{c.at:%Y-%m-%d %H:%M:%S}", c.by, "Answered" if c.answered else "Abandoned", c.wait, c.talk, c.hold,
                   c.wrap_up],
        before=",,,,Queue,Agent,Agent,Agent\r\nCall ID,Start,Name,Status,Wait,Talk,Hold,ACW\r\n",
    ),
    _export(
        "German, cp1252, decimal commas",
        "Anruf-ID;Datum;Uhrzeit;Mitarbeiter;Status;Wartezeit (Min);Gesprächsdauer (Min);Zufriedenheit",
        lambda c: [c.number, f"{c.at:%d.%m.%Y}", f"{c.at:%H:%M:%S}", c.by, "Angenommen" if c.answered else "Verloren",
                   *(f"{s / 60:.3f}".replace(".", ",") for s in (c.wait, c.talk)), _score(c)],
        ("talk",), scored=True, delimiter=";", encoding="cp1252",
    ),
    _export(
        "French, a byte order mark",
        "Identifiant;Date et heure;Agent;File d'attente;Statut;Temps d'attente;Durée de conversation",
        lambda c: [c.number, f"{c.at:%d/%m/%Y %H:%M:%S}", c.by, c.queue, "Répondu" if c.answered else "Abandonné", hms(c.wait),
                   hms(c.talk) if c.answered else ""],
        ("talk",), delimiter=";", encoding="utf-8-sig",
    ),
    _export(
        "pipes, camel case, milliseconds, line ends in quotes",
        "callId;startTime;agentName;disposition;waitMs;talkMs;holdMs;acwMs;notes;",
        lambda c: [c.number, _epoch(c.at) * 1000, c.by, "ANSWERED" if c.answered else "NO ANSWER",
                   *(s * 1000 for s in (c.wait, c.talk, c.hold, c.wrap_up)), "one\ntwo" if c.number % 5 else "fine", ""],
        delimiter="|",
    ),
    _export(
        "day numbers and fractions of a day",
        "Contact ID;Start;Agent;Answered (1/0);Wait;Talk;Hold;ACW",
        lambda c: [c.number, _serial(c.at), c.by, int(c.answered), *(f"{s / 86400:.9f}" for s in (c.wait, c.talk, c.hold, c.wrap_up))],
    ),
    _export(
        "one handling time, words for the rating",
        "Call Date/Time;Rep;Abandoned?;Speed of Answer;Handle Time",
        lambda c: [f"{c.at:%m/%d/%y %I:%M %p}", c.by, "N" if c.answered else "Y", minutes(c.wait),
                   minutes(c.talk + c.hold + c.wrap_up) if c.answered else ""],
    ),
    _export(
        "one word written together, NULL for nobody, averages at the end",
        "CALLID;CALLSTART;QUEUENAME;AGENTNAME;CALLSTATUS;WAITTIME;TALKTIME;HOLDTIME;ACW",
        lambda c: [c.number + 900, f"{c.at:%b %d %Y %I:%M%p}", c.queue, c.by or "NULL", "Answered" if c.answered else "Abandoned",
                   c.wait, c.talk, c.hold, c.wrap_up],
        after="Grand Total,,60,,,5000,20000,300,900\r\nAverage,,,,,95.3,400.2,5.1,20.2\r\n",
    ),
    _export(
        "a satisfaction of ten before a willingness to recommend",
        "Call Date;Queue;Agent;Status;Wait Time;Talk Time;Hold Time;Wrap Time;NPS;CSAT (1-5)",
        lambda c: [f"{c.at:%d-%b-%Y %H:%M}", c.queue, c.by or "N/A", "Completed" if c.answered else "Abandoned", hms(c.wait), hms(c.talk),
                   hms(c.hold), hms(c.wrap_up), "" if c.score is None else c.score * 2, _score(c)],
        scored=True,
    ),
]  # fmt: skip
