"""Is somebody told when a source stops, dies or leaves out too much, and told no more when it is well again?"""

from __future__ import annotations

from datetime import timedelta

from floorwalker.apps.intake.watching import watch_sources
from floorwalker.apps.notices.models import Notice
from floorwalker.ingest.load import load
from floorwalker.ingest.order import Order
from tests.apps.intake.conftest import Intake
from tests.installation import MAIN, NOON

DAY = timedelta(days=1)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.open().exclude(subject="a test").values_list("code", "subject"))


def test_a_source_that_stops_is_told_until_something_comes(intake: Intake) -> None:
    log = intake.write_log(good=30, bad=0)
    order = Order("asterisk_queue_log", (log,), MAIN, "Main")
    for day in range(5):
        load(order, intake.home.config, intake.home.lake, now=lambda day=day: NOON + day * DAY)  # type: ignore[misc]
    watch_sources(intake.home.store, NOON + 6 * DAY)
    assert told() == []
    for _ in range(2):
        watch_sources(intake.home.store, NOON + 8 * DAY)
    assert told() == [("source_stopped", "asterisk_queue_log:Main")]
    page = intake.floor.client("boss").get("/notices/").content.decode()
    assert "since 19 Jan 2026, 12:00 UTC; something usually comes every 24 h" in page
    load(order, intake.home.config, intake.home.lake, now=lambda: NOON + 9 * DAY)
    watch_sources(intake.home.store, NOON + 9 * DAY)
    assert told() == []


def test_too_many_rejected_rows_are_told_until_they_are_read_again(intake: Intake) -> None:
    intake.load_log(good=30, bad=1)
    watch_sources(intake.home.store, NOON)
    assert told() == []
    intake.load_log(good=30, bad=10)
    watch_sources(intake.home.store, NOON)
    assert told() == [("rows_rejected", "asterisk_queue_log:Main")]
    assert "25%" in intake.floor.client("boss").get("/notices/").content.decode()
    intake.load_log(good=40)
    watch_sources(intake.home.store, NOON)
    assert told() == []


def test_a_load_that_died_or_failed_is_told_until_the_next_one(intake: Intake) -> None:
    store = intake.home.store
    order = Order("asterisk_queue_log", (intake.folder / "queue_log",), MAIN, "Main")
    store.begin("killed", order, NOON)
    watch_sources(store, NOON)
    assert told() == [("load_died", "asterisk_queue_log:Main")]
    store.fail("killed", "failed", NOON, "the disk is full")
    watch_sources(store, NOON)
    assert told() == [("load_failed", "asterisk_queue_log:Main")]
    intake.load_log()
    watch_sources(store, NOON)
    assert told() == []
