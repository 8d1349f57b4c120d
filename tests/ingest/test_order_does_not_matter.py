"""Does loading twice, in another order, or in overlapping pieces that cut calls in two give the same facts?"""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.facts.upkeep import verify
from floorwalker.ingest.source import Site
from tests.installation import Installation, new_installation
from tests.sources.asterisk_queue_log.lines import write_log

FACTS = ("contact", "segment", "alert", "state_interval", "source_event")
LINES = write_log(calls=400, seed=7)


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n")
    return path


def facts_of(home: Installation) -> dict[str, list[dict[str, object]]]:
    assert verify(home.lake, lambda share, stage: None) == []
    return {name: home.rows(name) for name in FACTS}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[dict[str, object]]], bytes]:
    folder = tmp_path_factory.mktemp("whole")
    home = new_installation(folder / "home")
    home.load("asterisk_queue_log", write(folder / "queue_log", LINES))
    return facts_of(home), (home.config.keys / "customers.key").read_bytes()


def same_secret(home: Installation, whole: tuple[object, bytes]) -> Installation:
    (home.config.keys / "customers.key").write_bytes(whole[1])
    return home


def test_there_is_something_to_compare(whole: tuple[dict[str, list[dict[str, object]]], bytes]) -> None:
    facts, _ = whole
    assert all(len(facts[name]) > 100 for name in FACTS)
    assert len({row["local_day"] for row in facts["contact"]}) >= 2
    assert {row["state"] for row in facts["state_interval"]} >= {"available", "productive_contact", "break"}


def test_twice_writes_nothing(tmp_path: Path) -> None:
    home = new_installation(tmp_path / "home")
    log = write(tmp_path / "queue_log", LINES)
    first = home.load("asterisk_queue_log", log)
    before = home.snapshot.current
    again = home.load("asterisk_queue_log", log)
    assert home.snapshot.current == before
    assert again.facts["source_event"].unchanged == first.facts["source_event"].produced
    assert all(counts.new == counts.changed == counts.gone == 0 for counts in again.facts.values())


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4))])
def test_overlapping_pieces_in_any_order(
    tmp_path: Path, whole: tuple[dict[str, list[dict[str, object]]], bytes], seed: int
) -> None:
    home = same_secret(new_installation(tmp_path / "home"), whole)
    draw = random.Random(seed)
    cuts = sorted(draw.sample(range(1, len(LINES)), 3))
    pieces = []
    for number, (first, last) in enumerate(zip([0, *cuts], [*cuts, len(LINES)], strict=True)):
        overlap = draw.randrange(40)
        pieces.append(write(tmp_path / f"piece{number}", LINES[max(0, first - overlap) : last + overlap]))
    draw.shuffle(pieces)
    for piece in pieces:
        home.load("asterisk_queue_log", piece)
    assert facts_of(home) == whole[0]


def test_lines_in_no_order_at_all(tmp_path: Path, whole: tuple[dict[str, list[dict[str, object]]], bytes]) -> None:
    home = same_secret(new_installation(tmp_path / "home"), whole)
    lines = list(LINES)
    random.Random(3).shuffle(lines)
    home.load("asterisk_queue_log", write(tmp_path / "queue_log", lines))
    assert facts_of(home) == whole[0]


def test_a_customer_who_comes_back_after_weeks(tmp_path: Path) -> None:
    """The contact in the middle is far from the one before, and near enough to the new one to be looked at again."""
    calls = [_short_call(number, day) for number, day in enumerate((0, 20, 45, 70))]
    whole = new_installation(tmp_path / "whole")
    whole.load("asterisk_queue_log", write(tmp_path / "queue_log", [line for call in calls for line in call]))
    pieces = same_secret(
        new_installation(tmp_path / "pieces"), (None, (whole.config.keys / "customers.key").read_bytes())
    )
    for number in (0, 1, 2, 3):
        pieces.load("asterisk_queue_log", write(tmp_path / f"piece{number}", calls[number]))
    gaps = [row["previous_any_reason_seconds"] for row in sorted(whole.rows("contact"), key=lambda r: r["entered_at"])]
    assert gaps == [None, 20 * 86_400, 25 * 86_400, 25 * 86_400]
    assert facts_of(pieces) == facts_of(whole)


def _short_call(number: int, day: int) -> list[str]:
    at = 1_700_000_000 + day * 86_400
    call = f"{at}.{number}"
    return [f"{at}|{call}|sales|NONE|ENTERQUEUE||01632960001|1", f"{at + 9}|{call}|sales|NONE|ABANDON|1|1|9"]


def test_restarts_learnt_in_any_order(tmp_path: Path) -> None:
    """A call and a log-in without an end; the later restart is learnt before the earlier one, which ends them."""
    start, day = 1_700_000_000, 86_400
    days = [
        [
            f"{start}|NONE|sales|Wren|ADDMEMBER|",
            f"{start + 9}|{start + 9}.1|sales|NONE|ENTERQUEUE||01632960001|1",
        ],
        [f"{start + day}|NONE|NONE|NONE|QUEUESTART|"],
        [f"{start + 2 * day}|NONE|NONE|NONE|QUEUESTART|"],
        [f"{start + 12 * day}|NONE|NONE|NONE|QUEUESTART|"],
    ]
    whole = new_installation(tmp_path / "whole")
    whole.load("asterisk_queue_log", write(tmp_path / "queue_log", [line for lines in days for line in lines]))
    (contact,) = whole.rows("contact")
    assert (contact["outcome"], contact["ended_at"].timestamp()) == ("failed", start + day)
    for name, order in {"later_first": (0, 2, 1, 3), "backwards": (3, 2, 1, 0)}.items():
        home = same_secret(
            new_installation(tmp_path / name), (None, (whole.config.keys / "customers.key").read_bytes())
        )
        for number in order:
            home.load("asterisk_queue_log", write(tmp_path / f"day{number}", days[number]))
        assert facts_of(home) == facts_of(whole), name


