"""Does what evaluations, customers and the figures say reach whom it is about, once, and nobody else?"""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.coaching import from_judgements
from floorwalker.apps.coaching.assessing import share_assessment
from floorwalker.apps.coaching.evidence_shown import show_evidence
from floorwalker.apps.coaching.from_evaluations import collect_evaluations
from floorwalker.apps.coaching.from_judgements import Found, collect_judgements
from floorwalker.apps.coaching.from_surveys import collect_surveys
from floorwalker.apps.coaching.inbox import inbox_of_agent, inbox_of_team
from floorwalker.apps.coaching.models import Evidence, Feedback, FeedbackSource, Leaning, SelfAssessment, SelfRating
from floorwalker.apps.evaluations.answering_back import show_marks
from floorwalker.apps.evaluations.models import Evaluation, Marking, QuestionStandard
from floorwalker.apps.people.models import Agent, Identity
from floorwalker.apps.standards.models import Process
from floorwalker.apps.surveys.models import Answer, Invitation
from floorwalker.estimate import Estimate
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue
from tests.apps.coaching.said import feedback_of
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import missed, published_form, released, sent
from tests.apps.rights import asked_survey
from tests.apps.standards.made import process_of, published_standard

WEEKS = Period(date(2026, 10, 19), date(2026, 11, 15))


def of_source(source: FeedbackSource) -> list[Feedback]:
    return list(Feedback.objects.standing().filter(source=source).select_related("matter").order_by("pk"))


def test_misses_of_hers_come_once_she_has_asked_for_the_marks_and_only_once(floor: Floor) -> None:
    one = released(floor, published_form(floor.users["analyst"]), sent() | missed("q1", "no", "agent"))
    at = timezone.now()
    assert collect_evaluations(at) == 0, "she may mark it herself first"
    show_marks(one, by=floor.users["agent"], at=at)
    assert collect_evaluations(at) == 2
    assert collect_evaluations(at + timedelta(hours=1)) == 0
    miss, whole = of_source(FeedbackSource.EVALUATION)
    form = one.version.form_id
    assert (miss.matter.code, miss.leaning, miss.words) == (f"question:{form}:q1", Leaning.DEVELOPMENT, "Heard at q1")
    assert (whole.matter.code, whole.matter.agent) == (f"form:{form}", floor.agents[0])
    page = floor.client("agent").get("/feedback/").content.decode()
    assert "Greeted by name" in page and f"/evaluations/{one.pk}/" in page


def test_what_she_meets_after_she_once_missed_it_is_a_strength(floor: Floor) -> None:
    form, agent = published_form(floor.users["analyst"]), floor.users["agent"]
    for place, given in enumerate((sent() | missed("q1", "no", "agent"), sent())):
        show_marks(released(floor, form, given, place=place), by=agent, at=timezone.now())
        collect_evaluations(timezone.now())
    found = Feedback.objects.filter(matter__code=f"question:{form.pk}:q1").order_by("pk")
    assert [one.leaning for one in found] == [Leaning.DEVELOPMENT, Leaning.STRENGTH]


def test_a_cause_outside_her_goes_to_the_process_and_never_to_her(floor: Floor) -> None:
    form = published_form(floor.users["analyst"])
    one = released(floor, form, sent() | missed("q1", "no", "system"))
    process = process_of(floor)
    Process.objects.filter(pk=process.pk).update(reason="Deliveries")
    Evaluation.objects.filter(pk=one.pk).update(reason="deliveries")
    show_marks(one, by=floor.users["agent"], at=timezone.now())
    collect_evaluations(timezone.now())
    found = Feedback.objects.get(matter__process=process)
    assert "Heard at q1" in found.words and found.evidence.get().agent is None
    assert not Feedback.objects.filter(matter__agent__isnull=False, leaning=Leaning.DEVELOPMENT).exists()


