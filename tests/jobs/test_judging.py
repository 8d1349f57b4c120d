"""Is the floor judged when it is due and only then, and is what was said kept whole, once, beside what was said before?"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from floorwalker.apps.coaching import from_judgements
from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.dashboards.statements import statements_of
from floorwalker.apps.people import actions
from floorwalker.apps.people.merging import merge_agents
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.people.sighting import register_sightings
from floorwalker.apps.standards.actions import set_target
from floorwalker.estimate import Estimate
from floorwalker.facts import saying
from floorwalker.facts.keys import fact_key
from floorwalker.facts.staging import open_staging
from floorwalker.facts.statement import NAME
from floorwalker.facts.upkeep import compact, verify
from floorwalker.insight import said
from floorwalker.insight.basis import Rules
from floorwalker.insight.cause import Causes
from floorwalker.insight.comparison import Comparison, Judged, compare_agents
from floorwalker.insight.frozen import from_json
from floorwalker.insight.remembered import Told, people_of_team, said_of
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import Question, window
from floorwalker.insight.statements import Method, as_rows, differs, read_causes, read_comparison, stamp
from floorwalker.jobs import judging
from floorwalker.jobs.judging import Judgement, Outcome, RulesHeld, Watch, is_due, judge_floor
from floorwalker.jobs.publish import publish_dimensions
from floorwalker.jobs.rolling import roll_up_load
from floorwalker.kpis.catalogue import catalogue
from tests.installation import Installation, new_installation
from tests.sources.asterisk_queue_log.lines import write_log

pytestmark = pytest.mark.django_db

DAY = 86_400
FULL = write_log(1000, seed=5, seconds_between=1200)
LAST = date(2023, 11, 27)
NIGHT = datetime(2023, 11, 28, 3, tzinfo=UTC)
HANDLING = "average_handle_time"


def between(first: datetime, last: datetime) -> list[str]:
    """The lines of that time."""
    return [line for line in FULL if first.timestamp() <= int(line.split("|")[0]) < last.timestamp()]


# What a machine that was away brings later: half a day within the window. And what the day brings that is not over.
LATE = between(NIGHT - timedelta(days=8), NIGHT - timedelta(days=7, hours=12))
TODAY = between(NIGHT - timedelta(hours=2), NIGHT + timedelta(days=9))
PERIODS = {"day": Period(LAST - timedelta(days=27), LAST), "week": Period(date(2023, 10, 30), date(2023, 11, 26))}


def load_lines(home: Installation, lines: list[str], name: str) -> None:
    log = home.config.home.parent / name
    log.write_text("\n".join(lines) + "\n")
    home.load("asterisk_queue_log", log, after_merge=roll_up_load)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judged")
    home = new_installation(folder / "home")
    missing = {*LATE, *TODAY}
    load_lines(home, [line for line in FULL if line not in missing], "log")
    home.lake.engine.close()
    return folder / "home"


@pytest.fixture
def home(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """A copy of that home, in which one measure is judged."""
    shutil.copytree(built, tmp_path / "home")
    home = new_installation(tmp_path / "home")
    monkeypatch.setattr(settings, "FLOORWALKER", home.config)
    monkeypatch.setattr(judging, "judged_measures", lambda: [catalogue()[HANDLING]])
    yield home
    home.lake.engine.close()


def judge(home: Installation, hours: float = 0) -> list[Judgement]:
    at = NIGHT + timedelta(hours=hours)
    return judge_floor(home.lake, now=lambda: at)


def outcomes(found: list[Judgement]) -> dict[Outcome, int]:
    return dict(Counter(one.outcome for one in found))


def said_rows(home: Installation) -> int:
    return int(home.snapshot.sql(f"select count(*) as n from {home.snapshot.relation(NAME)}")["n"].to_pylist()[0])


def as_pages_ask(home: Installation) -> Comparison | None:
    return said.comparison(home.snapshot, HANDLING, PERIODS["day"], {})


def due(home: Installation, hours: float) -> bool:
    return is_due(home.lake, NIGHT + timedelta(hours=hours))


def no_progress(_done: float, _what: str) -> None:
    pass


def test_pages_answer_from_what_the_night_said(home: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    kpi, period = catalogue()[HANDLING], PERIODS["day"]
    live = as_pages_ask(home)
    assert due(home, 0)
    found = judge(home)
    assert outcomes(found) == {Outcome.SAID: 8}
    assert {one.question.period.last for one in found} == {LAST, PERIODS["week"].last}
    monkeypatch.setattr(said, "work_out", lambda *_asked: pytest.fail("it was kept"))
    kept = as_pages_ask(home)
    assert live is not None and kept is not None and len(kept.agents) == 20
    same = stamp(Method.COMPARISON, kpi, period, NIGHT, "", 0)
    assert not differs(as_rows(live, same), as_rows(kept, same))
    assert said.causes(home.snapshot, HANDLING, period, {}) is not None
    assert said.processes(home.snapshot, HANDLING, window(Method.PROCESS, LAST), {}) is not None
    assert said.trends(home.snapshot, HANDLING, window(Method.TREND, LAST), {}) is not None
    with pytest.raises(pytest.fail.Exception):
        said.comparison(home.snapshot, HANDLING, PERIODS["day"], {"channel": ("voice",)})
    with pytest.raises(pytest.fail.Exception):
        said.comparison(home.snapshot, HANDLING, PERIODS["day"], {}, standard=300.0)


def test_nothing_is_said_twice(home: Installation) -> None:
    """Also not when the day goes on, or when compaction writes the files of the same rows anew."""
    judge(home)
    before = home.snapshot.current.sequence, said_rows(home)
    assert not due(home, 6)
    assert outcomes(judge(home, 6)) == {Outcome.STANDS: 8}
    assert (home.snapshot.current.sequence, said_rows(home)) == before
    load_lines(home, TODAY, "today")
    assert outcomes(judge(home, 7)) == {Outcome.STANDS: 8}
    assert compact(home.lake, no_progress)
    assert not {Outcome.SAID, Outcome.NOBODY} & set(outcomes(judge(home, 8)))
    assert said_rows(home) == before[1]
    assert verify(home.lake, no_progress) == []


def test_what_became_of_contacts_later_is_looked_at_once_a_day(
    home: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every later call touches the earlier ones of its caller; that alone is no correction."""
    monkeypatch.setattr(judging, "judged_measures", lambda: [catalogue()["first_contact_resolution"]])
    held = home.snapshot.day_files("contact", *(getattr(PERIODS["day"], end) for end in ("first", "last")))
    judge(home)
    load_lines(home, TODAY, "today")
    now = home.snapshot.day_files("contact", *(getattr(PERIODS["day"], end) for end in ("first", "last")))
    assert now != held
    assert outcomes(judge(home, 6)) == {Outcome.STANDS: 8}


