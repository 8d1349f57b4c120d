"""Do answers become facts that measures count, about whom was fixed when it was sent, and is a customer who asks for it forgotten?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from django.conf import settings
from django.utils import timezone

from floorwalker.apps.people.merging import merge_agents
from floorwalker.apps.people.models import Agent, AuditEntry, Identity
from floorwalker.apps.surveys import contacts
from floorwalker.apps.surveys.answering import answer_survey
from floorwalker.apps.surveys.facts import records
from floorwalker.apps.surveys.forgetting import let_go
from floorwalker.apps.surveys.models import Answer, Batch, Fate, Invitation, Plan, Question
from floorwalker.apps.surveys.planning import end_plan
from floorwalker.config import Config
from floorwalker.estimate import Estimate
from floorwalker.facts.lake import Lake
from floorwalker.insight.nonresponse import read_heard
from floorwalker.insight.scorecard import Period
from floorwalker.jobs.erasing import count, erase, find_customer
from floorwalker.jobs.records import publish_records
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.apps.conftest import NOW
from tests.apps.surveys.conftest import AT, Asking, handled_calls

SCORES = [5, 4, 4, 2, 1, 5]
MEASURES = (
    *("csat_mean", "csat_top_box", "net_promoter_score", "customer_effort_score"),
    *("survey_response_rate", "survey_attribution_integrity"),
)


@pytest.fixture
def own_lake(asking: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Config, Lake]:
    """A copy of the centre's lake, so that what is written there disturbs no other test."""
    before: Config = settings.FLOORWALKER
    shutil.copytree(before.home, tmp_path / "home")
    config = replace(Config.from_environment({"FLOORWALKER_HOME": str(tmp_path / "home")}), mail=before.mail)
    monkeypatch.setattr(settings, "FLOORWALKER", config)
    contacts.lake.cache_clear()
    return config, Lake(config)


def answer(one: Invitation, **scores: int | str) -> None:
    questions = {question.item: question for question in Question.objects.all()}
    answer_survey(one, {questions[item]: value for item, value in scores.items()}, at=timezone.now())


def figures(lake: Lake) -> dict[str, tuple[float | None, int, int]]:
    """By measure value, n and pending."""
    rows = run_kpis(KpiQuery(MEASURES), lake.snapshot())
    found = {row.kpi: row.answer for row in rows}
    return {
        name: (round(one.value, 6) if isinstance(one, Estimate) else None, one.n, one.pending)
        for name, one in found.items()
    }


def test_answers_are_counted_changed_and_tell_of_those_who_are_silent(
    asking: Asking, own_lake: tuple[Config, Lake]
) -> None:
    config, lake = own_lake
    asking.invite(list(handled_calls()[:12]))
    sent = list(Invitation.objects.sent().order_by("pk"))
    assert len(sent) == 12
    for one, score in zip(sent, SCORES, strict=False):
        answer(one, csat_contact=score, nps_recommend=2 * score, text_open="Words stay here.")
    # The clock of figures is that of publishing: nothing is closed yet.
    assert publish_records(config, lake, at=timezone.now())["survey"].new == 12 * 4
    assert figures(lake) == {
        "csat_mean": (3.5, 6, 6),
        "csat_top_box": (round(4 / 6, 6), 6, 6),
        "net_promoter_score": (0.0, 6, 6),
        "customer_effort_score": (None, 0, 6),
        "survey_response_rate": (1.0, 6, 6),
        "survey_attribution_integrity": (1.0, 12, 0),
    }
    assert "Words stay here" not in str(lake.snapshot().sql(f"from {lake.snapshot().relation('survey')}").to_pylist())

    answer(sent[0], csat_contact=1)
    Invitation.objects.update(closes_at=timezone.now())
    counts = publish_records(config, lake, at=timezone.now())["survey"]
    assert (counts.new, counts.changed, counts.gone) == (0, 48, 0)
    assert figures(lake)["csat_mean"] == (round(17 / 6, 6), 6, 0)
    assert figures(lake)["survey_response_rate"] == (0.5, 12, 0)
    heard = read_heard(lake.snapshot(), ["csat_mean"], Period(AT.date().replace(month=11, day=1), AT.date()), {})
    told = heard["csat_mean"].sent
    assert told is not None
    assert (told.asked, told.answered, told.is_whole) == (12, 6, True)


