"""Does the same seed give the same floor, to the last row, and another seed another one?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from floorwalker.errors import SourceError
from floorwalker.sources.simulated import SOURCE
from floorwalker.sources.simulated.fetch import RECORDS_A_PAGE, fetch
from floorwalker.sources.simulated.names import agent_name, divide_among_sites, team_name
from floorwalker.sources.simulated.parameters import read_parameters
from tests.sources.simulated.simulated_floor import ask_for, join_pages, load_pages, run_floor


def test_same_seed_same_rows() -> None:
    one, other = (join_pages(load_pages(agents="30", days="9", seed="4")) for _ in range(2))
    assert one["contact"].num_rows > 3_000
    assert all(one[name].equals(other[name]) for name in SOURCE.tables)


def test_other_seed_other_rows() -> None:
    one = join_pages(load_pages(agents="12", days="2", seed="4"))
    other = join_pages(load_pages(agents="12", days="2", seed="5"))
    assert not one["contact"]["entered_at"].equals(other["contact"]["entered_at"])
    assert not one["segment"].equals(other["segment"])


def test_seed_changes_nothing_but_chance() -> None:
    volumes = [join_pages(load_pages(agents="40", days="6", seed=str(seed)))["contact"].num_rows for seed in (1, 2, 3)]
    assert max(volumes) < 1.2 * min(volumes)


def test_pages_are_bounded_and_every_record_is_used() -> None:
    pages = load_pages(agents="60", days="30")
    assert len(pages) > 2
    for page in pages:
        unheard = [outcome for outcome in page.rows["alert"]["outcome"].to_pylist() if outcome != "answered"]
        rows = sum(page.rows[name].num_rows for name in ("contact", "state_interval", "survey", "evaluation"))
        assert page.read == page.used == rows + len(unheard)
    assert max(page.read for page in pages) < RECORDS_A_PAGE + 20_000


def test_sizes_for_progress_add_up() -> None:
    request = ask_for(agents="160", days="3")
    assert SOURCE.size is not None
    assert sum(page.size for page in fetch(request)) == SOURCE.size(request) == 6


def test_sites_follow_the_size_and_keep_their_own_clock() -> None:
    request = ask_for(agents="700", days="1")
    assert SOURCE.sites is not None
    sites = {site.code: site for site in SOURCE.sites(request)}
    assert len(sites) == 4
    contact = run_floor(agents="700", days="1").frame("contact")
    assert set(contact.site) == set(sites)
    for code, site in sites.items():
        live = contact[(contact.site == code) & (contact.channel == "voice")]
        entered = live.entered_at.dt.tz_convert(site.timezone)
        assert set(entered.dt.date.astype(str)) == {"2026-01-05"}
        assert entered.dt.hour.between(8, 20).all()


@pytest.mark.parametrize("agents", [2, 10, 149, 150, 599, 3_000, 10_000])
def test_everybody_is_employed_somewhere(agents: int) -> None:
    shares = divide_among_sites(agents)
    assert sum(share.agents for share in shares) == agents
    assert max(share.agents for share in shares) - min(share.agents for share in shares) <= 1


def test_names_are_unique() -> None:
    assert len({agent_name(number) for number in range(25_000)}) == 25_000
    assert len({team_name(number) for number in range(850)}) == 850


def test_truth_is_written_beside_the_data(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    load_pages(agents="24", days="3", truth_file=str(path))
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(run_floor(agents="24", days="3").truth))
    assert len(written["agents"]) == 24


def test_truth_that_cannot_be_written_stops_the_load_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the truth cannot be written"):
        next(fetch(ask_for(agents="10", days="1", truth_file=str(tmp_path / "nowhere" / "truth.json"))))


@pytest.mark.parametrize(
    ("name", "value"), [("agents", "1"), ("agents", "ten"), ("days", "0"), ("start", "5.1.2026"), ("load", "nan")]
)
def test_impossible_settings_are_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_parameters(SOURCE.settle({name: value}))
    assert f"--set {name}={value}" in str(caught.value)


def test_more_load_makes_people_wait() -> None:
    def share_abandoned(load: str) -> float:
        contact = run_floor(agents="40", days="5", load=load).frame("contact")
        return float((contact[contact.channel == "voice"].outcome == "abandoned").mean())

    assert share_abandoned("0.7") < share_abandoned("1") < share_abandoned("1.3")
    assert share_abandoned("1.3") > 2 * share_abandoned("0.7")
