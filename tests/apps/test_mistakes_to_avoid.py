"""Which mistakes does the product not let happen? One test for each that the texts it was ordered from warn of.

docs/what-was-asked.md names them all; each goes through the action that a page calls.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.coaching.agreeing import propose
from floorwalker.apps.coaching.assessing import Rated, begin_assessment, finish_assessment, standards_to_rate
from floorwalker.apps.coaching.deciding import Decided as MatterDecided
from floorwalker.apps.coaching.deciding import answer_feedback, decide_matter
from floorwalker.apps.coaching.developing import Thing, add_thing, make_plan
from floorwalker.apps.coaching.from_evaluations import collect_evaluations
from floorwalker.apps.coaching.inbox import inbox_of_agent
from floorwalker.apps.coaching.models import (
    Decision,
    Feedback,
    FeedbackSource,
    ItemKind,
    Leaning,
    Objective,
    SeenAs,
)
from floorwalker.apps.coaching.reaching import Expects
from floorwalker.apps.coaching.talking import give_chance, sign_as_coach
from floorwalker.apps.evaluations.answering_back import show_marks
from floorwalker.apps.huddles.agreeing import finish_action
from floorwalker.apps.huddles.models import ItemKind as BriefKind
from floorwalker.apps.huddles.practising import search, take_up, tell_whether_it_helped
from floorwalker.apps.improvement.deciding import Decided, decide_cycle
from floorwalker.apps.improvement.models import Stage, Verdict
from floorwalker.apps.improvement.planning import plan_cycle
from floorwalker.apps.improvement.reviewing import hold_review
from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.standards.changed import changes_of
from floorwalker.apps.standards.drafting import At, draft_standard
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.apps.standards.publishing import acknowledge, ask_again, note_change, publish_standard
from floorwalker.errors import Refused
from floorwalker.stats.levels import Cause
from tests.apps.coaching.aimed import TODAY, a_wish, know_a_year, read_wish
from tests.apps.coaching.said import feedback_of
from tests.apps.coaching.talks import agreed, now, planned
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import begin, missed, published_form, released, sent, submitted
from tests.apps.huddles.made import a_huddle, a_practice, an_action
from tests.apps.improvement import made
from tests.apps.standards.made import EARLIER, a_draft, an_aim, consulted, process_of, published_standard, said
from tests.shared_data import ROOT

PAGE = ROOT / "docs" / "what-was-asked.md"


# goals


def test_an_objective_without_a_measure(floor: Floor) -> None:
    """Neither an objective nor a promise stands without what will tell whether it was reached."""
    session = planned(floor)
    give_chance(session, by=floor.users["leader"], at=now())
    for measure in ("", "doing_better"):
        with pytest.raises(Refused, match="by which measure"):
            sign_as_coach(session, agreed(measure=measure), by=floor.users["leader"], at=now())
    form = {"measure": "", "due_on": "2027-02-01", "action": "Do better", "action_kind": "coaching", "do": "propose"}
    answer = floor.client("leader").post(f"/agents/{floor.agents[0].pk}/objectives/new/", form)
    assert answer.status_code in (200, 422) and not Objective.objects.exists()


def test_an_objective_that_is_vague_or_out_of_reach(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor)
    read, agent = read_wish(floor, a_wish()), floor.agents[0]
    for wanted, refused in (
        (a_wish(action=" "), "what is done for it"),
        (a_wish(due_on=TODAY + timedelta(days=9)), "between four weeks and half a year"),
        (a_wish(review_weeks=40), "looked at on its way"),
    ):
        with pytest.raises(Refused, match=refused):
            propose(agent, wanted, read, by=floor.users["agent"], at=NOW)
    best = a_wish()
    with pytest.raises(Refused, match="no objective can be agreed on there"):
        propose(floor.agents[2], best, read_wish(floor, best, number=2), by=floor.users["leader"], at=NOW)


def test_an_objective_that_luck_decides(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor)
    wanted = a_wish(expects=Expects.NOTHING)
    with pytest.raises(Refused, match="met or missed by luck"):
        propose(floor.agents[0], wanted, read_wish(floor, wanted), by=floor.users["agent"], at=NOW)


def test_a_development_plan_that_says_nothing(floor: Floor) -> None:
    agent = floor.users["agent"]
    plan = make_plan(floor.agents[0], TODAY, TODAY + timedelta(weeks=26), [], words="More calm", by=agent, at=NOW)
    for thing, refused in (
        (Thing(ItemKind.LEARNING, TODAY + timedelta(weeks=4)), "says what is to be done"),
        (Thing(ItemKind.LEARNING, TODAY + timedelta(weeks=40), "The new notes"), "outside the plan's period"),
        (Thing(ItemKind.OBJECTIVE, TODAY + timedelta(weeks=4)), "the person's own objectives"),
    ):
        with pytest.raises(Refused, match=refused):
            add_thing(plan, thing, by=agent, at=NOW)


def test_an_efficiency_target_alone(floor: Floor) -> None:
    """Neither a cycle nor a standard is about time and nothing else."""
    boss = floor.users["boss"]
    cycle = made.with_options(floor, made.a_cycle(floor, floor.teams[0], "average_handle_time"))
    with pytest.raises(Refused, match="does not stand alone"):
        plan_cycle(cycle, made.a_plan(floor, cycle, guardrails=()), by=boss, at=NOW)
    quick = consulted(a_draft(floor, measure="average_handle_time", value=None, low=100, high=200), boss)
    with pytest.raises(Refused, match="not SMART yet"):
        publish_standard(quick, despite="It is quicker.", by=boss, at=NOW)


# feedback


def test_feedback_without_evidence(floor: Floor) -> None:
    with pytest.raises(Refused, match="needs evidence"):
        feedback_of(floor, seen=" ")


def test_feedback_that_is_criticism_and_nothing_else(floor: Floor) -> None:
    """What could be better comes with what it led to and what to try; what went well needs neither blame nor homework."""
    for left_out, refused in (("behaviour", "what was done"), ("effect", "what it led to"), ("next_step", "next step")):
        with pytest.raises(Refused, match=refused):
            feedback_of(floor, **dict[str, Any]({left_out: ""}))
    assert feedback_of(floor, leaning=Leaning.STRENGTH, next_step="").leaning == Leaning.STRENGTH


def test_feedback_about_nothing_that_is_measured_or_agreed(floor: Floor) -> None:
    with pytest.raises(Refused, match="about a measure or a standard"):
        feedback_of(floor, about="her manner")


def test_all_feedback_taken_as_equal(floor: Floor) -> None:
    """Each matter waits until its receiver has said what becomes of it, and why; what has waited longest is not lost."""
    first, agent = feedback_of(floor), floor.users["agent"]
    with pytest.raises(Refused, match="has a reason"):
        decide_matter(first.matter, MatterDecided(Decision.ACT, " "), by=agent, at=NOW)
    assert inbox_of_agent(floor.agents[0], agent, TODAY).waiting == 1
    decide_matter(first.matter, MatterDecided(Decision.ACT, "It costs customers most"), by=agent, at=NOW)
    assert inbox_of_agent(floor.agents[0], agent, TODAY).waiting == 0


def test_feedback_that_leaves_no_trace(floor: Floor) -> None:
    """What was said, answered and decided stays: a second decision is added to the first."""
    agent, given = floor.users["agent"], feedback_of(floor)
    answer_feedback(given, "I shall try it.", by=agent, at=NOW)
    decide_matter(given.matter, MatterDecided(Decision.THANKS, "True"), by=agent, at=NOW)
    decide_matter(given.matter, MatterDecided(Decision.ACT, "It came again"), by=agent, at=NOW + timedelta(days=1))
    assert [one.because for one in given.matter.decisions.all()] == ["True", "It came again"]
    assert given.answers.get().words == "I shall try it."
    kept = AuditEntry.objects.filter(verb__in=("give_feedback", "answer_feedback", "decide_matter"))
    assert kept.count() == 4


def test_numbers_alone_and_words_alone(floor: Floor) -> None:
    """A review with figures wants words, words of feedback want a measure or a standard, and both stand side by side."""
    cycle = made.planned(floor, floor.teams[0])
    made.looked_at(cycle)
    with pytest.raises(Refused, match="nothing was said"):
        hold_review(cycle.reviews.get(week=4), " ", by=floor.users["boss"], at=NOW)
    agent = floor.users["agent"]
    begun = begin_assessment(floor.agents[0], by=agent, at=NOW)
    rated = [Rated(SeenAs.DEVELOP, "I pass on what I could settle", measure="transfer_rate")]
    done = finish_assessment(begun, rated, "A good summer", floor.lake.snapshot(), by=agent, at=NOW)
    assert done.figures and "transfer_rate" in done.figures and done.ratings.get().words


# whose it is


def test_a_personal_verdict_on_a_systemic_cause(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a cycle nor an objective about one person, where the gap is everybody's."""
    with pytest.raises(Refused, match="it is everybody's"):
        made.a_cycle(floor, floor.agents[0], "transfer_rate")
    know_a_year(monkeypatch, floor, Cause.SYSTEMIC)
    wanted = a_wish()
    with pytest.raises(Refused, match="answers for the process"):
        propose(floor.agents[0], wanted, read_wish(floor, wanted), by=floor.users["leader"], at=NOW)