def test_a_restart_long_after_a_calls_last_event_does_not_end_it(tmp_path: Path) -> None:
    start, day = 1_700_000_000, 86_400
    call = [f"{start}|{start}.1|sales|NONE|ENTERQUEUE||01632960001|1"]
    later = [f"{start + n * day}|{start + n * day}.1|sales|NONE|ENTERQUEUE||01632960002|1" for n in (3, 6)]
    restart = [f"{start + 12 * day}|NONE|NONE|NONE|QUEUESTART|"]
    home = new_installation(tmp_path / "home")
    home.load("asterisk_queue_log", write(tmp_path / "queue_log", [*call, *later, *restart]))
    ended = [row["ended_at"] is not None for row in sorted(home.rows("contact"), key=lambda row: row["entered_at"])]
    assert ended == [False, False, True]


def test_a_site_may_have_an_apostrophe(tmp_path: Path) -> None:
    """Its name is the origin of what it sends, and stands in queries."""
    home = new_installation(tmp_path / "o'brien")
    site = Site("St John's", "America/St_Johns", "CA")
    log = write(tmp_path / "queue_log", LINES[:200])
    first = home.load("asterisk_queue_log", log, site=site)
    again = home.load("asterisk_queue_log", log, site=site)
    assert first.facts["contact"].new > 0
    assert again.facts["source_event"].new == again.facts["source_event"].changed == 0


def test_how_far_an_agent_is_looked_back_does_not_depend_on_others(tmp_path: Path) -> None:
    """Wren logged in fifty days before her next event; whether Robin's older events come in the same load is all the same."""
    start, day = 1_700_000_000, 86_400
    first = [f"{start}|NONE|sales|Wren|ADDMEMBER|"]
    wren = [f"{start + 50 * day}|NONE|sales|Wren|PAUSE|lunch", f"{start + 50 * day + 600}|NONE|sales|Wren|UNPAUSE|"]
    robin = [
        f"{start + 10 * day}|NONE|sales|Robin|ADDMEMBER|",
        f"{start + 10 * day + 900}|NONE|sales|Robin|REMOVEMEMBER|",
    ]
    found = []
    for name, loads in {"together": [first, robin + wren], "apart": [first, wren, robin]}.items():
        home = new_installation(tmp_path / name)
        for number, lines in enumerate(loads):
            home.load("asterisk_queue_log", write(tmp_path / f"{name}{number}", lines))
        found.append(home.rows("state_interval", "* exclude (load_id)"))
    assert found[0] == found[1]


def _loose_call(day: int) -> list[str]:
    """A call over midnight whose id tells no time, so that a later one may have the same."""
    at = 1_700_006_390 + day * 86_400
    return [
        f"{at}|front-desk|sales|NONE|ENTERQUEUE||01632960001|1",
        f"{at + 9}|front-desk|sales|Wren|CONNECT|9|front-desk|2",
        f"{at + 30}|front-desk|sales|Wren|COMPLETECALLER|9|21|1",
    ]


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, list[str]]:
    folder = tmp_path_factory.mktemp("loose")
    lines = [line for day in (0, 3, 4, 33, 34, 35, 90) for line in _loose_call(day)]
    home = new_installation(folder / "home")
    home.load("asterisk_queue_log", write(folder / "queue_log", lines))
    return home, lines


def test_an_id_used_again_in_another_month_is_another_call(loose: tuple[Installation, list[str]]) -> None:
    home, _ = loose
    calls = {row["chain_key"]: row["local_day"] for row in home.rows("contact", "chain_key, local_day")}
    assert len(calls) == 6  # of days that follow on each other, two are one call
    assert {day.month for day in calls.values()} == {11, 12, 2}


@settings(max_examples=2, derandomize=True)
@given(draw=st.randoms(use_true_random=False))
def test_ids_used_again_in_any_pieces(loose: tuple[Installation, list[str]], draw: random.Random) -> None:
    check_pieces(*loose, draw)


@pytest.mark.slow
@settings(max_examples=12, derandomize=True)
@given(draw=st.randoms(use_true_random=False))
def test_ids_used_again_in_very_many_pieces(loose: tuple[Installation, list[str]], draw: random.Random) -> None:
    check_pieces(*loose, draw)


def check_pieces(whole: Installation, lines: list[str], draw: random.Random) -> None:
    """The lines, dealt out to some files in any way, give the same facts."""
    with TemporaryDirectory() as folder:
        home = same_secret(
            new_installation(Path(folder) / "home"), (None, (whole.config.keys / "customers.key").read_bytes())
        )
        pieces: list[list[str]] = [[] for _ in range(draw.randint(2, 4))]
        for line in lines:
            draw.choice(pieces).append(line)
        for number, piece in enumerate(piece for piece in pieces if piece):
            home.load("asterisk_queue_log", write(Path(folder) / f"piece{number}", piece))
        assert facts_of(home) == facts_of(whole)
