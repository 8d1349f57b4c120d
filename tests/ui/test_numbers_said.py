"""Is every number of a sentence about somebody the object's own, and is no verdict said without how sure it is?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.insight.comparison import Comparison, Judged, Lack, Verdict
from floorwalker.insight.process import Changed, Processes
from floorwalker.insight.trend import Drift
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import Cause
from floorwalker.ui import change_words, judging_words
from tests.insight.answers import CAUSE, PROCESS

DURATION, SHARE = (catalogue()[name] for name in ("average_handle_time", "first_contact_resolution"))
PART = r"\d+ h \d+ min|\d+ min \d+ s|[\d.]+ s|[\d.]+%"


def is_said(text: str, value: float) -> bool:
    """Whether a figure in words is that value, as far as so many digits tell."""
    if text.endswith("%"):
        digits = len(text.rstrip("%").partition(".")[2])
        return abs(100 * value - float(text.rstrip("%"))) <= 0.5 * 10**-digits + 1e-9
    numbers = [float(number) for number in re.findall(r"[\d.]+", text)]
    if " h " in text:
        return abs(value - 3600 * numbers[0] - 60 * numbers[1]) <= 60
    seconds = numbers[0] if len(numbers) == 1 else 60 * numbers[0] + numbers[1]
    return abs(value - seconds) <= (0.05 if "." in text else 0.5) + 1e-9


@st.composite
def judged(draw: st.DrawFn, share: bool) -> Judged:
    """Somebody who was judged, with figures such as there may be."""
    figures = st.floats(0.0, 1.0) if share else st.floats(1.0, 20_000.0)
    low, adjusted, high = sorted(draw(st.tuples(figures, figures, figures)))
    verdict = draw(st.sampled_from([Verdict.WORSE, Verdict.WATCH, Verdict.AS_AGREED]))
    sure = draw(st.floats(0.0, 1.0))
    named = verdict is Verdict.WORSE
    n, standard, beyond = draw(st.integers(20, 10**6)), draw(st.none() | figures), draw(st.integers(0, 500))
    return Judged(
        *(b"a", b"t", n, draw(figures), adjusted, low, high, 0.8, sure, named, verdict, (), None, False),
        standard,
        beyond,
    )


def compare(share: bool) -> Comparison:
    return Comparison(SHARE if share else DURATION, (), 0.02 if share else 0.05, None)


@pytest.mark.parametrize("share", [False, True])
@given(st.data())
def test_of_whoever_is_judged(share: bool, data: st.DataObject) -> None:
    one = data.draw(judged(share))
    said = judging_words.compared(one, compare(share))
    figure, low, high = re.match(
        rf"({PART}) for the same kinds of work \(likely ({PART}) to ({PART})\)\.", said
    ).groups()  # type: ignore[union-attr]
    assert (
        one.adjusted is not None and one.low is not None and one.high is not None and one.probability_below is not None
    )
    for text, value in ((figure, one.adjusted), (low, one.low), (high, one.high)):
        assert is_said(text, value), (text, value)
    sure = judging_words.percent(one.probability_below)
    assert re.search(rf"(is {sure} sure|only with {sure}:|cannot be told yet \({sure}\)|unlikely \({sure}\))", said), (
        said
    )
    assert f"From {one.n:,} contacts." in said
    assert (f"{one.beyond:,} of them w" in said) is (one.beyond > 0)
    if one.standard is None:
        assert "the usual" in said
    else:
        told = re.search(rf"(?:misses|miss) ({PART}) by more than", said)
        assert told and is_said(told[1], one.standard)
    assert "by more than 2 points" in said if share else "by more than 5%" in said


@given(
    st.lists(st.sampled_from(Lack), unique=True, min_size=1).map(tuple),
    st.none() | st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.floats(1.0, 20_000.0),
    st.none() | st.floats(0.0, 1.0),
)
def test_of_whoever_too_little_is_known(
    lacks: tuple[Lack, ...], needed: int | None, n: int, raw: float, probability: float | None
) -> None:
    one = Judged(
        b"a", b"t", n, raw, 300.0, 200.0, 400.0, 0.1, probability, False, Verdict.NOT_ENOUGH_DATA, lacks, needed
    )
    said = judging_words.compared(one, compare(False))
    figure = re.match(rf"({PART}) was seen, from {n:,} contacts?[.:]", said)
    assert figure and is_said(figure[1], raw)
    if needed is not None and needed > n:
        assert f"About {needed:,} contacts would be needed." in said
    else:
        assert "needed" not in said and len(said) > 60, "it says why"
    assert not re.search(r"\d% sure|misses|keep watching", said), "no verdict"


@given(st.sampled_from(Cause), st.tuples(*[st.floats(0.0, 1.0)] * 3))
def test_of_whose_a_gap_is(primary: Cause, parts: tuple[float, float, float]) -> None:
    system, team, own = parts
    one = replace(CAUSE.agents[0], primary=primary, p_system=system, p_team=team, p_personal=own)
    said = judging_words.cause(one)
    named = {Cause.SYSTEMIC: [system], Cause.TEAM: [team], Cause.PERSONAL: [own]}.get(primary, [system, team, own])
    told = re.findall(r"(\d+)%", said)[: len(named)]
    assert [f"{number}%" for number in told] == [judging_words.percent(part) for part in named]


@given(st.tuples(*[st.floats(-0.9, 3.0)] * 3), st.booleans(), st.sampled_from([DURATION, SHARE]))
def test_of_a_kind_of_contact(changes: tuple[float, float, float], flagged: bool, kpi: object) -> None:
    low, change, high = sorted(changes)
    found = Processes(kpi, PROCESS.kinds)  # type: ignore[arg-type]
    said = change_words.changed(Changed("Billing", change, low, high, flagged, 900), found)
    told = [float(number) for number in re.findall(r"[+-]?\d+\.\d", said.replace("−", "-"))]
    assert told == [pytest.approx(100 * value, abs=0.05 + 1e-9) for value in (change, low, high)]
    assert ("may be chance" in said) is not flagged


@given(st.floats(0.01, 5000.0), st.booleans())
def test_of_a_change_of_somebody(size: float, up: bool) -> None:
    drift = Drift(date(2026, 3, 9), date(2026, 3, 16), up, True, size if up else -size)
    said = change_words.drifted(drift, "seconds")
    told = re.match(rf"about ({PART}) (up|down) since about 9 Mar 2026, noticed on 16 Mar 2026", said)
    assert told and is_said(told[1], size) and (told[2] == "up") is up
