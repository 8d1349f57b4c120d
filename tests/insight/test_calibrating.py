"""Is what people marked side by side compared as one would by hand, and is nothing said of too little?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.insight.alike import LEAST_SESSIONS, alike_in_question, alike_in_scores, pass_of
from floorwalker.insight.calibrating import Sheet, lean_of
from floorwalker.insight.marking import Answer
from floorwalker.insight.questionnaire import Condition, Form, Option, Question, QuestionKind, Rule, Section
from floorwalker.ui import calibration_words

SCALE = tuple(Option(str(n), str(n), n / 4, miss=n == 0) for n in range(5))
FORM = Form(
    Rule.WEIGHTED_POINTS,
    (
        Section(
            "s1",
            "All",
            (
                Question("greeted", "Greeted", QuestionKind.YES_NO),
                Question("why", "Said why not", QuestionKind.YES_NO, condition=Condition("greeted", ("no",))),
                Question("listened", "Listened", QuestionKind.SCALE, points=3, options=SCALE),
                Question("words", "Anything else", QuestionKind.TEXT),
            ),
        ),
    ),
)


def answers(greeted: str, listened: str, **more: str) -> dict[str, Answer]:
    given = {"greeted": greeted, "listened": listened, **more}
    return {code: Answer(not_applicable=True) if one == "na" else Answer(option=one) for code, one in given.items()}


def sheet(*contacts: dict[int, dict[str, Answer]], agreed: dict[int, dict[str, Answer]] | None = None) -> Sheet:
    return Sheet(FORM, dict(enumerate(contacts)), agreed or {})


def test_pairs_are_counted_as_by_hand_and_the_most_argued_comes_first() -> None:
    one = sheet(
        {1: answers("yes", "4"), 2: answers("yes", "2"), 3: answers("no", "4", why="yes")},
        {1: answers("yes", "3"), 2: answers("yes", "3")},
    )
    first, second, third = one.compared
    # Pairs yes-yes, yes-no, yes-no, and yes-yes: two of four differ, by all the points each.
    assert (first.question.code, first.pairs, first.differ, first.distance) == ("greeted", 4, 2, 0.5)
    # Pairs 4-2, 4-4, 2-4, and 3-3: as many differ, by half the points each.
    assert (second.question.code, second.pairs, second.differ) == ("listened", 4, 2)
    assert second.distance == pytest.approx((0.5 + 0 + 0.5 + 0) / 4)
    # Asked of one alone: nobody is compared. Words are compared by nobody.
    assert (third.question.code, third.apart) == ("why", None)
    assert one.settled[1] == answers("yes", "3") and one.settled[0] == {}


def test_what_does_not_apply_is_an_answer_that_can_differ() -> None:
    one = sheet({1: answers("na", "na"), 2: answers("yes", "4")})
    assert {found.question.code: found.differ for found in one.compared} == {
        "greeted": 1,
        "listened": 1,
        "why": 0,
    }


def test_severity_is_held_against_what_was_agreed_and_not_told_of_few() -> None:
    contact = {1: answers("yes", "4"), 2: answers("yes", "2")}
    agreed = {0: {"listened": Answer(option="3")}}
    found = lean_of([sheet(contact, agreed=agreed)])
    # Agreed: (1 + 3 * .75) / 4 = .8125; the first gave 1, the second (1 + 1.5) / 4 = .625.
    assert found[1].points == pytest.approx(-18.75) and found[2].points == pytest.approx(18.75)
    assert (found[1].harsher, found[1].milder, found[1].same) == (0, 1, 1)
    assert not found[2].is_told and "Cannot tell yet" in calibration_words.lean(found[2])
    many = [sheet(contact, agreed=agreed) for _ in range(6)]
    assert calibration_words.lean(lean_of(many)[2]).startswith("Harsher than what was agreed: by about 19 points")
    assert calibration_words.lean(lean_of(many)[1]).startswith("Milder than what was agreed")
    # Where nothing was agreed on what they argued about there is no score to hold anybody against.
    assert lean_of([sheet(contact)])[1].contacts == 0


def simulated(sessions: int, contacts: int, noise: float, seed: int, people: int = 3) -> list[Sheet]:
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(sessions):
        truth = rng.integers(0, 5, contacts)
        given = [
            {
                person: answers(
                    "yes" if (value > 1) != (rng.random() < noise) else "no",
                    str(int(np.clip(value + (rng.random() < noise) * rng.choice([-2, 2]), 0, 4))),
                )
                for person in range(people)
            }
            for value in truth
        ]
        found.append(sheet(*given))
    return found


def test_agreement_is_pooled_over_sessions_and_not_told_of_one() -> None:
    one = alike_in_scores(simulated(1, 20, 0.1, 1))
    assert not one.is_told and "Cannot tell yet whether we mark alike" in calibration_words.alike(one)
    good, poor = (alike_in_scores(simulated(6, 10, noise, 2)) for noise in (0.02, 0.9))
    assert good.is_told and good.agreement.alpha > 0.8 > 0.5 > poor.agreement.alpha
    assert calibration_words.alike(good).startswith("We mark alike")
    assert calibration_words.alike(poor).startswith("We mark too differently")
    assert "ICC(2,1)" in calibration_words.correlation(good) and good.block == 60 and good.people == 3
    # One who is harsher costs the second correlation and not the third.
    assert good.correlation.icc2 <= good.correlation.icc3 + 0.02


def test_of_two_kappa_is_told_too_and_of_three_it_is_not() -> None:
    two = alike_in_question(simulated(4, 10, 0.1, 3, people=2), "greeted")
    three = alike_in_question(simulated(4, 10, 0.1, 3), "greeted")
    assert two.kappa is not None and 0.3 < two.kappa < 1 and three.kappa is None
    assert "of the two, kappa" in calibration_words.alike_in_question(two)
    assert alike_in_question(simulated(4, 10, 0.1, 3), "listened").kappa is None


def test_where_nobody_ever_differs_no_alpha_is_made_up() -> None:
    same = [sheet({1: answers("yes", "4"), 2: answers("yes", "4")}) for _ in range(12)]
    found = alike_in_question(same, "greeted")
    assert found.never_differed and calibration_words.alike_in_question(found) == "always the same answer"
    assert calibration_words.alike(alike_in_scores(same)).startswith("Every contact got the same score")
    assert "nobody" in calibration_words.alike_in_question(alike_in_question(same, "gone"))


def test_the_trend_holds_the_last_three_sessions_against_the_three_before() -> None:
    sheets = simulated(3, 15, 0.8, 4) + simulated(3, 15, 0.02, 5)
    passed = [pass_of(sheets[max(0, last - LEAST_SESSIONS) : last]) for last in range(1, len(sheets) + 1)]
    assert [one.alike.sessions for one in passed] == [1, 2, 3, 3, 3, 3]
    assert calibration_words.trend([one.alike for one in passed]).startswith("We mark more alike than before")
    assert calibration_words.trend([one.alike for one in passed[:4]]).startswith("Cannot tell yet")
    assert passed[0].same is not None and passed[0].same < passed[-1].same and passed[0].apart > passed[-1].apart
