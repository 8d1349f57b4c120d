"""Do the pages on loads say what the receipts say, and can what was left out be had, mended and read again?"""

from __future__ import annotations

import csv
import io

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from floorwalker.apps.notices.models import Notice
from floorwalker.apps.people.models import AuditEntry
from floorwalker.ingest.order import Order
from floorwalker.ingest.remembered import Where
from tests.apps.intake.conftest import Intake
from tests.installation import MAIN, NOON

MOST_QUERIES = {"/data/": 6, "/data/loads/{load}/": 7, "/data/rejects/": 6, "/data/rejects/?load={load}": 6}


def work() -> None:
    """What the background worker does, until nothing waits."""
    for waiting in DBTaskResult.objects.ready():
        waiting.claim("test")
        waiting.set_successful(waiting.task.call(*waiting.task_result.args))


def test_the_pages_need_few_queries(intake: Intake) -> None:
    load = intake.load_log(good=30, bad=3).load_id
    client = intake.floor.client("boss")
    for address, most in MOST_QUERIES.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address.format(load=load)).status_code == 200
        assert len(queries) <= most, (address, len(queries))


def test_before_the_first_load_it_says_how_to_begin(intake: Intake) -> None:
    client = intake.floor.client("boss")
    assert "floorwalker load asterisk_queue_log" in client.get("/data/").content.decode()
    assert "No row waits for repair" in client.get("/data/rejects/").content.decode()
    assert client.get("/data/loads/nowhere/").status_code == 404


def test_the_receipt_is_shown_with_both_balances(intake: Intake) -> None:
    receipt = intake.load_log(good=30, bad=3)
    page = intake.floor.client("boss").get(f"/data/loads/{receipt.load_id}/").content.decode()
    assert "33 lines read: 30 used, 0 ignored, 3 rejected." in page
    contacts = receipt.facts["contact"]
    assert f"contact: {contacts.produced} produced, of which {contacts.new} new, 0 changed and 0 unchanged." in page
    assert "does not add up" not in page and "Rejected: too few fields" in page


def test_what_a_load_says_is_in_the_readers_language(intake: Intake) -> None:
    receipt, boss = intake.load_log(good=30, bad=3), intake.floor.client("boss")
    welsh = {"HTTP_ACCEPT_LANGUAGE": "cy"}
    page = boss.get(f"/data/loads/{receipt.load_id}/", **welsh).content.decode()
    assert "Gwrthodwyd: rhy ychydig o feysydd" in page and "too few fields" not in page
    assert "edrychwch ar y llinell yn y ffeil" in page
    page = boss.get("/data/rejects/?reason=too+few+fields", **welsh).content.decode()
    assert '<option value="too few fields" selected>rhy ychydig o feysydd</option>' in page
    assert "maes</span>" in page
    assert "too few fields" in b"".join(boss.get("/data/rejects/rows.csv", **welsh).streaming_content).decode()


def test_sources_and_loads_are_listed(intake: Intake) -> None:
    first, second = intake.load_log(bad=1), intake.load_log(bad=1)
    page = intake.floor.client("admin").get("/data/").content.decode()
    assert page.index(second.load_id) < page.index(first.load_id)
    assert "15 Jan 2026 12:00" in page and "14 Nov 2023 22:13" in page, "last load, complete through"
    assert "1 row waits for repair" in page, "the second load has settled the first"


def test_a_running_load_shows_how_far_it_is(intake: Intake) -> None:
    store = intake.home.store
    client = intake.floor.client("boss")
    with store.under_way("one"):
        store.begin("one", Order("asterisk_queue_log", (intake.folder / "queue_log",), MAIN, "Main"), NOON)
        assert "still running" in client.get("/data/loads/one/").content.decode()
        store.note_progress("one", 0.25, "reading")
        page = client.get("/data/").content.decode()
        assert '<progress max="1" value="0.25"' in page and "25%, running" in page
        assert client.post("/data/loads/one/again/").status_code == 409
    assert "It was cut off before its end" in client.get("/data/loads/one/").content.decode()