def test_a_correction_is_judged_and_what_was_said_before_stays(home: Installation) -> None:
    judge(home)
    first = read_comparison(home.snapshot, HANDLING, PERIODS["day"])
    load_lines(home, LATE, "late")
    assert as_pages_ask(home) != first
    assert due(home, 6)
    assert not due(home, 1), "corrections that trickle in are gathered"
    # Of two weeks no chart can be drawn: it says what it said.
    assert outcomes(judge(home, 6)) == {Outcome.SAID: 6, Outcome.UNCHANGED: 2}
    for _round in range(2):
        then, now = (
            read_comparison(home.snapshot, HANDLING, PERIODS["day"], as_of=NIGHT + timedelta(hours=hours))
            for hours in (5, 6)
        )
        assert then == first
        assert now == as_pages_ask(home)
        assert now is not None and first is not None
        assert sum(one.n for one in now.agents) > sum(one.n for one in first.agents)
        compact(home.lake, no_progress)
    assert verify(home.lake, no_progress) == []


def test_a_target_is_heeded_at_once_and_a_teams_own_by_its_people(
    home: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "judged_measures", lambda: [catalogue()["transfer_rate"]])
    judge(home)
    register_sightings(home.config.outbox, at=NIGHT)
    boss = actions.add_user("boss", "operations_manager", by="test", at=NIGHT)
    team = Team.objects.create(name="Avocet", key=fact_key("", "", "team", "Avocet"))
    own = list(Agent.objects.order_by("name")[:6])
    for agent in own:
        actions.join_team(agent, team, on=date(2020, 1, 1), by=boss, at=NIGHT)
    publish_dimensions(home.lake)
    judge(home, 1)
    set_target("transfer_rate", 0.45, from_day=date(2020, 1, 1), by=boss, at=NIGHT)
    set_target("transfer_rate", 0.2, from_day=date(2020, 1, 1), team=team, by=boss, at=NIGHT)
    assert due(home, 1.1)
    found = judge(home, 1.1)
    changed = {one.question.method for one in found if one.outcome is Outcome.SAID}
    assert changed == {Method.COMPARISON, Method.CAUSE}
    kept = read_comparison(home.snapshot, "transfer_rate", PERIODS["day"])
    assert kept is not None and kept.standard == 0.45
    assert {one.agent: one.standard for one in kept.agents} == {
        one.agent: 0.2 if one.agent in {bytes(agent.key) for agent in own} else 0.45 for one in kept.agents
    }
    rules = RulesHeld().of(Question(Method.COMPARISON, catalogue()["transfer_rate"], PERIODS["day"]))
    assert rules == Rules(0.45, {bytes(team.key): 0.2})
    # Held against half as much, nobody is nearer to it.
    alike = compare_agents(home.snapshot, "transfer_rate", PERIODS["day"], {}, standard=0.45)
    assert alike is not None
    pairs = [(mine, other) for mine, other in zip(kept.agents, alike.agents, strict=True) if mine.standard == 0.2]
    assert len(pairs) == 6
    for mine, other in pairs:
        assert mine.probability_below is not None and other.probability_below is not None
        assert mine.probability_below > other.probability_below