def test_what_is_not_hers_finds_its_owner(floor: Floor) -> None:
    process, given = process_of(floor), feedback_of(floor)
    with pytest.raises(Refused, match="is somebody's"):
        nowhere = MatterDecided(Decision.NOT_MINE, "No screen shows it")
        decide_matter(given.matter, nowhere, by=floor.users["agent"], at=NOW)
    passed = MatterDecided(Decision.NOT_MINE, "No screen shows it", to=process)
    decide_matter(given.matter, passed, by=floor.users["agent"], at=NOW)
    given.matter.refresh_from_db()
    assert given.matter.passed_to is not None and given.matter.passed_to.process == process


def test_a_teams_figure_taken_for_a_persons(floor: Floor) -> None:
    with pytest.raises(Refused, match="belongs to nobody"):
        made.a_cycle(floor, floor.agents[0], "service_level")


def test_the_teams_part_forgotten(floor: Floor) -> None:
    """Colleagues give feedback, share what works with the yes of whose it is, and say whether it helped."""
    assert feedback_of(floor, by="mate").source == FeedbackSource.PEER
    tip, mate = a_practice(floor, checked=True), floor.users["mate"]
    tell_whether_it_helped(take_up(tip, by=mate, at=NOW), True, "It calms me", by=mate, at=NOW)
    assert search("breathe") == [tip] and tip.taken_up.get().helped


