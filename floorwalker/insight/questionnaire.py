"""What does an evaluation form ask, how much does each answer count, and can the form be marked at all?

A form is plain data: it is kept whole with each of its versions, so that a later version never rescores the past. Codes of
sections and questions stay the same over the versions of a form; words are the form's own and may change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# The keys 1 to 5 answer a scale or a choice: more anchors than that are told apart by nobody.
MOST_OPTIONS = 5
# A page sends up to four fields for each; more than that is two forms in one.
MOST_QUESTIONS = 300


class QuestionKind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    SCALE = "scale"  # anchored: each step says what it looks like
    CHOICE = "choice"
    NUMBER = "number"  # met within a band, or merely noted where there is none
    TEXT = "text"  # never marked


class Rule(StrEnum):
    """How marks become one score; part of the version, since vendors differ and nobody prints which."""

    WEIGHTED_POINTS = "weighted_points"  # points earned by points possible, each times the weight of its section
    MEAN_OF_SECTIONS = "mean_of_sections"  # each section's share, weighted
    DEDUCTION = "deduction"  # 100 less the points lost
    DEFECT_COUNT = "defect_count"  # how many things went wrong, of how many that could


class Critical(StrEnum):
    """Whom a miss hurts so much that it is counted by itself, and never averaged away."""

    CUSTOMER = "customer"
    BUSINESS = "business"
    COMPLIANCE = "compliance"


class Fatal(StrEnum):
    """What a miss does to the score beyond its own points."""

    FORM_ZERO = "form_zero"
    SECTION_ZERO = "section_zero"
    FLAG = "flag"  # nothing: it is shown, and counted


@dataclass(frozen=True)
class Option:
    """One answer to choose: the share of the points it earns, whether it is a miss, and what it looks like."""

    code: str
    label: str
    share: float
    miss: bool
    anchor: str = ""


YES, NO, NOT_APPLICABLE = "yes", "no", "na"
YES_NO = (Option(YES, "", 1.0, miss=False), Option(NO, "", 0.0, miss=True))


@dataclass(frozen=True)
class Condition:
    """The question is asked only where an earlier one has one of these answers."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One thing to look for.

    points: what it counts, nought for what is only noted; least, most: the band that a number must lie in, either may be
    open; critical: a miss is counted by itself; fatal: what a miss does beyond that.
    """

    code: str
    wording: str
    kind: QuestionKind
    points: float = 1.0
    options: tuple[Option, ...] = ()
    least: float | None = None
    most: float | None = None
    may_not_apply: bool = True
    critical: Critical | None = None
    fatal: Fatal | None = None
    condition: Condition | None = None
    guidance: str = ""

    @property
    def choices(self) -> tuple[Option, ...]:
        """The answers to choose from."""
        return YES_NO if self.kind is QuestionKind.YES_NO else self.options

    @property
    def is_judged(self) -> bool:
        """Whether an answer can be right or wrong; else it is only noted."""
        if self.kind is QuestionKind.NUMBER:
            return self.least is not None or self.most is not None
        return self.kind is not QuestionKind.TEXT

    def option(self, code: str) -> Option | None:
        """The answer of that code."""
        return next((one for one in self.choices if one.code == code), None)


@dataclass(frozen=True)
class Section:
    """A part of the form, with its weight."""

    code: str
    title: str
    questions: tuple[Question, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Form:
    """One version of a form: what it asks, and by which rule it is marked."""

    rule: Rule
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in their order."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, code: str) -> Question | None:
        """The question of that code."""
        return next((one for one in self.questions if one.code == code), None)


class Fault(StrEnum):
    """Why a form cannot be used as it stands."""

    NO_SECTION = "no_section"
    EMPTY_SECTION = "empty_section"
    TOO_MANY_QUESTIONS = "too_many_questions"
    CODE_TWICE = "code_twice"
    NEGATIVE_WEIGHT = "negative_weight"
    NOTHING_COUNTS = "nothing_counts"
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_MANY_OPTIONS = "too_many_options"
    NO_MISS = "no_miss"
    SHARE_OUT_OF_RANGE = "share_out_of_range"
    BAND_TURNED = "band_turned"
    CRITICAL_NOT_JUDGED = "critical_not_judged"
    SECTION_ZERO_WITHOUT_POINTS = "section_zero_without_points"
    CONDITION_NOT_BEFORE = "condition_not_before"
    CONDITION_WITHOUT_ANSWER = "condition_without_answer"


@dataclass(frozen=True)
class Faulty:
    """One fault, and the code of the section or question that has it; none where it is the form's."""

    fault: Fault
    place: str = ""


def find_faults(form: Form) -> Iterator[Faulty]:
    """Everything that keeps a form from being published, in the order of its questions."""
    if not form.sections:
        yield Faulty(Fault.NO_SECTION)
    codes = [section.code for section in form.sections] + [question.code for question in form.questions]
    yield from (Faulty(Fault.CODE_TWICE, code) for code in sorted({code for code in codes if codes.count(code) > 1}))
    for section in form.sections:
        if not section.questions:
            yield Faulty(Fault.EMPTY_SECTION, section.code)
        if section.weight < 0:
            yield Faulty(Fault.NEGATIVE_WEIGHT, section.code)
        for question in section.questions:
            yield from (Faulty(fault, question.code) for fault in _faults_of(question))
    yield from _faults_of_conditions(form)
    if len(form.questions) > MOST_QUESTIONS:
        yield Faulty(Fault.TOO_MANY_QUESTIONS)
    if form.questions and not any(_counts(form, section) for section in form.sections):
        yield Faulty(Fault.NOTHING_COUNTS)


def _counts(form: Form, section: Section) -> bool:
    weighs = section.weight > 0 or form.rule in (Rule.DEDUCTION, Rule.DEFECT_COUNT)
    return weighs and any(question.is_judged and question.points > 0 for question in section.questions)


def _faults_of(question: Question) -> Iterator[Fault]:
    if question.points < 0:
        yield Fault.NEGATIVE_WEIGHT
    if question.kind in (QuestionKind.SCALE, QuestionKind.CHOICE):
        yield from _faults_of_options(question)
    if question.least is not None and question.most is not None and question.least > question.most:
        yield Fault.BAND_TURNED
    if (question.critical or question.fatal) and not question.is_judged:
        yield Fault.CRITICAL_NOT_JUDGED
    if question.fatal is Fatal.SECTION_ZERO and question.points <= 0:
        yield Fault.SECTION_ZERO_WITHOUT_POINTS


def _faults_of_options(question: Question) -> Iterator[Fault]:
    if len(question.options) < 2:
        yield Fault.TOO_FEW_OPTIONS
    if len(question.options) > MOST_OPTIONS:
        yield Fault.TOO_MANY_OPTIONS
    if len({option.code for option in question.options}) < len(question.options):
        yield Fault.CODE_TWICE
    if any(not 0 <= option.share <= 1 for option in question.options):
        yield Fault.SHARE_OUT_OF_RANGE
    if (question.critical or question.fatal) and not any(option.miss for option in question.options):
        yield Fault.NO_MISS


def _faults_of_conditions(form: Form) -> Iterator[Faulty]:
    before: dict[str, Question] = {}
    for question in form.questions:
        if question.condition is not None:
            asked = before.get(question.condition.question)
            if asked is None:
                yield Faulty(Fault.CONDITION_NOT_BEFORE, question.code)
            elif not question.condition.options or any(asked.option(one) is None for one in question.condition.options):
                yield Faulty(Fault.CONDITION_WITHOUT_ANSWER, question.code)
        before[question.code] = question