def test_what_was_said_stays_readable_whatever_is_put_right(home: Installation) -> None:
    """Two names are found to be one person, she moves, a target is agreed, facts are corrected: each time something new is said."""
    register_sightings(home.config.outbox, at=NIGHT)
    boss = actions.add_user("boss", "operations_manager", by="test", at=NIGHT)
    anna, ben = Agent.objects.order_by("name")[:2]
    avocet, bittern = (
        Team.objects.create(name=name, key=fact_key("", "", "team", name)) for name in ("Avocet", "Bittern")
    )
    early = PERIODS["day"].first

    def move(team: Team, on: date) -> None:
        actions.join_team(anna, team, on=on, by=boss, at=NIGHT)

    def told(hours: float) -> list[Told]:
        until = NIGHT + timedelta(hours=hours)
        keys = Agent.objects.get(pk=anna.pk).keys_of_person()
        return said_of(home.snapshot, keys, kpi_id=HANDLING, as_of=until)

    def figures(hours: float) -> list[Judged]:
        return [one.answer.agents[0] for one in told(hours) if isinstance(one.answer, Comparison)]

    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: merge_agents(anna, ben, by="boss", at=NIGHT),
        lambda: move(avocet, early),
        lambda: move(bittern, early + timedelta(days=3)),
        lambda: set_target(HANDLING, low=50.0, high=100.0, from_day=date(2020, 1, 1), by=boss, at=NIGHT),
        lambda: load_lines(home, LATE, "late"),
    ]
    before: list[list[Told]] = []
    for step, change in enumerate(changes):
        change()
        publish_dimensions(home.lake)
        assert Outcome.SAID in outcomes(judge(home, step))
        before.append(told(step))
    again = [told(step + 0.5) for step in range(len(changes))]
    assert again[1:] == before[1:], "what was said then is said to have been said"
    assert [one for one in again[0] if one.agent == bytes(anna.key)] == before[0]
    (mine, hers), merged, first, second, aimed, corrected = (figures(step) for step in range(len(changes)))
    assert {mine.agent, hers.agent} == {bytes(anna.key), bytes(ben.key)}
    assert [one.n for one in merged] == [mine.n + hers.n] == [one.n for one in aimed]
    assert [one.team for one in (*merged, *first, *second)] == [None, bytes(avocet.key), bytes(bittern.key)]
    assert [one.standard for one in (*second, *aimed, *corrected)] == [None, 100.0, 100.0]
    assert corrected[0].n > aimed[0].n
    # Of whichever of the two one asks.
    assert Agent.objects.get(pk=ben.pk).keys_of_person() == anna.keys_of_person()
    instants = [NIGHT + timedelta(hours=step) for step in range(len(changes))]
    sentences = [
        statements_of(home.snapshot, anna, measure=HANDLING, until=instant, leads=True, reader=None, on=NIGHT.date())
        for instant in instants
    ]
    assert all(some for some in sentences) and len(sentences[0]) > len(sentences[1])
    # Alone in her team she would read of nobody else; a leader of twenty reads it whole.
    cause_of = {step: next(one for one in before[step] if isinstance(one.answer, Causes)) for step in (1, 2)}
    assert [people_of_team(home.snapshot, cause_of[step]) for step in (1, 2)] == [19, 1]
    own = statements_of(
        home.snapshot, anna, measure=HANDLING, until=instants[2], leads=False, reader=None, on=NIGHT.date()
    )
    assert {one.verdict for one in own if one.method == "cause"} == {"withheld"}
    assert {one.verdict for one in own if one.method == "comparison"} == {
        one.verdict for one in sentences[2] if one.method == "comparison"
    }


