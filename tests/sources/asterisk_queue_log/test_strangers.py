"""Is a file that is no queue_log refused in words, and a damaged log still read?"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from floorwalker.errors import SourceError
from tests.installation import Installation, new_installation

LINES = [
    "1709550000|1709550000.1|sales|NONE|ENTERQUEUE||01632960001|1",
    "1709550009|1709550000.1|sales|NONE|ABANDON|1|1|9",
]
LOG = ("\n".join(LINES) + "\n").encode()
DUMP = b"id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5\n"
DUMP_ROW = b"1,2012-07-03 15:27:23.896208,1.1,q,NONE,ENTERQUEUE,,0163,1,,\n"
SQL = (
    b"-- MySQL dump 10.13\nINSERT INTO `queue_log` VALUES (1,'2012-07-03 15:27:23','1.1','q','NONE','ENTERQUEUE','');\n"
)


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(tmp_path / "home")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (DUMP + DUMP_ROW, "table of a database"),
        (b'"time","callid","queuename","agent","event","data"\n', "table of a database"),
        (SQL, "table of a database"),
        (
            b'"","1500","0163","local","x","SIP/1","SIP/2","Dial","a","2016-09-06 16:38:55",,"b",0,0,"NO ANSWER"\n',
            "table with commas",
        ),
        (LOG.decode().encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 and so on", "workbook"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
    ],
)
def test_other_files_are_refused_in_words(home: Installation, tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="this is no queue_log") as caught:
        home.load("asterisk_queue_log", path)
    assert kind in str(caught.value)


@pytest.mark.parametrize("damage", ["cut", "spoilt"])
def test_a_damaged_archive_is_refused(home: Installation, tmp_path: Path, damage: str) -> None:
    zipped = gzip.compress(
        "".join(f"{1709550000 + n}|{n}.{n}|q|NONE|ENTERQUEUE||{n}|1\n" for n in range(9000)).encode()
    )
    spoilt = zipped[:2000] + bytes(255 - byte for byte in zipped[2000:2400]) + zipped[2400:]
    path = tmp_path / "queue_log.1.gz"
    path.write_bytes(zipped[: len(zipped) // 2] if damage == "cut" else spoilt)
    with pytest.raises(SourceError, match="cannot be read to its end"):
        home.load("asterisk_queue_log", path)


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf" + LOG, LOG.replace(b"\n1709550009", b"\n" + b"\0" * 300 + b"1709550009"), LOG[:-1]]
)
def test_a_mark_a_hole_or_a_missing_line_end_costs_no_event(home: Installation, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(content)
    receipt = home.load("asterisk_queue_log", path)
    assert (receipt.records.used, receipt.records.rejected.total()) == (2, 0)
    assert home.rows("contact", "outcome, wait_seconds, incomplete") == [
        {"outcome": "abandoned", "wait_seconds": 9.0, "incomplete": False}
    ]


@pytest.mark.parametrize(
    ("content", "read"), [(b"", 0), (b"\n \n", 2), (b"\0" * 500, 1), (b"Dear all,\nsee below\n", 2)]
)
def test_nothing_readable_is_counted(home: Installation, tmp_path: Path, content: bytes, read: int) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(content)
    receipt = home.load("asterisk_queue_log", path)
    assert (receipt.records.read, receipt.records.used) == (read, 0)


def test_a_dump_among_the_files_of_a_load_loads_nothing(home: Installation, tmp_path: Path) -> None:
    good, bad = tmp_path / "queue_log", tmp_path / "queue_log.csv"
    good.write_bytes(LOG)
    bad.write_bytes(DUMP + DUMP_ROW)
    with pytest.raises(SourceError, match="this is no queue_log"):
        home.load("asterisk_queue_log", good, bad)
    assert home.snapshot.current.tables == {}
