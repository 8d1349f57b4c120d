"""Are the headings of well-known systems understood, each in its own words?"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.guess import guess_mapping
from floorwalker.sources.csv_files.mapping_text import parse_mapping
from tests.sources.csv_files.loading import load, write
from tests.sources.csv_files.truth import Call, calls

MASTER = (
    "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,"
    "amaflags,uniqueid,userfield,peeraccount,linkedid,sequence"
)


def later(call: Call, seconds: int) -> str:
    return f"{call.at + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"


def iso(call: Call, seconds: int = 0) -> str:
    return f"{call.at + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def epoch(call: Call, seconds: int = 0) -> int:
    return round((call.at + timedelta(seconds=seconds)).timestamp())


def master(c: Call) -> list[object]:
    """A line of Asterisk's Master.csv."""
    answer, end = later(c, c.wait) if c.answered else "", later(c, c.wait + c.talk)
    return ["", c.phone, "600", "from-queue", f'"" <{c.phone}>', f"SIP/trunk-{c.number:08x}", f"SIP/{c.number % 4}-1",
            "Queue", f"{c.queue},t", later(c, 0), answer, end, c.wait + c.talk, c.talk if c.answered else 0,
            "ANSWERED" if c.answered else "NO ANSWER", "DOCUMENTATION", f"17.{c.number}", "", "", f"17.{c.number}", c.number]  # fmt: skip


Row = Callable[[Call], Sequence[object]]
SYSTEMS: dict[str, tuple[str, Row, dict[str, str]]] = {
    "Asterisk CDR with headings": (MASTER, master, {
        "id": "uniqueid", "customer": "src", "entered": "start", "answered": "answer", "ended": "end", "talk": "billsec",
        "outcome": "disposition"}),
    "Asterisk Master.csv": ("", master, {
        "id": "column 17", "customer": "column 2", "entered": "column 10", "answered": "column 11", "ended": "column 12",
        "talk": "column 14", "outcome": "column 15"}),
    "FreePBX CDR": (
        "calldate,clid,src,dst,dcontext,channel,dstchannel,duration,billsec,disposition,amaflags,accountcode,uniqueid,did,linkedid",
        lambda c: [later(c, 0), "", c.phone, "600", "ext-queues", f"a{c.number}", "b", c.wait + c.talk, c.talk,
                   "ANSWERED" if c.answered else "NO ANSWER", 3, "", f"17.{c.number}", "0800", f"17.{c.number}"],
        {"id": "uniqueid", "customer": "src", "entered": "calldate", "talk": "billsec", "outcome": "disposition"}),
    "FreeSWITCH mod_callcenter": (
        "cc_queue,cc_agent,cc_member_uuid,cc_queue_joined_epoch,cc_queue_answered_epoch,cc_queue_terminated_epoch,cc_cause,billsec",
        lambda c: [c.queue, c.by, f"u{c.number}", epoch(c), epoch(c, c.wait) if c.answered else "", epoch(c, c.wait + c.talk),
                   "answered" if c.answered else "cancel", c.talk],
        {"id": "cc_member_uuid", "queue": "cc_queue", "agent": "cc_agent", "entered": "cc_queue_joined_epoch",
         "answered": "cc_queue_answered_epoch", "ended": "cc_queue_terminated_epoch", "outcome": "cc_cause", "talk": "billsec"}),
    "Amazon Connect contact records": (
        "ContactId,Channel,InitiationMethod,InitiationTimestamp,DisconnectTimestamp,Agent.Username,"
        "Agent.ConnectedToAgentTimestamp,Agent.AgentInteractionDuration,Agent.CustomerHoldDuration,"
        "Agent.AfterContactWorkDuration,Queue.Name,Queue.Duration,CustomerEndpoint.Address",
        lambda c: [f"c{c.number}", "VOICE", "INBOUND", iso(c), iso(c, c.wait + c.talk), c.by,
                   iso(c, c.wait) if c.answered else "", c.talk or "", c.hold or "", c.wrap_up or "", c.queue, c.wait, c.phone],
        {"id": "ContactId", "agent": "Agent.Username", "queue": "Queue.Name", "wait": "Queue.Duration",
         "talk": "Agent.AgentInteractionDuration", "hold": "Agent.CustomerHoldDuration",
         "wrap_up": "Agent.AfterContactWorkDuration", "customer": "CustomerEndpoint.Address",
         "entered": "InitiationTimestamp", "answered": "Agent.ConnectedToAgentTimestamp", "ended": "DisconnectTimestamp"}),
    "Genesys Cloud conversations": (
        "conversationId,conversationStart,conversationEnd,mediaType,queueName,userName,ani,tAcd,tAlert,tTalkComplete,tHeldComplete,tAcw",
        lambda c: [f"g{c.number}", iso(c), iso(c, c.wait + c.talk), "voice", c.queue, c.by, c.phone, 1000 * c.wait, 2000,
                   *((1000 * seconds if c.answered else "") for seconds in (c.talk, c.hold, c.wrap_up))],
        {"id": "conversationId", "agent": "userName", "queue": "queueName", "customer": "ani", "entered": "conversationStart",
         "ended": "conversationEnd", "wait": "tAcd", "ring": "tAlert", "talk": "tTalkComplete", "hold": "tHeldComplete",
         "wrap_up": "tAcw"}),
    "NICE CXone call detail": (
        "Contact_ID,Media_Name,ANI_From,Skill_Name,Agent_Name,Team_Name,start_date,start_time,PreQueue,InQueue,Agent_Time,"
        "Abandon_Time,Abandon,Hold_Time,ACW_Time",
        lambda c: [c.number, "Call", c.phone, c.queue, c.by, "T1", f"{c.at:%m/%d/%Y}", f"{c.at:%H:%M:%S}", 0, c.wait, c.talk, 0,
                   "N" if c.answered else "Y", c.hold, c.wrap_up],
        {"id": "Contact_ID", "agent": "Agent_Name", "team": "Team_Name", "queue": "Skill_Name", "customer": "ANI_From",
         "wait": "InQueue", "talk": "Agent_Time", "hold": "Hold_Time", "wrap_up": "ACW_Time", "outcome": "Abandon"}),
    "3CX call report": (
        "Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost,Call Activity Details",
        lambda c: [later(c, 0), f"ID{c.number}", c.phone, c.by or f"Queue {c.queue}", "Inbound",
                   "Answered" if c.answered else "Unanswered", f"0:00:{c.wait % 60:02}", f"0:00:{c.talk % 60:02}", "", ""],
        {"id": "Call ID", "agent": "To", "customer": "From", "entered": "Call Time", "ring": "Ringing", "talk": "Talking",
         "outcome": "Status", "direction": "Direction"}),
    "Zendesk tickets": (
        "id,created_at,updated_at,status,requester_id,assignee_id,group_id,via_channel,satisfaction_rating_score,solved_at",
        lambda c: [c.number, iso(c), iso(c, 9_000_000), "solved" if c.answered else "open", 7000 + c.number, c.by and f"9{len(c.by)}",
                   360 + c.number % 2, ("email", "web", "chat")[c.number % 3], ("good", "bad", "offered")[c.number % 3],
                   iso(c, 9000) if c.answered else ""],
        {"id": "id", "agent": "assignee_id", "team": "group_id", "customer": "requester_id", "entered": "created_at",
         "ended": "solved_at", "outcome": "status", "channel": "via_channel", "score": "satisfaction_rating_score"}),
    "Salesforce cases": (
        "Id,Status,Origin,OwnerId,CreatedDate,ClosedDate,Reason",
        lambda c: [f"500{c.number:06}", "Closed" if c.answered else "New", ("Phone", "Email")[c.number % 2], c.by and f"00{len(c.by)}",
                   iso(c).replace("Z", ".000+0000"), iso(c, 9000).replace("Z", ".000+0000") if c.answered else "", c.queue],
        {"id": "Id", "agent": "OwnerId", "entered": "CreatedDate", "ended": "ClosedDate", "outcome": "Status",
         "channel": "Origin", "reason": "Reason"}),
}  # fmt: skip