def test_a_killed_run_leaves_nothing_half(home: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """It dies between the table's own commit and the lake's."""
    with monkeypatch.context() as patch:
        patch.setattr(saying, "commit_current", lambda *_state: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            judge(home)
    assert NAME not in home.snapshot.current.tables and not home.snapshot.current.claims
    assert (home.lake.table_path(NAME) / "_delta_log").exists()
    assert read_comparison(home.snapshot, HANDLING, PERIODS["day"]) is None
    found = judge(home, 1)
    assert outcomes(found) == {Outcome.SAID: 8}
    assert said_rows(home) == sum(one.subjects + 1 for one in found)
    assert verify(home.lake, no_progress) == []


def test_loads_that_pour_in_are_waited_for(home: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(home.config, home.lake)
    assert not watch.says_go(1000.0, NIGHT)
    assert not watch.says_go(1000.0 + judging.QUIET_SECONDS - 1, NIGHT)
    with open_staging(home.lake.staging, "20231128T030000.000000Z-0000", 400):
        assert not watch.says_go(1000.0 + judging.QUIET_SECONDS, NIGHT)
        assert watch.says_go(1000.0 + judging.PATIENCE_SECONDS, NIGHT), "they never end"
    assert watch.says_go(1000.0 + judging.QUIET_SECONDS, NIGHT)
    judge(home)
    assert not watch.says_go(5000.0, NIGHT)


def test_what_was_judged_of_a_whole_week_is_brought_to_those_whom_it_concerns_once(
    home: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(home)
    monkeypatch.setattr(from_judgements, "lake", lambda: home.lake)
    team = Team.objects.create(name="Avocet", key=fact_key("", "", "team", "Avocet"))
    causes = read_causes(home.snapshot, HANDLING, PERIODS["week"])
    assert causes is not None and causes.site is not None
    monkeypatch.setattr(from_judgements, "ENOUGH", causes.site.probability + 0.01)
    assert from_judgements.collect_judgements(NIGHT + timedelta(hours=1)) == 0
    monkeypatch.setattr(from_judgements, "ENOUGH", causes.site.probability)
    assert from_judgements.collect_judgements(NIGHT + timedelta(hours=1)) == 1
    assert from_judgements.collect_judgements(NIGHT + timedelta(hours=9)) == 0
    brought = Feedback.objects.get()
    kept = from_json(brought.evidence.get().figure or {})
    assert brought.matter.team == team and brought.probability == causes.site.probability
    assert isinstance(kept.answer, Estimate) and kept.answer.value == causes.site.gap and kept.period == PERIODS["week"]