def test_without_a_process_it_goes_to_her_team_without_words(floor: Floor) -> None:
    one = released(floor, published_form(floor.users["analyst"]), sent() | missed("q1", "no", "process"))
    Evaluation.objects.filter(pk=one.pk).update(seen_at=NOW)
    assert collect_evaluations(timezone.now()) == 2 and collect_evaluations(timezone.now()) == 0
    assert Feedback.objects.get(matter__agent=None).matter.team == floor.teams[0]
    page = floor.client("leader").get(f"/teams/{floor.teams[0].pk}/feedback/").content.decode()
    assert "Greeted by name" in page and "Heard at q1" not in page


def test_marks_that_stand_no_longer_say_nothing_more(floor: Floor) -> None:
    one = released(floor, published_form(floor.users["analyst"]), sent() | missed("q1", "no", "agent"))
    show_marks(one, by=floor.users["agent"], at=timezone.now())
    collect_evaluations(timezone.now())
    assert one.stands is not None
    other = Marking.objects.create(
        evaluation=one, number=2, by=floor.users["analyst"], begun_at=NOW, submitted_at=NOW, judged=["q1"]
    )
    Evaluation.objects.filter(pk=one.pk).update(stands=other)
    collect_evaluations(timezone.now())
    assert [found.leaning for found in of_source(FeedbackSource.EVALUATION)] == [Leaning.STRENGTH, Leaning.OPEN]
    assert Feedback.objects.exclude(taken_back_at=None).count() == 2


@pytest.fixture
def answered(floor: Floor) -> Answer:
    """A customer's words about an agent of the first team, today."""
    _plan, words = asked_survey(floor)
    Invitation.objects.update(answered_at=NOW, contact_key=b"k" * 16)
    return words


def scored(words: Answer, score: int) -> Answer:
    """The same customer's satisfaction."""
    question = words.invitation.version.questions.get(item="csat_contact")  # type: ignore[union-attr]
    return Answer.objects.create(invitation=words.invitation, question=question, score=score, given_at=NOW)


def test_what_a_customer_wrote_comes_once_and_is_gone_when_it_is_erased(floor: Floor, answered: Answer) -> None:
    scored(answered, 5)
    assert collect_surveys(NOW) == 1 and collect_surveys(NOW + timedelta(days=1)) == 0
    (found,) = of_source(FeedbackSource.SURVEY)
    assert (found.leaning, found.matter.code, found.words) == (Leaning.STRENGTH, "measure:csat_mean", "")
    assert found.matter.agent == floor.agents[2]
    assert "Quick and kind." in floor.client("mate").get("/feedback/").content.decode()
    Answer.objects.filter(pk=answered.pk).update(text="", erased_at=NOW)
    page = floor.client("mate").get("/feedback/").content.decode()
    assert "Quick and kind." not in page and "words were erased" in page


def test_a_changed_answer_takes_the_place_of_the_first(answered: Answer) -> None:
    first = scored(answered, 1)
    collect_surveys(NOW)
    Answer.objects.filter(pk=first.pk).update(replaced_at=NOW)
    scored(answered, 5)
    assert collect_surveys(NOW) == 1
    assert [one.leaning for one in of_source(FeedbackSource.SURVEY)] == [Leaning.STRENGTH]
    assert Feedback.objects.exclude(taken_back_at=None).get().leaning == Leaning.DEVELOPMENT


def test_neither_words_nor_a_clear_score_is_nothing(answered: Answer) -> None:
    Answer.objects.filter(pk=answered.pk).update(text="")
    scored(answered, 4)
    assert collect_surveys(NOW) == 0
    Invitation.objects.update(identity_key=b"nobody".ljust(16))
    assert Identity.objects.filter(key=b"nobody".ljust(16)).count() == 0
    Answer.objects.filter(pk=answered.pk).update(text="Kind.")
    assert collect_surveys(NOW) == 0, "about nobody who is known"


def caused(agent: Agent, p_personal: float) -> Any:
    return SimpleNamespace(agent=bytes(agent.key), team=None, n=40, p_personal=p_personal)


