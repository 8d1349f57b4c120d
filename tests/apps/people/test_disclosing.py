"""Does somebody who asks get all that is kept of her, leaders' notes too, and nobody else anything?"""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.db.models import Model

from floorwalker.apps.coaching.reflecting import write_reflection
from floorwalker.apps.people.disclosing import Whose, gather, tables
from floorwalker.apps.people.models import Agent, AuditEntry, User
from tests.apps.coaching.said import feedback_of
from tests.apps.coaching.talks import signed
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import missed, published_form, released, sent

# What names somebody and is not of the person whom it names, or is not to be given out.
OF_THE_CENTRE = """people.DirectoryDraft people.Evaluator notices.Hook notices.Reading standards.Target standards.Aim
    standards.ServiceStandard standards.StandardVersion standards.Change standards.Review standards.Amendment standards.Process
    evaluations.EvaluationForm evaluations.FormVersion evaluations.SamplingPlan evaluations.PlanEvaluator
    evaluations.CalibrationSession evaluations.AgreedAnswer evaluations.AgreedWording evaluations.GroupQuestion evaluations.Sight
    surveys.Survey surveys.SurveyVersion surveys.Plan surveys.Batch coaching.Lot coaching.Intervention coaching.Training
    improvement.Option huddles.HandOverRead huddles.Meeting huddles.Pulse dashboards.FloorEvent""".split()
# Sealed so that nobody reads it with a name, and kept as a turn so that nobody answers twice: she sees both on their own pages.
SEALED = ["evaluations.OwnWord", "huddles.PulseTurn"]


def names_somebody(model: type[Model]) -> bool:
    return any(one.related_model in (User, Agent) for one in model._meta.concrete_fields)


def test_nothing_that_names_a_person_is_forgotten() -> None:
    """A new table that names somebody is disclosed, or says here that it is the centre's."""
    house = [one for one in apps.get_models() if one.__module__.startswith("floorwalker.")]
    named = {one._meta.label for one in house if names_somebody(one)}
    told = {one.model._meta.label for one in tables}
    assert named - told == {*OF_THE_CENTRE, *SEALED}
    assert len({one.code for one in tables}) == len(tables)


@pytest.fixture
def known(floor: Floor) -> Floor:
    """The first agent, of whom a few things are kept."""
    feedback_of(floor, behaviour="You said whom you pass the call to.")
    feedback_of(floor, about="measure:average_handle_time", behaviour="Tired this week.", private=True)
    write_reflection(floor.agents[0], "A customer cried", "", "I wait", by=floor.users["agent"], at=NOW)
    released(floor, published_form(floor.users["analyst"]), sent() | missed("q1", "no", "agent"))
    signed(floor)
    return floor


def in_file(content: bytes) -> tuple[dict[str, list[dict[str, object]]], str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.loads(archive.read("kept.json"))["kept"], archive.read("kept.html").decode()


def test_whoever_watches_over_privacy_gives_out_everything_and_it_is_written_down(known: Floor) -> None:
    privacy, agent = known.client("privacy"), known.agents[0]
    found = privacy.get("/privacy/", {"q": agent.name}).content.decode()
    assert f"/privacy/agents/{agent.pk}/" in found
    page = privacy.get(f"/privacy/agents/{agent.pk}/").content.decode()
    assert "Tired this week." in page and "A customer cried" in page
    kept, read = in_file(privacy.get(f"/privacy/agents/{agent.pk}/kept.zip").content)
    assert {"feedback", "private_notes", "reflections", "evaluations", "sessions", "log_ins", "trail"} <= set(kept)
    assert [one["behaviour"] for one in kept["private_notes"]] == ["Tired this week."] and "Tired this week." in read
    leader = known.users["leader"].called
    assert kept["private_notes"][0]["given_by"] == leader and "password" not in kept["log_ins"][0]
    without, read = in_file(privacy.get(f"/privacy/agents/{agent.pk}/kept.zip?names=no").content)
    assert without["private_notes"][0]["given_by"] == "…" and f"<td>{leader}</td>" not in read
    entries = AuditEntry.objects.filter(verb="disclose", by="privacy", subject=f"agent:{agent.pk}")
    assert [one.detail["names"] for one in entries.order_by("pk")] == [True, True, False]


def test_she_reads_herself_what_the_product_shows_her_and_no_note_of_a_leader(known: Floor) -> None:
    own = known.client("agent")
    page = own.get("/account/kept/").content.decode()
    assert "You said whom you pass the call to." in page and "A customer cried" in page
    assert "Tired this week." not in page and known.users["leader"].called not in page
    kept, read = in_file(own.get("/account/kept.zip").content)
    assert "private_notes" not in kept and "Tired" not in read and "evidence" not in kept
    assert "evaluations" not in kept and "Heard at q1" not in read, "she may mark the contact herself first"
    assert AuditEntry.objects.filter(verb="disclose", by="agent").count() == 2


def test_of_others_nobody_else_is_told_anything(known: Floor) -> None:
    for name in ("admin", "boss", "leader", "mate", "agent"):
        client = known.client(name)
        for address in ("/privacy/", f"/privacy/agents/{known.agents[0].pk}/kept.zip"):
            assert client.get(address).status_code == 404, name


def test_of_who_handles_no_contacts_the_log_in_is_asked(known: Floor) -> None:
    leader = known.users["leader"]
    kept = gather(Whose.of(agents=frozenset(), users=frozenset({leader.pk})), own=False, names=True)
    assert {"log_ins", "roles", "trail"} <= {one.code for one in kept}
    page = known.client("privacy").get(f"/privacy/log-ins/{leader.pk}/")
    assert page.status_code == 200 and "Tired this week." not in page.content.decode(), "it is about somebody else"