def test_rows_are_grouped_by_what_mends_them_and_filtered_by_address(intake: Intake) -> None:
    load = intake.load_log(good=3, bad=5).load_id
    client = intake.floor.client("boss")
    page = client.get("/data/rejects/").content.decode()
    assert "5 rows: too few fields" in page and page.count("cut off") == 3, "some examples are enough"
    assert "queue_log, line 8" in page
    assert "5 rows" in client.get(f"/data/rejects/?load={load}&reason=too+few+fields").content.decode()
    nothing = client.get("/data/rejects/?source=csv_files").content.decode()
    assert "No row is like that." in nothing and '<option value="csv_files" selected>' in nothing


def test_left_out_rows_leave_as_a_file_without_formulas(intake: Intake) -> None:
    log = intake.folder / "queue_log"
    log.write_text("=1+1|cut off\n@sum|cut\n", encoding="utf-8")
    load = intake.home.load("asterisk_queue_log", log).load_id
    answer = intake.floor.client("boss").get(f"/data/rejects/rows.csv?load={load}")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    about = {row["reason"]: row["file"] for row in rows[2:]}
    rows = rows[:2]
    assert [row["record"] for row in rows] == ["'=1+1|cut off", "'@sum|cut"]
    assert {row["reason"] for row in rows} == {"too few fields"}
    assert about.keys() == {"Taken by", "Taken at", "Filter"}
    assert (about["Taken by"], about["Filter"]) == ("boss", f"load: {load}")
    assert answer["Content-Disposition"] == 'attachment; filename="left-out-rows.csv"'
    entry = AuditEntry.objects.get(verb="export_rejects")
    assert entry.by == "boss" and entry.detail == {"load": load, "rows": 2}


def test_a_mended_load_is_read_again_by_the_worker(intake: Intake) -> None:
    load = intake.load_log(good=30, bad=3).load_id
    intake.write_log(good=33, bad=0)
    client = intake.floor.client("boss")
    assert client.post(f"/data/loads/{load}/again/").status_code == 302
    assert "going to be read again" in client.get(f"/data/loads/{load}/").content.decode()
    assert client.post(f"/data/loads/{load}/again/").status_code == 409, "asked already"
    work()
    assert intake.home.store.count_rejects(Where()) == 0
    latest, _first = intake.home.store.loads()
    assert latest.again_of == load and latest.receipt is not None
    assert latest.receipt["facts"]["contact"]["new"] == 3
    page = client.get(f"/data/loads/{load}/").content.decode()
    assert latest.id in page and "A later load has read the same again." in page
    entry = AuditEntry.objects.get(verb="read_again")
    assert entry.subject == f"load:{load}" and entry.by == "boss"
    assert not Notice.objects.filter(code="reading_again_failed").exists()


def test_where_files_are_gone_the_page_says_so(intake: Intake) -> None:
    load = intake.load_log(bad=2).load_id
    (intake.folder / "queue_log").unlink()
    client = intake.floor.client("boss")
    page = client.get(f"/data/loads/{load}/").content.decode()
    assert "the files of this load are gone" in page and "/again/" not in page
    assert client.post(f"/data/loads/{load}/again/").status_code == 409
    assert not AuditEntry.objects.filter(verb="read_again").exists()


def test_reading_again_that_fails_is_told(intake: Intake) -> None:
    load = intake.load_log(bad=2).load_id
    client = intake.floor.client("boss")
    client.post(f"/data/loads/{load}/again/")
    (intake.folder / "queue_log").unlink()
    work()
    notice = Notice.objects.open().get(code="reading_again_failed")
    assert notice.address == f"/data/loads/{load}/" and "gone" in notice.params["problem"]


def test_home_shows_sources_and_what_waits(intake: Intake) -> None:
    intake.load_log(bad=2)
    Notice.objects.all().delete()
    page = intake.floor.client("admin").get("/").content.decode()
    assert "Is everything coming in?" in page
    step = page.partition('<p class="step">')[2].partition("</p>")[0]
    assert "2 rows wait for repair." in step and 'href="/data/rejects/"' in step
    assert "Is everything coming in?" not in intake.floor.client("leader").get("/").content.decode()
