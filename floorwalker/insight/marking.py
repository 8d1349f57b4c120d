"""What do the answers on an evaluation form come to, and how? By the form's own rule, step by step.

Two scores come from the same answers: what the contact was worth to the customer (every miss counts), and what of it was the
agent's (a miss whose root cause lies outside the agent is left out as if it did not apply). Each stands before and after the
fatal rule: the score before it shows a trend that the fatal rule would turn into a saw-tooth.
What does not apply leaves numerator and denominator alike; a section of which nothing applies gives its weight to the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import fsum

from floorwalker.insight.questionnaire import Critical, Fatal, Form, Question, QuestionKind, Rule, Section

WHOLE = 100.0


@dataclass(frozen=True)
class Answer:
    """What was answered: an option, a number or words; that it does not apply; that the cause of a miss lies elsewhere."""

    option: str = ""
    number: float | None = None
    text: str = ""
    not_applicable: bool = False
    outside_agent: bool = False


Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Judged:
    """What an answer is worth, as a share of its question's points, and whether it is a miss."""

    question: Question
    share: float
    miss: bool
    outside_agent: bool


class Said(StrEnum):
    """What one step of the arithmetic says."""

    SECTION = "section"  # earned, possible, share, weight
    SECTION_LEFT_OUT = "section_left_out"  # weight, which goes to the other sections
    SECTION_ZERO = "section_zero"  # place: the fatal question
    OUTSIDE = "outside"  # place: a question whose miss had a cause outside the agent
    POINTS = "points"  # earned, possible, share: weighted by section
    SECTIONS = "sections"  # earned: sum of shares times weights; possible: sum of weights
    DEDUCTION = "deduction"  # earned: points lost; share
    DEFECTS = "defects"  # earned: defects; possible: how many things could go wrong
    NOTHING = "nothing"  # nothing applied, so that there is no score
    FORM_ZERO = "form_zero"  # place: the fatal question; share: the score before


@dataclass(frozen=True)
class Step:
    """One step, the code of the section or question that it is about, and its figures."""

    said: Said
    place: str = ""
    earned: float = 0.0
    possible: float = 0.0
    share: float = 0.0
    weight: float = 0.0


@dataclass(frozen=True)
class Marked:
    """One score: a share of 1 before and after the fatal rule (None where nothing applied), and how it came about.

    defects, opportunities: judged answers that were misses, and all; fatal: the questions whose miss was fatal;
    critical: by kind, the questions that were missed.
    """

    before_fatal: float | None
    share: float | None
    defects: int
    opportunities: int
    fatal: tuple[str, ...]
    critical: Mapping[Critical, tuple[str, ...]]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Score:
    """Both scores of one set of answers, and by code: what was judged, the misses, those of them with a cause elsewhere, and
    what was not answered.
    """

    agent: Marked
    contact: Marked
    judged: tuple[str, ...]
    misses: tuple[str, ...]
    outside: tuple[str, ...]
    unanswered: tuple[str, ...]


def mark(form: Form, answers: Answers) -> Score:
    """The score of these answers; what is not asked for under its condition does not count, whatever is answered."""
    asked = find_asked(form, answers)
    judged = {one.question.code: one for one in _judged(asked, answers)}
    misses = tuple(code for code, one in judged.items() if one.miss)
    outside = tuple(code for code in misses if judged[code].outside_agent)
    of_agent = {code: one for code, one in judged.items() if code not in outside}
    return Score(
        agent=_marked(form, of_agent, tuple(Step(Said.OUTSIDE, code) for code in outside)),
        contact=_marked(form, judged, ()),
        judged=tuple(judged),
        misses=misses,
        outside=outside,
        unanswered=tuple(one.code for one in asked if not is_answered(one, answers.get(one.code))),
    )


