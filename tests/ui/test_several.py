"""Is a choice of several what was offered, and is a number that no record can have a wrong choice and nothing worse?"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from floorwalker.apps.people.models import Team
from floorwalker.ui.several import SeveralField


@pytest.mark.django_db
def test_several_are_chosen_of_what_there_is() -> None:
    team = Team.objects.create(name="Avocet", key=b"avocet")
    field = SeveralField(queryset=Team.objects.all(), required=False)
    assert list(field.clean([str(team.pk)])) == [team] and list(field.clean([])) == []
    for wrong in ("99999999999999999999", "9" * 5000, "-1", "x", "\x00"):
        with pytest.raises(ValidationError):
            field.clean([str(team.pk), wrong])
