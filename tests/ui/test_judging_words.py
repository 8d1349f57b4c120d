"""Is it said, where somebody is judged, what very long contacts counted as?"""

from __future__ import annotations

from dataclasses import replace

from floorwalker.insight.capped import Capped
from floorwalker.ui.judging_words import capped, compared
from tests.insight.answers import COMPARISON


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