def file_of(folder: Path, head: str, row: Row, delimiter: str = ",") -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([head.split(delimiter)] * bool(head) + [list(row(call)) for call in calls()])
    return write(folder, text.getvalue())


@pytest.mark.parametrize("system", SYSTEMS)
def test_its_headings_are_understood(system: str, tmp_path: Path) -> None:
    head, row, expected = SYSTEMS[system]
    path = file_of(tmp_path, head, row)
    text = guess_mapping(path)
    mapping = parse_mapping(text, "mapping.yaml")
    got = {name: part.columns[0] for name, part in mapping.fields.items()}
    assert {name: got.get(name) for name in expected} == expected, text
    settled = text if "\ndates: " in text else f"dates: month-day-year\n{text}"
    loaded = load(path, settled)
    assert (loaded.read, loaded.reasons) == (len(calls()), [])
    answered = sum(row["outcome"] == "answered" for row in loaded.contacts)
    assert answered == sum(call.answered for call in calls())


def test_interval_totals_of_an_acd_are_refused(tmp_path: Path) -> None:
    head = "row_date;starttime;intrvl;acd;split;acdcalls;anstime;acdtime;acwtime;abncalls"
    path = file_of(tmp_path, head, lambda c: [f"{c.at:%Y-%m-%d}", 930, 30, 1, 1, 12, 60, 1200, 100, 2], ";")
    with pytest.raises(SourceError, match="adds up many contacts"):
        guess_mapping(path)


def test_events_of_a_queue_log_go_to_their_own_source(tmp_path: Path) -> None:
    events = "uid,date_time,callid,queue_name,type,event"
    path = file_of(
        tmp_path, events, lambda c: [c.number, epoch(c), "1.1", c.queue, c.by, "CONNECT" if c.answered else "ABANDON"]
    )
    with pytest.raises(SourceError, match="events of an Asterisk queue log") as error:
        guess_mapping(path)
    assert error.value.mend == f"floorwalker load asterisk_queue_log {path}"
