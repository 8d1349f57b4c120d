"""Can Floorwalker read an Asterisk queue_log? Plain, gzipped or rotated, growing or exported by PBXware."""

from floorwalker.ingest.source import Setting, Source
from floorwalker.sources.asterisk_queue_log.derive import DERIVE, FLAG_MEANINGS, PREPARE
from floorwalker.sources.asterisk_queue_log.fetch import fetch, total_size
from floorwalker.sources.asterisk_queue_log.map import map_page

SOURCE = Source(
    name="asterisk_queue_log",
    title="Asterisk queue_log: queues, calls and agents' log-ins and pauses, from Asterisk 1.2 to today",
    tables=("source_event", "contact", "segment", "alert", "state_interval"),
    fetch=fetch,
    map_page=map_page,
    settings=(
        Setting(
            "form",
            "how the lines are written: Asterisk's own file, or PBXware's export of it with a heading line",
            default="auto",
            choices=("auto", "file", "pbxware"),
        ),
    ),
    can_follow=True,
    prepare=PREPARE,
    derive=DERIVE,
    flag_meanings=FLAG_MEANINGS,
    size=total_size,
)
