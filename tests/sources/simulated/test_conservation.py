"""Is every contact, every ringing and every minute of a shift accounted for, once?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from floorwalker.facts.tables import TABLES
from floorwalker.sources.simulated import SOURCE
from floorwalker.sources.simulated.floor import build_floor
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.shifts import OPEN_HOURS, rota
from tests.sources.simulated.simulated_floor import Ran

ZONE = "Europe/London"


def local(instants: pd.Series) -> pd.Series:
    return instants.dt.tz_convert(ZONE)


def test_every_contact_has_one_end(two_weeks: Ran) -> None:
    contact = two_weeks.frame("contact")
    answered, abandoned = contact.outcome == "answered", contact.outcome == "abandoned"
    waiting = contact.outcome.isna()
    assert len(contact) > 10_000
    assert len(contact) == answered.sum() + abandoned.sum() + waiting.sum()
    assert abandoned.sum() > 100
    assert set(contact[waiting].channel) == {"email"}
    assert contact[answered].answered_by.notna().all()
    assert contact[~answered].answered_at.isna().all()
    assert contact[waiting].ended_at.isna().all()
    assert contact.contact_id.is_unique


def test_every_answered_contact_is_one_segment(two_weeks: Ran) -> None:
    contact, segment = two_weeks.frame("contact"), two_weeks.frame("segment")
    both = contact[contact.handled].merge(segment, on="contact_id", suffixes=("", "_s"), validate="one_to_one")
    assert len(both) == len(segment) == contact.handled.sum()
    assert (both.agent == both.answered_by).all()
    assert ((both.answered_at - both.entered_at).dt.total_seconds() - both.wait_seconds).abs().max() < 1e-6
    talked = (both.ended_at_s - both.answered_at_s).dt.total_seconds()
    assert (talked - both.talk_seconds - both.hold_seconds).abs().max() < 1e-6
    wrapped = (both.wrapped_at - both.ended_at_s).dt.total_seconds()
    assert (wrapped - both.wrap_up_seconds).abs().max() < 1e-6


def test_transfers_are_one_chain(two_weeks: Ran) -> None:
    contact, segment = two_weeks.frame("contact"), two_weeks.frame("segment")
    second = contact[~contact.first_in_chain]
    assert len(second) == segment.transferred_out.sum() > 100
    both = second.merge(contact, left_on="chain_id", right_on="contact_id", suffixes=("", "_first"))
    assert len(both) == len(second)
    assert (both.entered_at == both.ended_at_first).all()
    # nan is not nan: those who withhold their number have none in either visit
    assert ((both.customer == both.customer_first) | (both.customer.isna() & both.customer_first.isna())).all()
    assert contact.groupby("chain_id").first_in_chain.sum().eq(1).all()


def test_nobody_is_in_two_contacts_at_once(two_weeks: Ran) -> None:
    segment = two_weeks.frame("segment").sort_values(["agent", "answered_at"])
    before = segment.groupby("agent").wrapped_at.shift()
    assert (segment.answered_at >= before)[before.notna()].all()


def test_states_have_no_gap_and_stay_in_their_day(two_weeks: Ran) -> None:
    state = two_weeks.frame("state_interval").sort_values(["agent", "started_at"])
    state["day"] = local(state.started_at).dt.date
    assert (state.day == local(state.ended_at).dt.date).all()
    before = state.groupby(["agent", "day"]).ended_at.shift()
    assert (state.started_at == before)[before.notna()].all()
    assert (state.seconds > 0).all()
    assert state.state_id.is_unique


def test_shifts_begin_as_planned_and_end_not_before_plan() -> None:
    parameters = Parameters(agents=45, days=14, seed=3, start=date(2026, 3, 20))
    floor = build_floor(parameters)
    for day in floor.run():
        shifts = {shift.person: shift for shift in rota(parameters, day.roster, day.number)}
        lines = pd.DataFrame({"person": day.states.person, "started": day.states.started, "ended": day.states.ended})
        line = lines.groupby("person").agg(started=("started", "min"), ended=("ended", "max"))
        assert set(line.index) == set(shifts)
        for person, row in line.iterrows():
            shift = shifts[person]
            planned = shift.duties[-1].due - shift.begins
            assert planned <= row.ended - row.started < planned + 2 * 3_600_000


def test_segments_lie_within_shifts_and_agree_with_states(two_weeks: Ran) -> None:
    segment, state = two_weeks.frame("segment"), two_weeks.frame("state_interval")
    busy = state[state.state == "productive_contact"]
    same = segment.merge(
        busy, left_on=["agent", "answered_at"], right_on=["agent", "started_at"], validate="one_to_one"
    )
    assert len(same) == len(segment) == len(busy)
    assert (same.wrapped_at == same.ended_at_y).all()
    assert state.handled_count.sum() == len(segment)
    handle = segment.talk_seconds + segment.hold_seconds + segment.wrap_up_seconds
    assert np.isclose(handle.sum(), busy.seconds.sum())


def test_alerts_account_for_every_ringing(two_weeks: Ran) -> None:
    alert, segment, contact = (two_weeks.frame(name) for name in ("alert", "segment", "contact"))
    heard = alert[alert.outcome == "answered"]
    assert len(heard) == (segment.channel != "email").sum()
    assert alert.alert_id.is_unique
    assert 0.01 < (alert.outcome == "no_answer").mean() < 0.03
    gave_up = contact[contact.contact_id.isin(alert[alert.outcome == "caller_gave_up"].contact_id)]
    assert len(gave_up) > 10
    assert (gave_up.outcome == "abandoned").all()


def test_live_channels_open_at_their_hours_by_the_sites_clock(two_weeks: Ran) -> None:
    contact = two_weeks.frame("contact")
    live = contact[contact.channel != "email"]
    entered = local(live[live.first_in_chain].entered_at)
    hours = entered.dt.hour + entered.dt.minute / 60
    assert set(entered.dt.day_of_week) == {0, 1, 2, 3, 4, 5}
    for weekday in range(6):
        opening = OPEN_HOURS[weekday]
        assert opening is not None
        mine = hours[entered.dt.day_of_week == weekday]
        assert opening[0] <= mine.min() < opening[0] + 0.5
        assert opening[1] - 0.5 <= mine.max() < opening[1]
    assert {entered.dt.tz_convert("UTC").dt.hour.min()} == {7}


def test_rows_are_complete_for_their_tables(two_weeks: Ran) -> None:
    for name in SOURCE.tables:
        table = two_weeks.tables[name]
        schema = TABLES[name].named_schema
        assert all(field.type == schema.field(field.name).type for field in table.schema)
        assert table.num_rows > 0
        assert set(table["site"].to_pylist()) == {"Cardiff"}


def test_surveys_are_asked_of_handled_contacts_and_answered_by_the_happy(two_weeks: Ran) -> None:
    survey, contact = two_weeks.frame("survey"), two_weeks.frame("contact")
    both = survey.merge(contact, on="contact_id", suffixes=("", "_c"), validate="one_to_one")
    assert len(both) == len(survey)
    assert (both.agent == both.last_agent).all()
    assert (both.contact_at == both.entered_at).all()
    assert (both.invited_at > both.ended_at).all()
    answered = both[both.score.notna()]
    assert (answered.answered_at > answered.invited_at).all()
    assert answered.score.between(1, 5).all()
    assert 0.08 < len(answered) / len(survey) < 0.25
    by_text = both.attributes.map(lambda pairs: dict(pairs)["invitation"]) == "text message"
    assert both.score[by_text].notna().mean() > 1.3 * both.score[~by_text].notna().mean()


def test_customers_come_again_and_numbers_are_fictional(two_weeks: Ran) -> None:
    contact = two_weeks.frame("contact")
    assert contact.customer.dropna().str.match(r"\+441632\d{8}$").all()
    assert 0.03 < contact.customer.isna().mean() < 0.1
    first = contact[contact.first_in_chain & contact.customer.notna()].sort_values("entered_at")
    gap = first.groupby(["customer", "reason"]).entered_at.diff().dt.total_seconds() / 86_400
    assert 0.1 < (gap < 7).mean() < 0.3