def test_meetings_without_aim_or_memory(floor: Floor) -> None:
    """A huddle begins with what is expected of this team, and with what was taken on the last time until it is done."""
    published_standard(floor)
    point = an_action(floor, a_huddle(floor), at=timezone.now())
    brief = a_huddle(floor, timezone.now() + timedelta(days=1))
    kinds = [item.kind for item in brief.items.all()]
    # A standard that was published lately is told as what has changed, and not twice.
    assert BriefKind.ACTION in kinds and BriefKind.CHANGE in kinds
    finish_action(point, "They come on Monday", by=floor.users["leader"], at=timezone.now())
    after = a_huddle(floor, timezone.now() + timedelta(days=2))
    assert BriefKind.ACTION not in [item.kind for item in after.items.all()]


# round and round


def test_a_closed_issue_without_review(floor: Floor) -> None:
    cycle, boss = made.planned(floor, floor.teams[0]), floor.users["boss"]
    with pytest.raises(Refused, match="before it was looked at"):
        decide_cycle(cycle, Decided(Verdict.STOP, "It is done"), by=boss, at=NOW)


def test_an_improvement_that_is_done_once(floor: Floor) -> None:
    """No stage is called closed; what is to be changed waits until the next round is opened."""
    cycle, boss = made.planned(floor, floor.teams[0]), floor.users["boss"]
    hold_review(cycle.reviews.get(week=4), "It is used on Mondays only.", by=boss, at=NOW)
    decide_cycle(cycle, Decided(Verdict.CHANGE, "Another way on Mondays"), by=boss, at=NOW)
    assert cycle.awaits_next and "closed" not in Stage.values
    following = made.a_cycle(floor, floor.teams[0], before=cycle)
    assert following.before == cycle and not type(cycle).objects.get(pk=cycle.pk).awaits_next


def test_success_by_before_and_after(floor: Floor) -> None:
    """It is looked at on the planned days, by who was chosen beforehand: neither day nor choice comes later."""
    cycle = made.with_options(floor, made.a_cycle(floor, floor.teams[0]))
    past = made.a_plan(floor, cycle, begins_on=TODAY - timedelta(days=30))
    with pytest.raises(Refused, match="cannot be added later"):
        plan_cycle(cycle, past, by=floor.users["boss"], at=NOW)
    going = made.planned(floor, floor.teams[1])
    with pytest.raises(Refused, match="on its day, and not before"):
        hold_review(going.reviews.get(week=8), "It looks good", by=floor.users["boss"], at=NOW)


