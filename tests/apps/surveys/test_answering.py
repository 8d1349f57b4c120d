"""Can a customer answer by the link alone, change it until it closes, and learn nothing that is not hers?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from floorwalker.apps.people.models import Agent
from floorwalker.apps.surveys.limits import MOST_ANSWERS, MOST_UNKNOWN
from floorwalker.apps.surveys.models import Answer, Fate, Invitation, NoMore, Question
from floorwalker.apps.surveys.models.answers import LONGEST_TEXT
from tests.apps.surveys.conftest import AT, Asking, handled_calls


@pytest.fixture
def token(asking: Asking) -> str:
    """The token of an invitation that can be answered now."""
    cache.clear()
    [token] = asking.invite()
    return token


def names() -> dict[str, str]:
    """By the item of a question the name of its field."""
    return {question.item: f"q{question.pk}" for question in Question.objects.all()}


def present() -> dict[str, int | str]:
    """By item what is answered now."""
    found = Answer.objects.present().select_related("question")
    return {one.question.item: one.text if one.score is None else one.score for one in found}


def test_a_customer_answers_and_changes_her_mind(token: str) -> None:
    address, fields = f"/s/{token}/", names()
    page = Client().get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "checked" not in text, "no answer is chosen beforehand"
    assert "Riverside Water" in text and "Very dissatisfied" in text
    assert "Floorwalker" not in text
    for agent in Agent.objects.all():
        assert agent.name not in text

    given = {fields["csat_contact"]: "4", fields["nps_recommend"]: "0", fields["text_open"]: "Quick.\n<b>Thanks</b>"}
    answered = Client(enforce_csrf_checks=True).post(address, given)
    assert (answered.status_code, answered["Location"]) == (303, f"{address}thanks/?language=en-gb")
    assert present() == {"csat_contact": 4, "nps_recommend": 0, "text_open": "Quick.\n<b>Thanks</b>"}
    first = Invitation.objects.get()

    again = Client().get(address).content.decode()
    assert again.count("checked") == 2
    assert "<b>Thanks" not in again and "Quick." in again
    Client().post(address, {fields["csat_contact"]: "2", fields["nps_recommend"]: "0", fields["text_open"]: ""})
    assert present() == {"csat_contact": 2, "nps_recommend": 0}
    replaced = Answer.objects.exclude(replaced_at=None)
    assert {(one.question.item, one.score, one.text) for one in replaced} == {
        ("csat_contact", 4, ""),
        ("text_open", None, ""),
    }
    changed = Invitation.objects.get()
    assert changed.answered_at == first.answered_at
    assert (changed.changed_at or AT) > (first.changed_at or AT)
    assert "can change them" in Client().get(f"{address}thanks/").content.decode()


def test_what_is_not_on_the_scale_or_was_not_asked_is_not_taken(token: str, caplog: pytest.LogCaptureFixture) -> None:
    fields = names()
    for given in (
        {},
        {fields["csat_contact"]: "6"},
        {fields["csat_contact"]: "0"},
        {fields["text_open"]: "x" * (LONGEST_TEXT + 1)},
        {"q987654": "3"},
    ):
        refused = Client().post(f"/s/{token}/", given)
        assert refused.status_code == 422
        assert "There is a problem" in refused.content.decode()
    assert present() == {}
    assert Invitation.objects.get().answered_at is None
    assert token not in caplog.text


def test_a_closed_survey_opens_nothing(token: str, caplog: pytest.LogCaptureFixture) -> None:
    fields = names()
    Client().post(f"/s/{token}/", {fields["resolved_now"]: "1"})
    Invitation.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    for answer in (Client().get(f"/s/{token}/"), Client().post(f"/s/{token}/", {fields["resolved_now"]: "0"})):
        assert answer.status_code == 410
        assert "has closed" in answer.content.decode()
    assert present() == {"resolved_now": 1}
    assert Client().get(f"/s/{token}/thanks/").status_code == 200
    assert token not in caplog.text, "a link in a log would open it"


def test_nothing_is_told_of_links_that_are_none_and_guessing_is_stopped(asking: Asking) -> None:
    cache.clear()
    asking.hand_in(list(handled_calls()[:1]))
    answers = [Client().get(f"/s/{'x' * number}/") for number in range(1, MOST_UNKNOWN + 2)]
    assert {answer.status_code for answer in answers[:-1]} == {404}
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert Client().get("/s/%C3%A9/").status_code == 429
    assert Client().get(f"/s/{'x' * 90}/", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_one_link_answers_a_few_times_and_no_more(token: str) -> None:
    given = {names()["csat_contact"]: "3"}
    statuses = [Client().post(f"/s/{token}/", given).status_code for _ in range(MOST_ANSWERS + 1)]
    assert statuses == [303] * MOST_ANSWERS + [429]
    assert Client().get(f"/s/{token}/").status_code == 200, "to read it is no answer"


def test_nothing_keeps_or_passes_on_the_address_of_the_page(token: str) -> None:
    for path in (f"/s/{token}/", f"/s/{token}/thanks/", f"/s/{token}/no-more/", "/s/none/"):
        answer = Client().get(path)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies, path
        assert "http" not in answer.content.decode().replace("http-equiv", ""), "nothing from another host"


def test_the_page_speaks_the_language_that_came_with_the_contact_or_was_chosen(asking: Asking) -> None:
    asking.hand_in([handled_calls()[0]], language="cy")
    asking.send(AT + timedelta(hours=1))
    Invitation.objects.update(closes_at=timezone.now() + timedelta(days=1))
    token = asking.sent[0].get_content().partition("/s/")[2].partition("/")[0]
    assert '<html lang="cy"' in Client().get(f"/s/{token}/").content.decode()
    chosen = Client().get(f"/s/{token}/?language=en-gb")
    assert '<html lang="en-gb"' in chosen.content.decode()
    assert chosen["Content-Language"] == "en-gb"
    assert '<html lang="cy"' in Client().get(f"/s/{token}/?language=xx").content.decode()


def test_who_wants_to_be_asked_no_more_is_asked_no_more(asking: Asking) -> None:
    cache.clear()
    first, second, *_ = handled_calls()
    asking.hand_in([first], address="ann@example.org")
    asking.send(AT + timedelta(hours=1))
    address = asking.sent[0]["List-Unsubscribe"].strip("<>").removeprefix("https://floor.example.org")
    assert Client().get(address).status_code == 200
    assert not NoMore.objects.exists(), "programs that look through mail open every link in it"
    assert Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    Invitation.objects.update(sent_at=AT - timedelta(days=300))
    asking.hand_in([second], address="ANN@example.org")
    assert Invitation.objects.latest("pk").fate == Fate.DECLINED
    assert Invitation.objects.latest("pk").address == ""
