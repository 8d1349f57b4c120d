"""Does every scoring rule give what a hand works out, with what does not apply, what is fatal and what lies elsewhere?"""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.insight.marking import Answer, Said, mark
from floorwalker.insight.questionnaire import (
    Condition,
    Critical,
    Fatal,
    Fault,
    Faulty,
    Form,
    Option,
    Question,
    QuestionKind,
    Rule,
    Section,
    find_faults,
)

YES, NO, NA = Answer("yes"), Answer("no"), Answer(not_applicable=True)
ELSEWHERE = Answer("no", outside_agent=True)


def ask(code: str, **given: object) -> Question:
    """A question that yes or no answers."""
    return dataclasses.replace(Question(code, code, QuestionKind.YES_NO), **given)


def two_sections(rule: Rule, *, fatal: Fatal | None = None, weights: tuple[float, float] = (40, 20)) -> Form:
    """Two questions in a section of weight 40, one in a section of weight 20."""
    first = Section("a", "Service", (ask("a1", fatal=fatal), ask("a2")), weights[0])
    return Form(rule, (first, Section("b", "Records", (ask("b1"),), weights[1])))


HALF = {"a1": YES, "a2": NO, "b1": YES}


def test_the_same_answers_are_60_by_points_and_66_7_by_sections():
    """One of two in weight 40, one of one in weight 20 (the example of Genesys's own pages, kpis.md 3b)."""
    assert mark(two_sections(Rule.WEIGHTED_POINTS), HALF).agent.share == pytest.approx(0.60)
    assert mark(two_sections(Rule.MEAN_OF_SECTIONS), HALF).agent.share == pytest.approx(2 / 3)


def test_the_way_to_the_score_is_told_step_by_step():
    by_points = mark(two_sections(Rule.WEIGHTED_POINTS), HALF).agent.steps
    assert [(one.said, one.place, one.earned, one.possible) for one in by_points] == [
        (Said.SECTION, "a", 1, 2),
        (Said.SECTION, "b", 1, 1),
        (Said.POINTS, "", 60, 100),
    ]
    by_sections = mark(two_sections(Rule.MEAN_OF_SECTIONS), HALF).agent.steps
    assert (by_sections[-1].said, by_sections[-1].earned, by_sections[-1].possible) == (Said.SECTIONS, 40, 60)


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        (Rule.WEIGHTED_POINTS, 40 / 60),  # (1 x 40) / (1 x 40 + 1 x 20)
        (Rule.MEAN_OF_SECTIONS, 40 / 60),  # (100 % x 40 + 0 % x 20) / 60
        (Rule.DEDUCTION, 0.99),  # b1 loses its one point
        (Rule.DEFECT_COUNT, 1 / 2),  # one of two
    ],
)
def test_what_does_not_apply_leaves_both_sides(rule: Rule, share: float):
    assert mark(two_sections(rule), {"a1": YES, "a2": NA, "b1": NO}).agent.share == pytest.approx(share)


@pytest.mark.parametrize("rule", [Rule.WEIGHTED_POINTS, Rule.MEAN_OF_SECTIONS])
def test_a_section_of_which_nothing_applies_gives_its_weight_away_and_says_so(rule: Rule):
    found = mark(two_sections(rule), {"a1": YES, "a2": NO, "b1": NA}).agent
    assert found.share == pytest.approx(0.5)
    left_out = [one for one in found.steps if one.said is Said.SECTION_LEFT_OUT]
    assert [(one.place, one.weight) for one in left_out] == [("b", 20)]


@pytest.mark.parametrize("rule", list(Rule))
def test_where_nothing_applies_there_is_no_score(rule: Rule):
    found = mark(two_sections(rule), {"a1": NA, "a2": NA, "b1": NA}).agent
    assert found.share is None and found.before_fatal is None
    assert found.steps[-1].said is Said.NOTHING


