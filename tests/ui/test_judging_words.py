"""Is it said, where somebody is judged, how sure it is, what cannot be told yet, and what very long contacts counted as?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from floorwalker.insight.capped import Capped
from floorwalker.insight.comparison import Lack, Verdict
from floorwalker.insight.fair import whose_gap
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import Cause
from floorwalker.ui.judging_words import capped, cause, compared, named_wrongly, unplaced
from tests.insight.answers import CAUSE, COMPARISON


def test_very_long_contacts_are_told_with_how_many_they_were() -> None:
    told = capped(Capped(contacts=1204, all=401_333, seconds=2820.4))
    assert told == (
        "Very long contacts (0.3% of all) count here as no longer than nearly all of their kind, 47 min 00 s on average. "
        "Plain figures are whole."
    )
    assert capped(None) == ""


def test_a_person_hears_how_many_of_her_own_there_were() -> None:
    anna, ben = COMPARISON.agents
    assert "very long" not in compared(anna, COMPARISON)
    one, some = (compared(replace(anna, beyond=n), COMPARISON) for n in (1, 3))
    assert one.endswith(
        "From 214 contacts. 1 of them was very long and counts as no longer than nearly all of its kind."
    )
    assert some.endswith(
        "From 214 contacts. 3 of them were very long and count as no longer than nearly all of their kind."
    )
    assert compared(replace(ben, beyond=1), COMPARISON).count("very long") == 1


@pytest.mark.parametrize(("probability", "cannot_tell"), [(0.45, True), (0.21, True), (0.2, False), (0.03, False)])
def test_what_is_nearly_as_likely_as_not_is_not_called_unlikely(probability: float, cannot_tell: bool) -> None:
    """The page says "cannot tell yet" of it, and so does the sentence."""
    anna = replace(COMPARISON.agents[0], verdict=Verdict.AS_AGREED, flagged=False, probability_below=probability)
    said = compared(anna, COMPARISON)
    assert ("cannot be told yet" in said) is cannot_tell
    assert ("It is unlikely" in said) is not cannot_tell
    assert f"({probability:.0%})" in said


def test_a_share_and_its_range_are_told_alike() -> None:
    """Not 88% between 85% and 91.7%."""
    shares = replace(COMPARISON, kpi=catalogue()["first_contact_resolution"], delta=0.02)
    one = replace(COMPARISON.agents[0], verdict=Verdict.WATCH, standard=0.9)
    assert compared(replace(one, adjusted=0.88, low=0.8504, high=0.9166), shares).startswith(
        "88% for the same kinds of work (likely 85% to 92%)."
    )
    assert compared(replace(one, adjusted=0.036, low=0.0251, high=0.0518), shares).startswith(
        "3.6% for the same kinds of work (likely 2.5% to 5.2%)."
    )


@pytest.mark.parametrize("lack", Lack)
def test_whoever_is_in_no_comparable_group_hears_why(lack: Lack) -> None:
    said = unplaced(lack)
    assert said.startswith("It cannot be told whose this is: ") and len(said) > 50


def test_nobody_is_told_a_number_of_contacts_that_no_year_brings() -> None:
    anna = replace(COMPARISON.agents[0], n=30, verdict=Verdict.NOT_ENOUGH_DATA, flagged=False, lacks=(Lack.UNRELIABLE,))
    assert "About 60 contacts would be needed." in compared(anna, COMPARISON)
    hopeless = compared(replace(anna, needed=None), COMPARISON)
    assert "even a whole year is unlikely to tell one from another" in hopeless and "needed" not in hopeless
    assert "too little" not in hopeless, "of her own contacts there are enough"
    few = compared(replace(anna, needed=None, n=3, lacks=(Lack.FEW_CONTACTS, Lack.UNRELIABLE)), COMPARISON)
    assert "too little to tell it from chance" in few and "a whole year" in few


@pytest.mark.parametrize("primary", Cause)
@pytest.mark.parametrize("probability", [None, 0.01, 0.2, 0.21, 0.9])
def test_nobody_is_the_cause_of_nothing(primary: Cause, probability: float | None) -> None:
    """Whatever part is large: where the whole gap is surely absent, neither team nor person is named. What is everybody's is."""
    one = replace(CAUSE.agents[0], primary=primary)
    judged = replace(COMPARISON.agents[0], probability_below=probability)
    absent = probability is not None and probability <= 0.2 and primary in (Cause.TEAM, Cause.PERSONAL)
    assert whose_gap(one, judged) is (Cause.NONE if absent else primary)
    assert whose_gap(one, None) is primary
    said = cause(one, judged)
    assert ("makes up for it" in said) is absent
    if absent:
        assert f"({probability:.0%})" in said and "Mostly" not in said
    else:
        assert said == cause(one)


@pytest.mark.parametrize("lacks", [(Lack.UNRELIABLE,), (Lack.FEW_PEERS,), ()])
@pytest.mark.parametrize("needed", [None, 20])
def test_of_a_team_nothing_is_said_as_of_an_agent(lacks: tuple[Lack, ...], needed: int | None) -> None:
    anna = COMPARISON.agents[0]
    one = replace(anna, team=anna.agent, verdict=Verdict.NOT_ENOUGH_DATA, flagged=False, lacks=lacks, needed=needed)
    for probability in (0.1, 0.4):
        said = compared(replace(one, probability_below=probability), COMPARISON)
        assert "gent" not in said and "olleague" not in said
        assert ("eams" in said) is bool(lacks)


@pytest.mark.parametrize(
    ("named", "wrong", "told"),
    [
        (1, 0.0, "1 figure of a person is named here. In fewer than one in ten of such lists is anybody"),
        (3, 0.04, "3 figures of people are named here. In fewer than one in ten of such lists is anybody"),
        (3, 0.31, "In up to 4 of ten such lists is somebody"),
        (9, 0.96, "About 1 of them is expected"),
        (40, 2.4, "About 2 of them are expected"),
    ],
)
def test_how_many_are_named_wrongly_is_said_in_whole_people_or_lists(named: int, wrong: float, told: str) -> None:
    said = named_wrongly(named, wrong)
    assert told in said and said.endswith("expected to be named wrongly.") and "0.0" not in said