def test_whom_an_answer_is_about_stays_when_people_are_merged_or_a_plan_ends(asking: Asking) -> None:
    asking.invite(list(handled_calls()[:3]))
    before = pa.concat_tables(records()["survey"])
    assert before.num_rows == 12 and before["identity_key"].null_count == 0
    about = Identity.objects.get(key=Invitation.objects.earliest("pk").identity_key)
    other = Agent.objects.exclude(pk=about.agent_id)[0]
    assert about.agent is not None
    merge_agents(other, about.agent, by="test", at=NOW)
    end_plan(asking.plan, by=asking.floor.users["boss"], at=NOW)
    assert pa.concat_tables(records()["survey"]).equals(before)
    boss = asking.floor.users["boss"]
    assert Invitation.objects.visible_to(boss, NOW.date()).count() == 3
    led = Invitation.objects.visible_to(asking.floor.users["other_leader"], NOW.date())
    assert led.count() < 3


def test_who_asks_to_be_forgotten_leaves_no_key_address_or_words(asking: Asking, own_lake: tuple[Config, Lake]) -> None:
    config, lake = own_lake
    asking.hand_in([handled_calls()[0]], address="ann@example.org")
    asking.hand_in([handled_calls()[1]], address="bob@example.org")
    asking.send(AT.replace(hour=14))
    Invitation.objects.update(closes_at=timezone.now() + timedelta(days=1))
    hers, his = Invitation.objects.order_by("pk")
    answer(hers, csat_contact=2, text_open="I am Ann.")
    answer(his, csat_contact=5, text_open="Please tell ann@example.org of it.")
    asking.hand_in(["not known yet"], address="ann@example.org")
    publish_records(config, lake, at=timezone.now())

    ann = find_customer(config, lake, "ann@example.org", {"GB"})
    assert count(config, lake, ann)["survey invitations"] == 2
    told = erase(config, lake, ann, by="test", at=NOW)
    assert told["survey invitations"] == 2 and told["survey answers"] == 2
    hers.refresh_from_db()
    assert hers.address_key is None and hers.answered_at is not None
    assert not hers.is_open(timezone.now())
    waiting = Invitation.objects.latest("pk")
    assert (waiting.fate, waiting.address, waiting.address_key) == (Fate.DECLINED, "", None)
    assert not Answer.objects.exclude(text="").exists()
    assert Answer.objects.filter(score__isnull=False).count() == 2
    assert count(config, lake, ann) == {}

    asking.hand_in([handled_calls()[2]], address="ann@example.org")
    later = Invitation.objects.latest("pk")
    assert (later.fate, later.address, later.address_key) == (Fate.DECLINED, "", None)


def test_what_customers_wrote_goes_by_its_age_and_what_they_scored_stays(asking: Asking) -> None:
    asking.invite(list(handled_calls()[:2]))
    asking.hand_in(["not known yet"])
    old, other = Invitation.objects.sent().order_by("pk")
    answer(old, csat_contact=2, text_open="I was ill.")
    now = timezone.now()
    Answer.objects.update(given_at=now - timedelta(days=500))
    Batch.objects.update(received_at=now - timedelta(days=500))
    Invitation.objects.filter(pk=old.pk).update(closes_at=now - timedelta(days=400))
    figures = pa.concat_tables(records()["survey"])
    assert let_go(501, at=now) == {}
    # The other one's link is open still, and what waits to be decided is not old.
    counts = {"survey answers": 1, "survey links": 1, "survey addresses": 1}
    assert let_go(400, at=now, dry_run=True) == counts and Answer.objects.exclude(text="").exists()
    assert let_go(400, at=now) == counts and let_go(400, at=now) == {}
    assert not Answer.objects.exclude(text="").exists()
    old.refresh_from_db()
    other.refresh_from_db()
    assert (old.token_digest, old.address_key, old.address) == (None, None, "")
    assert other.token_digest is not None and other.address_key is not None
    assert pa.concat_tables(records()["survey"]).equals(figures)
    assert AuditEntry.objects.get(verb="let_surveys_go").detail["answers"] == 1
    # Whoever was asked while a plan rests is not asked again: her hash stays as long.
    Plan.objects.update(rest_days=600)
    Invitation.objects.filter(pk=other.pk).update(closes_at=now - timedelta(days=1))
    assert let_go(400, at=now) == {"survey links": 1}