@pytest.mark.parametrize(
    ("rule", "fatal", "before", "after"),
    [
        # a1 is missed, a2 and b1 are met.
        (Rule.WEIGHTED_POINTS, Fatal.FORM_ZERO, 0.60, 0.0),
        (Rule.WEIGHTED_POINTS, Fatal.SECTION_ZERO, 0.60, 0.20),  # (0 x 40 + 1 x 20) / 100
        (Rule.WEIGHTED_POINTS, Fatal.FLAG, 0.60, 0.60),
        (Rule.MEAN_OF_SECTIONS, Fatal.FORM_ZERO, 2 / 3, 0.0),
        (Rule.MEAN_OF_SECTIONS, Fatal.SECTION_ZERO, 2 / 3, 1 / 3),  # (0 x 40 + 1 x 20) / 60
        (Rule.MEAN_OF_SECTIONS, Fatal.FLAG, 2 / 3, 2 / 3),
        (Rule.DEDUCTION, Fatal.FORM_ZERO, 0.99, 0.0),
        (Rule.DEDUCTION, Fatal.SECTION_ZERO, 0.99, 0.98),  # both points of the section are lost
        (Rule.DEDUCTION, Fatal.FLAG, 0.99, 0.99),
        (Rule.DEFECT_COUNT, Fatal.FORM_ZERO, 2 / 3, 0.0),
        (Rule.DEFECT_COUNT, Fatal.SECTION_ZERO, 2 / 3, 1 / 3),  # two of three count as defects
        (Rule.DEFECT_COUNT, Fatal.FLAG, 2 / 3, 2 / 3),
    ],
)
def test_a_fatal_miss_does_what_its_kind_says_and_the_score_before_stays(
    rule: Rule, fatal: Fatal, before: float, after: float
):
    found = mark(two_sections(rule, fatal=fatal), {"a1": NO, "a2": YES, "b1": YES}).agent
    assert found.before_fatal == pytest.approx(before)
    assert found.share == pytest.approx(after)
    assert found.fatal == ("a1",)


def test_a_deduction_never_goes_below_nought():
    form = Form(Rule.DEDUCTION, (Section("a", "", (ask("a1", points=70), ask("a2", points=45))),))
    assert mark(form, {"a1": NO, "a2": NO}).agent.share == 0
    assert mark(form, {"a1": YES, "a2": NO}).agent.share == pytest.approx(0.55)


def test_a_scale_earns_the_share_of_its_anchor():
    steps = tuple(Option(str(n), "", (n - 1) / 4, miss=n < 3) for n in range(1, 6))
    scale = Question("a1", "Listened", QuestionKind.SCALE, points=4, options=steps)
    form = Form(Rule.WEIGHTED_POINTS, (Section("a", "", (scale, ask("a2", points=1))),))
    found = mark(form, {"a1": Answer("4"), "a2": NO})
    assert found.agent.share == pytest.approx(3 / 5)
    assert found.misses == ("a2",)  # the fourth of five is less than all, and no miss


@pytest.mark.parametrize(("given", "share"), [(29, 0), (30, 1), (60, 1), (61, 0)])
def test_a_number_is_met_within_its_band(given: int, share: float):
    number = Question("a1", "Seconds", QuestionKind.NUMBER, least=30, most=60)
    assert (
        mark(Form(Rule.WEIGHTED_POINTS, (Section("a", "", (number,)),)), {"a1": Answer(number=given)}).agent.share
        == share
    )


def test_words_and_numbers_without_a_band_are_only_noted():
    noted = (Question("a1", "", QuestionKind.NUMBER), Question("a2", "", QuestionKind.TEXT), ask("a3"))
    found = mark(Form(Rule.DEFECT_COUNT, (Section("a", "", noted),)), {"a1": Answer(number=3), "a3": YES})
    assert (found.agent.share, found.agent.opportunities, found.unanswered) == (1, 1, ())


def test_a_miss_with_a_cause_elsewhere_is_the_contacts_and_not_the_agents():
    form = two_sections(Rule.WEIGHTED_POINTS, fatal=Fatal.FORM_ZERO)
    found = mark(form, {"a1": ELSEWHERE, "a2": YES, "b1": YES})
    assert (found.agent.share, found.agent.fatal) == (1, ())
    assert (found.contact.share, found.contact.before_fatal) == (0, pytest.approx(0.6))
    assert found.misses == found.outside == ("a1",)
    assert found.agent.steps[0].said is Said.OUTSIDE


