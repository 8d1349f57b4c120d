"""Which time lines follow from the kept events of the agents that a load touched?

A time line is derived again from the day on which its agent was first touched. The SQL is the source's own
(`Source.derive`), over these relations beside those of `replay.py`:

agent_event     all known events of some touched agents outside calls, from five weeks before
talk            all known segments of the same agents
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.facts.relations import DAY
from floorwalker.facts.replay import ONE_DAY, SPANS_RESTART, Replay
from floorwalker.facts.tables import SOURCE_EVENT, STATE_INTERVAL

STATE_REACH = timedelta(days=35)
STEPS_PER_BATCH = 200_000


@dataclass(frozen=True)
class TimeLines:
    """The time lines of one replay: after its calls, whose talking they hold."""

    replay: Replay

    def derive(self) -> list[date]:
        """Fill `fresh_state_interval` with the touched agents' time lines from their first touched day on.

        Returns the days in which they can lie; none where no agent was touched.
        """
        last = self._last_day()
        self._touch_open_states()
        row = self.replay.engine.rows("select min(from_day) as a from touched_agent")[0]
        if row["a"] is None or last is None or STATE_INTERVAL.name not in self.replay.derivation:
            return []
        first = row["a"]
        self._select_agent_events(first, last)
        self._derive_by_groups()
        self.replay.merge.staging.freshen(
            STATE_INTERVAL,
            f"""select s.* from staged_state_interval as s
            semi join touched_agent as t on t.identity_key = s.identity_key and s.{DAY} >= t.from_day""",
        )
        return [first + timedelta(days=n) for n in range((last - first).days + 2)]

    def _derive_by_groups(self) -> None:
        """A time line needs all that its agent did at once: work goes by groups of agents."""
        count = self.replay.merge.staging.count("known_talk") + self.replay.merge.staging.count("known_agent_event")
        groups = count // STEPS_PER_BATCH + 1
        for group in range(groups):
            for name in ("talk", "agent_event"):
                self.replay.engine.run(
                    f"create or replace table {name} as from known_{name} where hash(identity_key) % {groups} = {group}"
                )
            self.replay.stamp(STATE_INTERVAL, self.replay.derivation[STATE_INTERVAL.name])
            self.replay.progress((group + 1) / groups, "deriving time lines")

    def find_gone(self, window: list[date]) -> None:
        """Table `gone_state_interval`: earlier stretches of touched agents that no longer follow from the events."""
        held = self.replay.merge.snapshot.relation_of_days(STATE_INTERVAL.name, window)
        self.replay.engine.run(
            f"""create or replace table gone_state_interval as select h.* from {held} as h
            join touched_agent as t on h.identity_key = t.identity_key and h.{DAY} >= t.from_day
            where {self.replay.mine} and state_key not in (select state_key from fresh_state_interval)"""
        )

    def _touch_open_states(self) -> None:
        """A time line starts anew where its open stretch began: the next event closes it."""
        last = self._last_day()
        if last is None:
            return
        row = self.replay.engine.rows("select min(from_day) as a from touched_agent")[0]
        held = self.replay.merge.snapshot.relation(STATE_INTERVAL.name, (row["a"] or last) - STATE_REACH, last)
        cut = self._states_around_restarts()
        self.replay.engine.run(
            f"""create or replace table touched_agent as select identity_key, min(from_day) as from_day from (
              from touched_agent union all
              select h.identity_key, h.{DAY} from {held} as h semi join (
                select identity_key, min(from_day) as from_day from touched_agent group by 1
              ) as t on h.identity_key = t.identity_key and h.{DAY} >= t.from_day - {STATE_REACH.days}
              where h.ended_at is null and {self.replay.mine}
              union all
              select identity_key, {DAY} from {cut} as h
              where {self.replay.mine} and {SPANS_RESTART.format("h.started_at", "h.ended_at")}
            ) group by 1"""
        )

    def _states_around_restarts(self) -> str:
        """The stretches of the days in which newly learnt restarts lie, and open ones from before."""
        row = self.replay.engine.rows("select min(happened_at) as a, max(happened_at) as b from new_restart")[0]
        if row["a"] is None:
            return self.replay.merge.snapshot.relation_of_days(STATE_INTERVAL.name, ())
        first, last = row["a"].date() - STATE_REACH, row["b"].date() + ONE_DAY
        return self.replay.merge.snapshot.relation(STATE_INTERVAL.name, first, last)

    def _select_agent_events(self, first: date, last: date) -> None:
        snapshot = self.replay.merge.snapshot
        events = snapshot.relation("source_event", first - STATE_REACH, last + ONE_DAY)
        segments = snapshot.relation("segment", first - ONE_DAY, last + ONE_DAY)
        # Each agent's own days: how far one is looked back must not depend on who else is in the load.
        own = (
            f"semi join touched_agent as t on {{0}}.identity_key = t.identity_key and {{0}}.{DAY} >= t.from_day - {{1}}"
        )
        self.replay.merge.staging.hold(
            "known_agent_event",
            f"""select identity_key, queue_key, happened_at, event, event_rank, event_key, detail from {events} as e
            {own.format("e", STATE_REACH.days)} where {self.replay.mine} and call_id is null""",
        )
        self.replay.engine.run(
            f"""create or replace table system_event as select event, happened_at from {events} as e
            where {self.replay.mine} and call_id is null and identity_key is null"""
        )
        self.replay.merge.staging.hold(
            "known_talk",
            f"""select identity_key, answered_at, ended_at, handled from {segments} as s
            {own.format("s", 1)} where {self.replay.mine} and answered_at is not null""",
        )

    def _last_day(self) -> date | None:
        days = self.replay.merge.snapshot.days(SOURCE_EVENT.name)
        return days[1] if days else None