def judged(agent: Agent, *, flagged: bool) -> Any:
    given = {"adjusted": 400.0, "low": 380.0, "high": 420.0, "n": 40, "raw": 410.0}
    return SimpleNamespace(agent=bytes(agent.key), flagged=flagged, **given)


def test_a_person_hears_of_what_is_her_own_and_named_and_of_nothing_else(floor: Floor) -> None:
    kpi, people = catalogue()["average_handle_time"], floor.agents
    share = SimpleNamespace(key=bytes(floor.teams[1].key), gap=30.0, low=20.0, high=40.0, probability=0.9)
    little = SimpleNamespace(key=None, gap=1.0, low=-1.0, high=3.0, probability=0.2)
    causes: Any = SimpleNamespace(
        kpi=kpi,
        agents=(caused(people[0], 0.93), caused(people[2], 0.93), caused(people[4], 0.79)),
        teams=(share,),
        site=little,
    )
    compared: Any = SimpleNamespace(
        agents=tuple(judged(people[n], flagged=flagged) for n, flagged in ((0, True), (2, False), (4, True)))
    )
    of_people = list(from_judgements._of_people(causes, compared, WEEKS))
    assert [(one.whose, one.probability) for one in of_people] == [(people[0], 0.93)]
    assert [(one.whose, one.figure.value) for one in from_judgements._of_teams(causes, WEEKS)] == [
        (floor.teams[1], 30.0)
    ]


