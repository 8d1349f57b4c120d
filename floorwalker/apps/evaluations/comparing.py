"""What differs between two versions of a form? Section by section and question by question, by their codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.evaluations import saying
from floorwalker.insight.questionnaire import Critical, Fatal, Form, Option, Question, Section

ASPECTS: dict[str, str | Promise] = {
    "wording": gettext_lazy("Question"),
    "kind": gettext_lazy("Answered by"),
    "points": gettext_lazy("Points"),
    "options": gettext_lazy("Answers"),
    "least": gettext_lazy("Number: at least"),
    "most": gettext_lazy("Number: at most"),
    "may_not_apply": gettext_lazy("May not apply"),
    "critical": gettext_lazy("A miss is"),
    "fatal": gettext_lazy("A miss does"),
    "condition": gettext_lazy("Condition"),
    "guidance": gettext_lazy("Guidance"),
}


@dataclass(frozen=True)
class Difference:
    """One thing that differs: of which part, in what, and how it was and is; an empty side has no such part."""

    place: str
    aspect: str
    before: str
    after: str


def differences(before: Form, after: Form) -> list[Difference]:
    """Everything that differs, in the order of the later version, with what is gone at the end."""
    return list(_of_forms(before, after))


def _of_forms(before: Form, after: Form) -> Iterator[Difference]:
    if before.rule is not after.rule:
        yield Difference("", _("Scoring rule"), str(saying.RULES[before.rule]), str(saying.RULES[after.rule]))
    old, new = _by_code(before), _by_code(after)
    for code, (section, question) in new.items():
        was = old.get(code)
        if was is None:
            yield Difference(_name(section, question), _("Added"), "", _where(section, question))
        elif question is None:
            yield from _of_sections(was[0], section)
        elif was[1] is not None:
            yield from _of_questions(before, was[1], after, question)
            if was[0].code != section.code:
                yield Difference(question.wording, _("Section"), was[0].title, section.title)
    for code, (section, question) in old.items():
        if code not in new:
            yield Difference(_name(section, question), _("Removed"), _where(section, question), "")
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield Difference("", _("Order"), _("as before"), _("changed"))


def _by_code(form: Form) -> dict[str, tuple[Section, Question | None]]:
    found: dict[str, tuple[Section, Question | None]] = {}
    for section in form.sections:
        found[section.code] = section, None
        found |= {question.code: (section, question) for question in section.questions}
    return found


def _name(section: Section, question: Question | None) -> str:
    return section.title if question is None else question.wording


def _where(section: Section, question: Question | None) -> str:
    if question is None:
        return _("section, weight %(weight)s") % {"weight": saying.number(section.weight)}
    return _("in “%(section)s”") % {"section": section.title}


def _of_sections(before: Section, after: Section) -> Iterator[Difference]:
    if before.title != after.title:
        yield Difference(after.title, _("Title"), before.title, after.title)
    if before.weight != after.weight:
        yield Difference(after.title, _("Weight"), saying.number(before.weight), saying.number(after.weight))


def _of_questions(old: Form, before: Question, new: Form, after: Question) -> Iterator[Difference]:
    for aspect in fields(Question):
        was, now = getattr(before, aspect.name), getattr(after, aspect.name)
        if was != now:
            yield Difference(
                after.wording,
                str(ASPECTS[aspect.name]),
                _told(old, before, aspect.name),
                _told(new, after, aspect.name),
            )


def _told(form: Form, question: Question, aspect: str) -> str:
    value = getattr(question, aspect)
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return saying.number(value)
    if aspect == "kind":
        return str(saying.KINDS[question.kind])
    if isinstance(value, Critical):
        return str(saying.CRITICALS[value])
    if isinstance(value, Fatal):
        return str(saying.FATALS[value])
    if aspect == "options":
        return "; ".join(_option(one) for one in question.options) or "–"
    if aspect == "condition" and question.condition is not None:
        return saying.condition_words(form, question.condition)
    return str(value)


def _option(option: Option) -> str:
    said = _("%(label)s (%(share)s, a miss)") if option.miss else _("%(label)s (%(share)s)")
    told = said % {"label": option.label, "share": saying.share(option.share)}
    return f"{told}: {option.anchor}" if option.anchor else told