def test_critical_misses_are_counted_by_kind():
    questions = (ask("a1", critical=Critical.CUSTOMER), ask("a2", critical=Critical.COMPLIANCE), ask("a3"))
    found = mark(Form(Rule.WEIGHTED_POINTS, (Section("a", "", questions),)), {"a1": NO, "a2": YES, "a3": NO}).agent
    assert found.critical == {Critical.CUSTOMER: ("a1",), Critical.BUSINESS: (), Critical.COMPLIANCE: ()}


def test_a_question_counts_only_where_its_condition_holds():
    then = ask("a2", condition=Condition("a1", ("no",)))
    after_that = ask("a3", condition=Condition("a2", ("no",)))
    form = Form(Rule.DEFECT_COUNT, (Section("a", "", (ask("a1"), then, after_that)),))
    unasked = mark(form, {"a1": YES, "a2": NO, "a3": NO})
    assert (unasked.agent.opportunities, unasked.agent.defects, unasked.unanswered) == (1, 0, ())
    assert mark(form, {"a1": NO, "a2": NO}).unanswered == ("a3",)
    assert mark(form, {"a1": NA, "a2": NO}).agent.opportunities == 0


def test_what_must_apply_is_not_answered_by_that_it_does_not():
    form = Form(Rule.DEFECT_COUNT, (Section("a", "", (ask("a1", may_not_apply=False), ask("a2"))),))
    found = mark(form, {"a1": NA, "a2": YES})
    assert (found.unanswered, found.agent.share) == (("a1",), 1)


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (ask("q", points=-1), Fault.NEGATIVE_WEIGHT),
        (Question("q", "", QuestionKind.SCALE), Fault.TOO_FEW_OPTIONS),
        (Question("q", "", QuestionKind.NUMBER, least=3, most=2), Fault.BAND_TURNED),
        (Question("q", "", QuestionKind.TEXT, critical=Critical.CUSTOMER), Fault.CRITICAL_NOT_JUDGED),
        (ask("q", points=0, fatal=Fatal.SECTION_ZERO), Fault.SECTION_ZERO_WITHOUT_POINTS),
        (ask("q", condition=Condition("later", ("yes",))), Fault.CONDITION_NOT_BEFORE),
        (ask("q", condition=Condition("first", ("maybe",))), Fault.CONDITION_WITHOUT_ANSWER),
        (ask("first"), Fault.CODE_TWICE),
    ],
)
def test_a_form_that_cannot_be_marked_says_what_is_wrong_and_where(question: Question, fault: Fault):
    form = Form(Rule.WEIGHTED_POINTS, (Section("s", "", (ask("first"), question, ask("later"))),))
    assert Faulty(fault, question.code) in list(find_faults(form))


def test_a_form_that_can_be_marked_has_no_fault():
    assert list(find_faults(two_sections(Rule.MEAN_OF_SECTIONS, fatal=Fatal.SECTION_ZERO))) == []
    assert list(find_faults(Form(Rule.DEDUCTION, ()))) == [Faulty(Fault.NO_SECTION)]


def test_a_form_of_more_than_300_questions_is_two_forms():
    def of(count: int) -> Form:
        return Form(Rule.DEFECT_COUNT, (Section("s", "", tuple(ask(f"q{n}") for n in range(count))),))

    assert list(find_faults(of(300))) == []
    assert list(find_faults(of(301))) == [Faulty(Fault.TOO_MANY_QUESTIONS)]


# --- every combination of what applies, what is fatal and where causes lie -------------------------------------------------

questions = st.builds(
    lambda fatal, critical, points: {"fatal": fatal, "critical": critical, "points": points},
    st.sampled_from([None, *Fatal]),
    st.sampled_from([None, *Critical]),
    st.sampled_from([0.5, 1.0, 3.0]),
)
answers = st.sampled_from([YES, NO, NA, ELSEWHERE])


