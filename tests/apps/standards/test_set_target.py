"""Does a measure have one target on a day, however targets are set, and only one that can be meant?"""

from __future__ import annotations

from datetime import date

import pytest

from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.models import Target
from floorwalker.errors import KpiError, Refused
from tests.apps.conftest import NOW

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def test_a_measure_has_one_target_on_a_day_however_they_are_set() -> None:
    for value, day in ((0.3, date(2026, 1, 1)), (0.1, date(2026, 6, 1)), (0.2, date(2026, 4, 1))):
        set_target("transfer_rate", value, from_day=day, by=None, at=NOW)
    found = [list(Target.objects.on(date(2026, month, 1)).values_list("value", flat=True)) for month in (3, 5, 12)]
    assert found == [[0.3], [0.2], [0.1]]


def test_a_second_target_of_the_same_day_takes_the_place_of_the_first_and_both_are_in_the_trail() -> None:
    for value in (0.3, 0.25):
        set_target("transfer_rate", value, from_day=DAY, by=None, at=NOW)
    assert list(Target.objects.on(DAY).values_list("measure", "value")) == [("transfer_rate", 0.25)]
    entries = AuditEntry.objects.filter(verb="set_target").order_by("id")
    assert [entry.detail["value"] for entry in entries] == [0.3, 0.25]


def test_what_cannot_be_meant_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(Refused, match="between 0 and 100"):
        set_target("transfer_rate", 30, from_day=DAY, by=None, at=NOW)
    with pytest.raises(Refused, match="no better side"):
        set_target("average_handle_time", 300, from_day=DAY, by=None, at=NOW)
    with pytest.raises(KpiError):
        set_target("no_such_measure", 0.3, from_day=DAY, by=None, at=NOW)
    assert (Target.objects.count(), AuditEntry.objects.count()) == (0, 0)
