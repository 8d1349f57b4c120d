"""Can somebody who manages surveys make one, publish it, plan whom it asks, hand in contacts and read what came of them?"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from floorwalker.apps.people.models import AuditEntry, Identity, Look, LookAt
from floorwalker.apps.surveys.bank import BANK, ITEMS, problems_of
from floorwalker.apps.surveys.instruments import draft_survey, publish_survey, revise_survey
from floorwalker.apps.surveys.models import SCALES, Fate, Invitation, Plan, Survey
from floorwalker.apps.surveys.reading_lists import read_list
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.surveys.conftest import Asking, handled_calls

RULE = {
    "asked_by": "Riverside Water",
    "percent": "40",
    "rest_days": "14",
    "wait_minutes": "5",
    "quiet_from": "21",
    "quiet_to": "7",
    "open_days": "10",
    "channels": ["voice"],
}


def test_every_question_of_the_bank_is_worded_evenly() -> None:
    assert [problems_of(item) for item in ITEMS] == [[]] * len(ITEMS)
    for item in ITEMS:
        labels = [str(label) for label in item.labels]
        if item.kind in SCALES and len(labels) > 2:
            # As many points on either side of the middle, each with its counterpart: Satisfied and Dissatisfied.
            assert len(labels) % 2 == 1, item.code
            assert labels[len(labels) // 2].startswith("Neither"), item.code


def test_a_manager_makes_a_survey_and_has_it_asked(floor: Floor) -> None:
    boss = floor.client("boss")
    made = boss.post("/surveys/asked/", {"name": "After a call", "items": ["csat_contact", "text_open"]})
    survey = Survey.objects.get()
    assert made["Location"] == f"/surveys/asked/{survey.pk}/"
    assert survey.present is None
    preview = boss.get(f"/surveys/asked/{survey.pk}/preview/").content.decode()
    assert "Very dissatisfied" in preview and "Send my answers" not in preview

    boss.post(f"/surveys/asked/{survey.pk}/publish/")
    boss.post("/surveys/plans/", RULE | {"name": "Calls", "survey": survey.pk})
    plan = Plan.objects.get()
    assert (plan.share, plan.channels, plan.rest_days, plan.quiet_from) == (0.4, ["voice"], 14, 21)
    listed = SimpleUploadedFile("today.csv", b"Contact,E-mail,Language\n1.1,ann@example.org,cy\n")
    handed = boss.post(f"/surveys/plans/{plan.pk}/contacts/", {"system": "0", "file": listed})
    assert handed["Location"] == f"/surveys/plans/{plan.pk}/"
    assert (Invitation.objects.get().fate, Invitation.objects.get().language) == (Fate.WAITING, "cy")
    shown = boss.get(f"/surveys/plans/{plan.pk}/").content.decode()
    assert "its contact is not known yet" in shown
    assert "ann@example.org" not in shown + boss.get(f"/surveys/plans/{plan.pk}/choices/").content.decode()

    boss.post(f"/surveys/plans/{plan.pk}/", RULE | {"percent": "0.05"})
    assert Plan.objects.get().share == 0.4, "less than one in a thousand is no share"
    boss.post(f"/surveys/plans/{plan.pk}/end/")
    assert Plan.objects.get().ended_at is not None
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"draft_survey", "publish_survey", "make_survey_plan", "receive_contacts", "end_survey_plan"} <= verbs
    assert not AuditEntry.objects.filter(detail__icontains="ann@").exists()


def test_what_was_published_keeps_its_words(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = floor.users["boss"]
    survey = draft_survey("After a call", ["csat_contact"], by=boss, at=NOW)
    first = publish_survey(survey, by=boss, at=NOW)
    [question] = first.questions.all()
    assert question.wording.keys() == {"en-gb", "cy"}
    kept = question.wording["en-gb"]
    monkeypatch.setitem(BANK, "csat_contact", ITEMS[1])  # type: ignore[index]
    second = revise_survey(survey, ["csat_contact", "nps_recommend"], by=boss, at=NOW)
    assert Survey.objects.get().present == first, "a draft asks nobody"
    publish_survey(survey, by=boss, at=NOW)
    present = Survey.objects.get().present
    assert present is not None and present.number == second.number == 2
    assert first.questions.get().wording["en-gb"] == kept
    with pytest.raises(Refused):
        publish_survey(survey, by=boss, at=NOW)


def test_surveys_that_would_mislead_or_tire_are_refused(floor: Floor) -> None:
    twice_the_same_measure = ("csat_contact", "csat_result")
    for items in ((), ("no such",), twice_the_same_measure, tuple(BANK)):
        with pytest.raises(Refused):
            draft_survey("After a call", items, by=floor.users["boss"], at=NOW)
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"contact,e-mail\n1,ann@example.org\n2,nowhere\n,bob@example.org\n", "line 3: no e-mail address; line 4"),
        (b"call,e-mail\n1,ann@example.org\n", "call, e-mail"),
        (b"contact,e-mail\n\n", None),
        ("contact,e-mail\n1,é@example.org\n".encode("latin-1"), None),
    ],
    ids=["lines", "headings", "empty", "not UTF-8"],
)
def test_a_list_with_a_fault_is_not_taken_in_part(content: bytes, found: str | None) -> None:
    with pytest.raises(Refused) as refused:
        read_list(content, "today.csv")
    assert found is None or found in str(refused.value)


def test_words_are_read_by_those_in_scope_found_and_erased(asking: Asking) -> None:
    tokens = asking.invite(list(handled_calls()[:8]))
    questions = {item.item: f"q{item.pk}" for item in Plan.objects.get().survey.versions.get().questions.all()}
    visitor = asking.floor.client("nobody")
    for number, token in enumerate(tokens):
        visitor.post(f"/s/{token}/", {questions["text_open"]: f"Answer {number}. Zebra" if number else "Only this"})
    everything = asking.floor.client("boss").get("/surveys/words/").content.decode()
    assert everything.count("Zebra") == len(tokens) - 1
    # Longer than a database takes a pattern: nothing is found, and nothing breaks.
    assert asking.floor.client("boss").get("/surveys/words/", {"q": "Zebra" * 11_000}).status_code == 200
    leaders = [asking.floor.client(who).get("/surveys/words/").content.decode() for who in ("leader", "other_leader")]
    assert sum(page.count("Zebra") for page in leaders) == len(tokens) - 1
    assert all("Erase" not in page for page in leaders)
    assert asking.floor.client("admin").get("/surveys/words/").content.decode().count("Zebra") == 0
    about = {look.agent_id for look in Look.objects.filter(user=asking.floor.users["boss"], what=LookAt.ROWS)}
    keys = Invitation.objects.sent().values("identity_key")
    assert about == set(Identity.objects.filter(key__in=keys).values_list("agent", flat=True))
    found = asking.floor.client("boss").get("/surveys/words/?q=only").content.decode()
    assert "Only this" in found and "Answer 1" not in found
    erase = found.partition('action="/surveys/words/')[2].partition('"')[0]
    assert asking.floor.client("boss").post(f"/surveys/words/{erase}").status_code == 302
    assert "Only this" not in asking.floor.client("boss").get("/surveys/words/").content.decode()