def find_asked(form: Form, answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers lead to, in their order."""
    asked: dict[str, Question] = {}
    for question in form.questions:
        if question.condition is None or _holds(question, asked, answers):
            asked[question.code] = question
    return tuple(asked.values())


def _holds(question: Question, asked: Mapping[str, Question], answers: Answers) -> bool:
    condition = question.condition
    if condition is None or condition.question not in asked:
        return condition is None
    answer = answers.get(condition.question)
    return answer is not None and not answer.not_applicable and answer.option in condition.options


def is_answered(question: Question, answer: Answer | None) -> bool:
    """Whether a question need not be asked again; words may be left empty."""
    if question.kind is QuestionKind.TEXT:
        return True
    if answer is None:
        return False
    if answer.not_applicable:
        return question.may_not_apply
    if question.kind is QuestionKind.NUMBER:
        return answer.number is not None
    return question.option(answer.option) is not None


def judge(question: Question, answer: Answer | None) -> Judged | None:
    """What one answer is worth; None where it does not apply, is not given, or is only noted."""
    if answer is None or not question.is_judged or not is_answered(question, answer) or answer.not_applicable:
        return None
    if question.kind is QuestionKind.NUMBER:
        assert answer.number is not None
        low = question.least is not None and answer.number < question.least
        high = question.most is not None and answer.number > question.most
        return Judged(question, 0.0 if low or high else 1.0, low or high, answer.outside_agent)
    option = question.option(answer.option)
    assert option is not None
    return Judged(question, option.share, option.miss, answer.outside_agent)


def _judged(asked: tuple[Question, ...], answers: Answers) -> Iterator[Judged]:
    found = (judge(question, answers.get(question.code)) for question in asked)
    return (one for one in found if one is not None)


def earned_shares(form: Form, answers: Answers) -> dict[str, float]:
    """By question the share of its points that the agent earned; what did not apply or was not hers is not among them."""
    judged = _judged(find_asked(form, answers), answers)
    return {one.question.code: one.share for one in judged if not (one.miss and one.outside_agent)}


@dataclass(frozen=True)
class _Part:
    """One section's judged answers, with the fatal question that makes all of them nought."""

    section: Section
    judged: tuple[Judged, ...]
    zeroed_by: str = ""

    def shares(self, *, fatal: bool) -> Iterator[tuple[float, float]]:
        """The points of every judged answer, and what share of them it earns."""
        return ((one.question.points, 0.0 if fatal and self.zeroed_by else one.share) for one in self.judged)

    def defects(self, *, fatal: bool) -> int:
        return len(self.judged) if fatal and self.zeroed_by else sum(one.miss for one in self.judged)


@dataclass
class _Sum:
    """A share in the making, and the steps that lead to it."""

    share: float | None = None
    steps: list[Step] = field(default_factory=list)


def _marked(form: Form, judged: Mapping[str, Judged], first: tuple[Step, ...]) -> Marked:
    parts = tuple(_parts(form, judged))
    fatal = tuple(code for code, one in judged.items() if one.miss and one.question.fatal is not None)
    before, after = (_summed(form.rule, parts, fatal=flag) for flag in (False, True))
    share, steps = after.share, list(after.steps)
    for code in fatal:
        if judged[code].question.fatal is Fatal.FORM_ZERO:
            steps.append(Step(Said.FORM_ZERO, code, share=share or 0.0))
            share = 0.0
            break
    critical = {
        kind: tuple(code for code, one in judged.items() if one.miss and one.question.critical is kind)
        for kind in Critical
    }
    defects, all_of_them = sum(one.miss for one in judged.values()), len(judged)
    return Marked(before.share, share, defects, all_of_them, fatal, critical, (*first, *steps))


def _parts(form: Form, judged: Mapping[str, Judged]) -> Iterator[_Part]:
    for section in form.sections:
        here = tuple(judged[question.code] for question in section.questions if question.code in judged)
        zeroing = (one.question.code for one in here if one.miss and one.question.fatal is Fatal.SECTION_ZERO)
        yield _Part(section, here, next(zeroing, ""))


def _summed(rule: Rule, parts: tuple[_Part, ...], *, fatal: bool) -> _Sum:
    found = _Sum()
    for part in parts:
        if fatal and part.zeroed_by:
            found.steps.append(Step(Said.SECTION_ZERO, part.zeroed_by))
    {Rule.DEDUCTION: _deduct, Rule.DEFECT_COUNT: _count}.get(rule, _weigh)(rule, parts, found, fatal)
    if found.share is None:
        found.steps.append(Step(Said.NOTHING))
    return found


def _weigh(rule: Rule, parts: tuple[_Part, ...], found: _Sum, fatal: bool) -> None:
    """Weighted points, or the weighted mean of the sections' shares; they differ by what a section's points count."""
    earned, possible = [], []
    for part in parts:
        shares = list(part.shares(fatal=fatal))
        got, most = fsum(points * share for points, share in shares), fsum(points for points, _share in shares)
        weight = part.section.weight
        if most == 0:
            if any(one.is_judged and one.points > 0 for one in part.section.questions):
                found.steps.append(Step(Said.SECTION_LEFT_OUT, part.section.code, weight=weight))
            continue
        found.steps.append(Step(Said.SECTION, part.section.code, got, most, got / most, weight))
        of_sections = rule is Rule.MEAN_OF_SECTIONS
        earned.append(weight * (got / most if of_sections else got))
        possible.append(weight * (1.0 if of_sections else most))
    if fsum(possible) > 0:
        found.share = fsum(earned) / fsum(possible)
        said = Said.SECTIONS if rule is Rule.MEAN_OF_SECTIONS else Said.POINTS
        found.steps.append(Step(said, "", fsum(earned), fsum(possible), found.share))


def _deduct(rule: Rule, parts: tuple[_Part, ...], found: _Sum, fatal: bool) -> None:
    """A hundred less the points lost, and never below nought; weights of sections do not count."""
    lost = fsum(points * (1 - share) for part in parts for points, share in part.shares(fatal=fatal))
    if any(points > 0 for part in parts for points, _share in part.shares(fatal=fatal)):
        found.share = max(0.0, WHOLE - lost) / WHOLE
        found.steps.append(Step(Said.DEDUCTION, "", lost, WHOLE, found.share))


def _count(rule: Rule, parts: tuple[_Part, ...], found: _Sum, fatal: bool) -> None:
    """How many things went wrong, of those that could; points do not count, except that nought is only noted."""
    counted = [_Part(p.section, tuple(j for j in p.judged if j.question.points > 0), p.zeroed_by) for p in parts]
    possible = sum(len(part.judged) for part in counted)
    defects = sum(part.defects(fatal=fatal) for part in counted)
    if possible:
        found.share = 1 - defects / possible
        found.steps.append(Step(Said.DEFECTS, "", defects, possible, found.share))
