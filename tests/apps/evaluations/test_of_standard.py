"""Does a standard's page show what evaluations found of it: how often it was met, how sure that is, and where the causes lay?"""

from __future__ import annotations

import pytest

from floorwalker.apps.evaluations import building
from floorwalker.apps.evaluations.models import Evaluation, EvaluationForm, Picked
from floorwalker.apps.standards.models import ServiceStandard, StandardVersion
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import missed, released, sent
from tests.apps.evaluations.test_standards import published_standard


@pytest.fixture
def checked(floor: Floor, form: EvaluationForm) -> ServiceStandard:
    """A standard that one question checks; of three official evaluations one missed it, for a reason of the system."""
    standard = published_standard(floor, "Our names")
    building.begin_version(form, by=floor.users["analyst"], at=NOW)
    building.check_standard(form, "q1", standard, by=floor.users["analyst"], at=NOW)
    building.publish_version(form, "Tied", by=floor.users["analyst"], at=NOW)
    form.refresh_from_db()
    released(floor, form, sent() | missed("q1", "no", "system") | missed("q2", "1", "agent"), place=0)
    released(floor, form, sent(), place=1)
    released(floor, form, sent() | missed("q2", "1", "agent"), place=2)
    return standard


def page(floor: Floor, standard: ServiceStandard, who: str) -> str:
    return " ".join(floor.client(who).get(f"/standards/{standard.pk}/").content.decode().split())


def test_it_says_how_often_it_was_met_and_whose_doing_misses_were(floor: Floor, checked: ServiceStandard) -> None:
    told = page(floor, checked, "boss")
    assert "It is checked by:" in told and "Greeted by name" in told
    # Two of three, with the range that three allow; the other question's misses are none of this standard's.
    assert '<span class="value">67%</span> <span class="likely">likely 21 to 94%</span> <span class="n">from 3' in told
    assert "3 official evaluations since" in told
    assert "1 miss; the cause of 1 lay outside the agents" in told
    assert "3 of these contacts were chosen by somebody, not by chance" in told
    Evaluation.objects.update(picked=Picked.RANDOM)
    assert "not by chance" not in page(floor, checked, "boss")


def test_an_agent_reads_of_her_own_contacts_alone_and_a_colleague_nothing(
    floor: Floor, checked: ServiceStandard
) -> None:
    assert "No evaluation that you have read checked it lately." in page(floor, checked, "agent")
    Evaluation.objects.update(seen_at=NOW)  # she has asked for the marks
    hers = page(floor, checked, "agent")
    assert "of your contacts met all that checks it: 3 evaluations" in hers and "misses/?standard" not in hers
    mates = page(floor, checked, "mate")
    assert "No evaluation that you have read checked it lately." in mates and "from 3" not in mates


def test_it_counts_where_the_standard_holds(floor: Floor, checked: ServiceStandard) -> None:
    version = StandardVersion.objects.get(standard=checked)
    version.team = floor.teams[1]
    version.save()
    assert "Nothing has been found here yet." in page(floor, checked, "boss")
    version.team, version.channel = None, "email"
    version.save()
    channels = set(Evaluation.objects.values_list("channel", flat=True))
    assert channels == {"voice"} and "Nothing has been found here yet." in page(floor, checked, "boss")
    version.channel = "voice"
    version.save()
    assert "from 3" in page(floor, checked, "boss")


def test_what_nothing_checks_says_so(floor: Floor) -> None:
    told = page(floor, published_standard(floor, "Not checked"), "boss")
    assert "No question of a form in use checks it." in told and "No measure counts it" in told
