"""How are forms and scores said? What is asked, what is wrong with a form, and each step that leads to a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from floorwalker.insight.marking import Answer, Marked, Said, Step
from floorwalker.insight.questionnaire import (
    NO,
    YES,
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
)

Words = str | Promise

RULES: Mapping[Rule, Words] = {
    Rule.WEIGHTED_POINTS: gettext_lazy("weighted points"),
    Rule.MEAN_OF_SECTIONS: gettext_lazy("weighted mean of sections"),
    Rule.DEDUCTION: gettext_lazy("deduction from 100"),
    Rule.DEFECT_COUNT: gettext_lazy("count of defects"),
}
RULES_EXPLAINED: Mapping[Rule, Words] = {
    Rule.WEIGHTED_POINTS: gettext_lazy("Points earned by points possible, each times the weight of its section."),
    Rule.MEAN_OF_SECTIONS: gettext_lazy("Each section's own share first, then their mean by weight."),
    Rule.DEDUCTION: gettext_lazy(
        "A hundred less the points lost, and never below 0; weights of sections do not count."
    ),
    Rule.DEFECT_COUNT: gettext_lazy("How many things went wrong, of those that could; points do not count."),
}
KINDS: Mapping[QuestionKind, Words] = {
    QuestionKind.YES_NO: gettext_lazy("yes or no"),
    QuestionKind.SCALE: gettext_lazy("scale with descriptions"),
    QuestionKind.CHOICE: pgettext_lazy("question", "choice"),
    QuestionKind.NUMBER: pgettext_lazy("question", "number"),
    QuestionKind.TEXT: gettext_lazy("words, not marked"),
}
CRITICALS: Mapping[Critical, Words] = {
    Critical.CUSTOMER: gettext_lazy("customer-critical"),
    Critical.BUSINESS: gettext_lazy("business-critical"),
    Critical.COMPLIANCE: gettext_lazy("compliance-critical"),
}
FATALS: Mapping[Fatal, Words] = {
    Fatal.FORM_ZERO: gettext_lazy("fatal: the whole form counts 0"),
    Fatal.SECTION_ZERO: gettext_lazy("fatal: its section counts 0"),
    Fatal.FLAG: gettext_lazy("fatal: shown and counted, the score stays"),
}
FAULTS: Mapping[Fault, Words] = {
    Fault.NO_SECTION: gettext_lazy("The form has no section yet."),
    Fault.EMPTY_SECTION: gettext_lazy("This section asks nothing."),
    Fault.TOO_MANY_QUESTIONS: gettext_lazy("The form asks more than 300 questions: make two forms of it."),
    Fault.CODE_TWICE: gettext_lazy("Two parts have the same code."),
    Fault.NEGATIVE_WEIGHT: gettext_lazy("A weight or a number of points lies below 0."),
    Fault.NOTHING_COUNTS: gettext_lazy(
        "Nothing in this form counts: give a judged question points, and its section a weight."
    ),
    Fault.TOO_FEW_OPTIONS: gettext_lazy("A scale or a choice needs two answers at least."),
    Fault.TOO_MANY_OPTIONS: gettext_lazy("A scale or a choice has five answers at most."),
    Fault.NO_MISS: gettext_lazy("A critical or fatal question needs an answer that is a miss."),
    Fault.SHARE_OUT_OF_RANGE: gettext_lazy("An answer earns between 0 and 100 per cent of the points."),
    Fault.BAND_TURNED: gettext_lazy("The least lies above the most."),
    Fault.CRITICAL_NOT_JUDGED: gettext_lazy("What is only noted can be neither critical nor fatal."),
    Fault.SECTION_ZERO_WITHOUT_POINTS: gettext_lazy("A question that makes its section 0 needs points."),
    Fault.CONDITION_NOT_BEFORE: gettext_lazy("Its condition names a question that does not stand before it."),
    Fault.CONDITION_WITHOUT_ANSWER: gettext_lazy("Its condition names an answer that there is not."),
}


def option_words(option: Option) -> str:
    """What an answer is called."""
    if option.code in (YES, NO) and not option.label:
        return _("Yes") if option.code == YES else _("No")
    return option.label


def not_applicable() -> str:
    """What is said where a question does not apply."""
    return _("Does not apply")


def answer_words(question: Question, answer: Answer | None) -> str:
    """What was answered."""
    if answer is None:
        return "–"
    if answer.not_applicable:
        return not_applicable()
    if question.kind is QuestionKind.NUMBER:
        return "–" if answer.number is None else number(answer.number)
    if question.kind is QuestionKind.TEXT:
        return answer.text or "–"
    option = question.option(answer.option)
    return "–" if option is None else option_words(option)


def place_words(form: Form, code: str) -> str:
    """The title of a section or the wording of a question; nothing for the form as a whole."""
    question = form.question(code)
    if question is not None:
        return question.wording
    return next((section.title for section in form.sections if section.code == code), "")


def fault_words(form: Form, faulty: Faulty) -> str:
    """A fault with the part that has it."""
    said, place = str(FAULTS[faulty.fault]), place_words(form, faulty.place)
    return _("“%(place)s”: %(said)s") % {"place": place, "said": said} if place else said


def condition_words(form: Form, condition: Condition) -> str:
    """When a question is asked."""
    asked = form.question(condition.question)
    if asked is None:
        return str(FAULTS[Fault.CONDITION_NOT_BEFORE])
    found = [option_words(option) for option in asked.choices if option.code in condition.options]
    return _("Only where “%(question)s” is answered: %(answers)s") % {
        "question": asked.wording,
        "answers": ", ".join(found),
    }


def share(value: float | None) -> str:
    """A score in per cent, with one decimal where it is no whole number."""
    return "–" if value is None else f"{100 * value:.1f}".removesuffix(".0") + "%"


def score_words(marked: Marked, rule: Rule) -> str:
    """A score by its rule: a share, or how many defects."""
    if marked.share is None:
        return _("no score: nothing applied")
    if rule is Rule.DEFECT_COUNT:
        said = ngettext("%(n)d defect in %(all)d", "%(n)d defects in %(all)d", marked.defects)
        return said % {"n": marked.defects, "all": marked.opportunities}
    return share(marked.share)


@dataclass(frozen=True)
class Line:
    """One step of a score, in words."""

    said: str
    is_result: bool = False


def steps_words(form: Form, marked: Marked) -> list[Line]:
    """How a score came about, step by step, as one would work it out by hand."""
    return [
        Line(_step(form, step), step.said in (Said.POINTS, Said.SECTIONS, Said.DEDUCTION, Said.DEFECTS, Said.FORM_ZERO))
        for step in marked.steps
    ]


def _step(form: Form, step: Step) -> str:
    figures = {
        "place": place_words(form, step.place),
        "earned": number(step.earned),
        "possible": number(step.possible),
        "share": share(step.share),
        "weight": number(step.weight),
    }
    return str(_STEPS[step.said]) % figures


_STEPS: Mapping[Said, Words] = {
    Said.SECTION: gettext_lazy("%(place)s: %(earned)s of %(possible)s points, %(share)s, weight %(weight)s"),
    Said.SECTION_LEFT_OUT: gettext_lazy(
        "%(place)s: nothing in it applied, so its weight of %(weight)s goes to the other sections"
    ),
    Said.SECTION_ZERO: gettext_lazy("Fatal: “%(place)s” makes its section count 0"),
    Said.OUTSIDE: gettext_lazy("Left out of the agent's score, since the cause lies elsewhere: “%(place)s”"),
    Said.POINTS: gettext_lazy("Points times weights: %(earned)s of %(possible)s = %(share)s"),
    Said.SECTIONS: gettext_lazy("Shares times weights: %(earned)s of %(possible)s = %(share)s"),
    Said.DEDUCTION: gettext_lazy("100 less %(earned)s points lost = %(share)s"),
    Said.DEFECTS: gettext_lazy("%(earned)s of %(possible)s things went wrong: %(share)s went well"),
    Said.NOTHING: gettext_lazy("Nothing applied, so there is no score"),
    Said.FORM_ZERO: gettext_lazy("Fatal: “%(place)s” makes the whole form count 0 (before: %(share)s)"),
}


def number(value: float) -> str:
    """Points and weights as people write them."""
    return f"{value:,.2f}".rstrip("0").removesuffix(".")