def test_a_judgement_of_a_week_comes_once_with_its_figure_as_it_stood(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kpi = catalogue()["average_handle_time"]
    figure = Estimate(400.0, 380.0, 420.0, 40, "comparison", "average_handle_time@1", kpi.unit, 410.0)
    found = Found(floor.agents[0], kpi, WEEKS, 0.93, figure, Leaning.DEVELOPMENT)
    question = SimpleNamespace(period=WEEKS)
    monkeypatch.setattr(from_judgements, "standing_questions", lambda *_given: [question])
    monkeypatch.setattr(from_judgements, "_found", lambda *_given: iter([found]))
    assert collect_judgements(NOW) == 1 and collect_judgements(NOW + timedelta(days=1)) == 0
    (one,) = of_source(FeedbackSource.SYSTEM)
    (shown,) = show_evidence(list(Evidence.objects.all()), floor.users["agent"], NOW.date()).values()
    assert shown.figure == figure and one.probability == 0.93
    page = floor.client("agent").get("/feedback/").content.decode()
    assert "the figures: 9 in 10 that it is so, from 40 contacts" in page and "as it stood" in page


def test_what_she_says_of_herself_comes_once_she_has_shared_it(floor: Floor) -> None:
    own, days = (
        floor.users["agent"],
        {"from_day": WEEKS.first, "to_day": WEEKS.last, "begun_at": NOW, "finished_at": NOW},
    )
    assessed = SelfAssessment.objects.create(agent=floor.agents[0], **days)
    for measure, seen_as in (("transfer_rate", "develop"), ("average_handle_time", "fine")):
        SelfRating.objects.create(assessment=assessed, measure=measure, seen_as=seen_as, words="I pass on too soon.")
    assert not of_source(FeedbackSource.ONESELF), "hers alone until then"
    share_assessment(assessed, by=own, at=NOW)
    (found,) = of_source(FeedbackSource.ONESELF)
    assert (found.matter.code, found.leaning, found.seen_at) == ("measure:transfer_rate", Leaning.DEVELOPMENT, NOW)
    assert (
        "I pass on too soon." in floor.client("leader").get(f"/agents/{floor.agents[0].pk}/feedback/").content.decode()
    )


def test_one_contact_counts_once_however_many_questions_ask_about_a_standard(floor: Floor) -> None:
    form, standard = published_form(floor.users["analyst"]), published_standard(floor).standard
    version = form.published
    for question in ("q1", "q2", "q3"):
        QuestionStandard.objects.create(version=version, question=question, standard=standard)
    given = sent(q2="1") | missed("q1", "no", "agent") | missed("q2", "1", "agent")
    one = released(floor, form, given)
    show_marks(one, by=floor.users["agent"], at=timezone.now())
    assert collect_evaluations(timezone.now()) == 2, "one of the standard, one of the whole"
    about = Feedback.objects.get(matter__code=f"standard:{standard.pk}")
    assert (about.contacts, about.leaning) == (1, Leaning.DEVELOPMENT)
    assert about.words == "Heard at q1\nHeard at q2" and about.evidence.get().question == "q1"
    feedback_of(floor, seen="", evaluation=one, about=f"standard:{standard.pk}")
    (shown,) = (
        matter
        for matter in inbox_of_agent(floor.agents[0], floor.users["agent"], timezone.now().date()).mine
        if matter.matter.code == f"standard:{standard.pk}"
    )
    assert len(shown.said) == 2 and shown.contacts == 1, "whoever speaks of it"


def test_what_is_opened_or_decided_late_is_not_lost(floor: Floor) -> None:
    one = released(floor, published_form(floor.users["analyst"]), sent() | missed("q1", "no", "agent"))
    late = timezone.now() + timedelta(days=60)
    assert collect_evaluations(late) == 0
    show_marks(one, by=floor.users["agent"], at=late)
    assert collect_evaluations(late) == 2
    other = released(floor, published_form(floor.users["analyst"], "Mails"), sent(), place=1)
    show_marks(other, by=floor.users["agent"], at=late)
    assert collect_evaluations(late + timedelta(days=80)) == 1, "a worker that stood still for months misses nothing"


def test_a_miss_that_was_not_hers_waits_until_she_has_asked_for_the_marks(floor: Floor) -> None:
    one = released(floor, published_form(floor.users["analyst"]), sent() | missed("q1", "no", "process"))
    assert collect_evaluations(timezone.now()) == 0, "her team's inbox would tell her where something was missed"
    assert one.respond_by is not None
    after = timezone.now() + timedelta(days=(one.respond_by - timezone.now().date()).days + 1)
    assert collect_evaluations(after) == 1, "she has let the days pass"


def test_an_answer_that_says_nothing_clear_any_more_takes_its_verdict_along(answered: Answer) -> None:
    Answer.objects.filter(pk=answered.pk).update(text="")
    first = scored(answered, 1)
    assert collect_surveys(NOW) == 1
    Answer.objects.filter(pk=first.pk).update(replaced_at=NOW)
    scored(answered, 4)
    Invitation.objects.update(changed_at=NOW)
    assert collect_surveys(NOW) == 0 and not of_source(FeedbackSource.SURVEY)


def test_what_rests_on_erased_words_alone_is_gone(answered: Answer) -> None:
    assert collect_surveys(NOW) == 1
    Answer.objects.filter(pk=answered.pk).update(text="", erased_at=NOW)
    collect_surveys(NOW)
    assert not of_source(FeedbackSource.SURVEY)


def test_a_gap_of_fewer_than_four_is_told_to_who_leads_them_and_to_no_member(floor: Floor) -> None:
    kpi, team = catalogue()["average_handle_time"], floor.teams[0]
    figure = Estimate(30.0, 20.0, 40.0, 60, "gap", "average_handle_time@1", kpi.unit, 30.0)
    for people, code in ((3, "average_handle_time"), (4, "transfer_rate")):
        found = Found(team, catalogue()[code], WEEKS, 0.9, figure, Leaning.DEVELOPMENT, people)
        from_judgements._collect(found, "1", at=NOW)
    codes = {one.matter.code for one in inbox_of_team(team, floor.users["leader"], NOW.date()).mine}
    seen = {one.matter.code for one in inbox_of_agent(floor.agents[0], floor.users["agent"], NOW.date()).team}
    assert codes == {"measure:average_handle_time", "measure:transfer_rate"} and seen == {"measure:transfer_rate"}


def test_people_s_words_stand_beside_what_is_counted(floor: Floor) -> None:
    feedback_of(floor)
    page = floor.client("agent").get("/feedback/").content.decode()
    assert "What people say" in page and "What is counted" in page