def test_an_action_without_a_choice(floor: Floor) -> None:
    """What is done has its reason, and so has what is not done."""
    cycle, boss = made.with_options(floor, made.a_cycle(floor, floor.teams[0])), floor.users["boss"]
    for more, refused in (({"because": " "}, "a choice has a reason"), ({"why_not": {}}, "said why not")):
        with pytest.raises(Refused, match=refused):
            plan_cycle(cycle, made.a_plan(floor, cycle, **more), by=boss, at=NOW)


def test_a_report_that_changes_nothing(floor: Floor) -> None:
    """What was changed because of what was found stands on the standard's page, and with the cycle that led to it."""
    version, boss = published_standard(floor), floor.users["boss"]
    at = timezone.now()
    change = note_change(version.standard, "No list", "The standard names it", on=at.date(), by=boss, at=at)
    cycle = made.planned(floor, floor.teams[0])
    hold_review(cycle.reviews.get(week=4), "It is used.", by=boss, at=NOW)
    decided = decide_cycle(cycle, Decided(Verdict.KEEP, "It is used", change), by=boss, at=NOW)
    told = [sentence for entry in changes_of(version) for sentence in entry.sentences]
    assert decided.change == change and any("The standard names it" in sentence for sentence in told)


# monitoring


def test_monitoring_without_a_loop_to_the_agent(floor: Floor) -> None:
    """Marks wait for release; released they are the agent's to ask for, and come into her feedback to be answered."""
    form = published_form(floor.users["analyst"])
    kept_back = submitted(floor, begin(floor, floor.agents[0], form, place=1), sent())
    assert floor.client("agent").get(f"/evaluations/{kept_back.pk}/").status_code == 404
    one = released(floor, form, sent() | missed("q1", "no", "agent"))
    at = timezone.now()
    assert collect_evaluations(at) == 0
    show_marks(one, by=floor.users["agent"], at=at)
    collect_evaluations(at)
    miss = Feedback.objects.get(leaning=Leaning.DEVELOPMENT, matter__agent=floor.agents[0])
    answer_feedback(miss, "I heard it, too.", by=floor.users["agent"], at=at)
    assert miss.answers.exists()


# standards


def test_a_standard_made_without_the_staff(floor: Floor) -> None:
    with pytest.raises(Refused, match="were not asked"):
        publish_standard(a_draft(floor), despite="It is urgent.", by=floor.users["boss"], at=NOW)


def test_a_standard_told_once_and_forgotten(floor: Floor) -> None:
    """It is asked again after its days; who has read it, and who has not, is known each time."""
    version = published_standard(floor, refresher_days=90)
    asking = version.askings.get()
    acknowledge(asking, {}, by=floor.users["agent"], at=timezone.now())
    assert ask_again(version, at=asking.opened_at + timedelta(days=89)) is None
    again = ask_again(version, at=asking.opened_at + timedelta(days=91))
    assert again is not None and again.number == 2 and not again.acknowledgements.exists()


def test_a_rule_without_its_reason(floor: Floor) -> None:
    boss = floor.users["boss"]
    with pytest.raises(Refused, match="what is expected, and why"):
        draft_standard(said(why=" "), place=At(), owner=boss, aim=an_aim(boss), by=boss, at=EARLIER)


def test_skill_with_tools_taken_for_everything(floor: Floor) -> None:
    """Whoever looks at her own work is asked about behaviour that was agreed on, beside what is measured."""
    version = published_standard(floor, behaviour="The reason is said first.", measure="", value=None)
    asked = standards_to_rate(floor.users["agent"], version.from_day)
    assert [one.standard for one in asked] == [StandardVersion.objects.get(pk=version.pk).standard]


# the page


def test_the_page_names_every_one_of_these_and_no_test_that_is_not_there() -> None:
    """Each mistake is named with its test, and each test that the page names exists."""
    written = PAGE.read_text(encoding="utf-8")
    here = set(re.findall(r"^def (test_\w+)", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`|`(test_\w+)`", written)
    for path, name, short in named:
        source = (ROOT / path).read_text(encoding="utf-8") if path else ""
        assert short in here or f"def {name}(" in source, short or f"{path}::{name}"
    mine = {short for _path, _name, short in named}
    assert here - mine == {"test_the_page_names_every_one_of_these_and_no_test_that_is_not_there"}
    links = re.findall(r"\]\(([\w./-]+\.md)\)", written)
    assert links and all((PAGE.parent / link).is_file() for link in links)