@st.composite
def marked_forms(draw: st.DrawFn) -> tuple[Form, dict[str, Answer]]:
    """A form of one to three sections by any rule, with answers to all of it."""
    sections, given = [], {}
    for place in range(draw(st.integers(1, 3))):
        found = draw(st.lists(st.tuples(questions, answers), min_size=1, max_size=3))
        codes = [f"q{place}{number}" for number in range(len(found))]
        given |= {code: answer for code, (_asked, answer) in zip(codes, found, strict=True)}
        asked = tuple(ask(code, **what) for code, (what, _answer) in zip(codes, found, strict=True))
        sections.append(Section(f"s{place}", "", asked, draw(st.sampled_from([1.0, 20.0, 40.0]))))
    return Form(draw(st.sampled_from(list(Rule))), tuple(sections)), given


@settings(max_examples=100)
@given(marked_forms())
def test_in_every_combination_a_score_is_a_share_and_says_what_happened(made: tuple[Form, dict[str, Answer]]):
    check_score(*made)


@pytest.mark.slow
@settings(max_examples=5000)
@given(marked_forms())
def test_so_it_is_in_thousands_of_them(made: tuple[Form, dict[str, Answer]]):
    check_score(*made)


def check_score(form: Form, given_answers: dict[str, Answer]) -> None:
    """What holds of every score, whatever is fatal, left out or caused elsewhere."""
    assert list(find_faults(form)) == []
    found = mark(form, given_answers)
    for one in (found.agent, found.contact):
        assert one.share is None or 0 <= one.share <= 1
        # The fatal rule only takes away, and what is not taken away is left as it was.
        if one.before_fatal is None:
            assert one.share is None and one.opportunities == 0
        else:
            assert one.share is not None and one.share <= one.before_fatal + 1e-12
        zeroing = {form.question(code).fatal for code in one.fatal} - {Fatal.FLAG}
        if not zeroing:
            assert one.share == one.before_fatal
        if Fatal.FORM_ZERO in zeroing:
            assert one.share == 0
        assert one.defects <= one.opportunities
    assert set(found.outside) == {code for code, answer in given_answers.items() if answer is ELSEWHERE}


@settings(max_examples=60)
@given(marked_forms())
def test_leaving_a_question_out_is_the_same_as_not_having_it(made: tuple[Form, dict[str, Answer]]):
    form, given_answers = made
    applying = {code for code, answer in given_answers.items() if answer is not NA}
    smaller = Form(
        form.rule,
        tuple(
            dataclasses.replace(section, questions=tuple(one for one in section.questions if one.code in applying))
            for section in form.sections
        ),
    )
    for whole, part in ((mark(form, given_answers), mark(smaller, given_answers)),):
        assert (whole.agent.share, whole.agent.before_fatal) == (part.agent.share, part.agent.before_fatal)
        assert (whole.contact.share, whole.contact.fatal) == (part.contact.share, part.contact.fatal)


@settings(max_examples=60)
@given(marked_forms(), st.data())
def test_a_miss_mended_never_lowers_the_score(made: tuple[Form, dict[str, Answer]], data: st.DataObject):
    form, given_answers = made
    missed = [code for code, answer in given_answers.items() if answer is NO]
    if not missed:
        return
    mended = given_answers | {data.draw(st.sampled_from(missed)): YES}
    before, after = mark(form, given_answers).agent, mark(form, mended).agent
    assert before.share is not None and after.share is not None
    assert after.share >= before.share - 1e-12
    assert after.before_fatal >= before.before_fatal - 1e-12


@settings(max_examples=40)
@given(marked_forms())
def test_with_every_cause_elsewhere_the_agent_loses_nothing(made: tuple[Form, dict[str, Answer]]):
    form, given_answers = made
    moved = {code: ELSEWHERE if answer is NO else answer for code, answer in given_answers.items()}
    found = mark(form, moved)
    assert found.agent.share in (None, 1.0)
    assert found.agent.fatal == ()
    # What the customer got is the same, whoever was the cause.
    assert found.contact.share == mark(form, given_answers).contact.share
