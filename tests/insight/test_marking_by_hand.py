"""Does a second hand, that adds fractions in another way, come to the same score, whatever applies and whatever is fatal?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import pytest

from floorwalker.insight.marking import Answer, mark
from floorwalker.insight.questionnaire import Fatal, Form, Option, Question, QuestionKind, Rule, Section

WEIGHTS = {"a": 40, "b": 20}
POINTS = {"a1": 1, "a2": 3, "b1": 2}
GIVEN = {
    "met": Answer("yes"),
    "missed": Answer("no"),
    "left out": Answer(not_applicable=True),
    "elsewhere": Answer("no", outside_agent=True),
}
FATALS = (None, *Fatal)


def form_of(rule: Rule, fatal: Mapping[str, Fatal | None]) -> Form:
    """Two questions in a section of weight 40, one in a section of weight 20."""

    def ask(code: str) -> Question:
        return Question(code, code, QuestionKind.YES_NO, points=POINTS[code], fatal=fatal.get(code))

    return Form(
        rule, (Section("a", "", (ask("a1"), ask("a2")), WEIGHTS["a"]), Section("b", "", (ask("b1"),), WEIGHTS["b"]))
    )


def by_hand(rule: Rule, met: Mapping[str, bool]) -> Fraction | None:
    """What is met, of what applies, by the words of the rule; None where nothing does."""
    if not met:
        return None
    places = {place: [code for code in met if code[0] == place] for place in WEIGHTS}
    lost = sum(POINTS[code] for code in met if not met[code])
    if rule is Rule.DEDUCTION:
        return Fraction(max(0, 100 - lost), 100)
    if rule is Rule.DEFECT_COUNT:
        return Fraction(sum(met.values()), len(met))
    if rule is Rule.WEIGHTED_POINTS:
        worth = {code: POINTS[code] * WEIGHTS[code[0]] for code in met}
        return Fraction(sum(worth[code] for code in met if met[code]), sum(worth.values()))
    shares = {
        place: Fraction(sum(POINTS[code] for code in codes if met[code]), sum(POINTS[code] for code in codes))
        for place, codes in places.items()
        if codes
    }
    return sum((WEIGHTS[place] * share for place, share in shares.items()), Fraction(0)) / sum(
        WEIGHTS[place] for place in shares
    )


def after_fatal(rule: Rule, met: Mapping[str, bool], fatal: Mapping[str, Fatal | None]) -> Fraction | None:
    """The same once a fatal miss has done what its kind says."""
    missed = {code: fatal.get(code) for code in met if not met[code]}
    if Fatal.FORM_ZERO in missed.values():
        return Fraction(0)
    zeroed = {code[0] for code, kind in missed.items() if kind is Fatal.SECTION_ZERO}
    return by_hand(rule, {code: met[code] and code[0] not in zeroed for code in met})


def combinations() -> Iterator[tuple[dict[str, Fatal | None], dict[str, str]]]:
    """Every pair of what may be fatal in either section, with every set of answers."""
    for first, last, *answers in product(FATALS, FATALS, GIVEN, GIVEN, GIVEN):
        yield {"a1": first, "b1": last}, dict(zip(POINTS, answers, strict=True))


@pytest.mark.parametrize("rule", list(Rule))
def test_every_combination_of_what_applies_and_what_is_fatal_comes_to_what_a_hand_adds_up(rule: Rule):
    count = 0
    for fatal, answers in combinations():
        found = mark(form_of(rule, fatal), {code: GIVEN[how] for code, how in answers.items()})
        of_contact = {code: how == "met" for code, how in answers.items() if how != "left out"}
        of_agent = {code: met for code, met in of_contact.items() if answers[code] != "elsewhere"}
        for one, met in ((found.agent, of_agent), (found.contact, of_contact)):
            before, after = by_hand(rule, met), after_fatal(rule, met, fatal)
            told = f"{rule}, {fatal}, {answers}"
            assert one.before_fatal == (None if before is None else pytest.approx(float(before))), told
            assert one.share == (None if after is None else pytest.approx(float(after))), told
            assert set(one.fatal) == {code for code, kind in fatal.items() if kind and met.get(code) is False}, told
        count += 1
    assert count == len(FATALS) ** 2 * len(GIVEN) ** 3


THIRDS = tuple(Option(str(n), "", share, miss=share < 0.5) for n, share in enumerate((0.25, 0.75, 1.0), start=1))
MIXED = (
    Section("a", "", (Question("q1", "", QuestionKind.YES_NO, points=2),
                      Question("q2", "", QuestionKind.SCALE, points=4, options=THIRDS)), 30),
    Section("b", "", (Question("q3", "", QuestionKind.NUMBER, points=1, least=10, most=60),
                      Question("q4", "", QuestionKind.CHOICE, points=3, options=THIRDS)), 70),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        # q1 missed (0 of 2), q2 three quarters (3 of 4), q3 within its band (1 of 1), q4 a miss that keeps a quarter (0.75 of 3).
        (Rule.WEIGHTED_POINTS, (30 * 3 + 70 * 1.75) / (30 * 6 + 70 * 4)),
        (Rule.MEAN_OF_SECTIONS, (30 * (3 / 6) + 70 * (1.75 / 4)) / 100),
        (Rule.DEDUCTION, (100 - 2 - 1 - 2.25) / 100),
        (Rule.DEFECT_COUNT, 1 - 2 / 4),
    ],
)
def test_scales_choices_and_numbers_are_added_up_as_by_hand(rule: Rule, share: float):
    answers = {"q1": Answer("no"), "q2": Answer("2"), "q3": Answer(number=60), "q4": Answer("1")}
    found = mark(Form(rule, MIXED), answers)
    assert found.agent.share == pytest.approx(share)
    assert found.misses == ("q1", "q4")
