"""What is a form after one change while it is built? Each function takes a form and gives the changed one.

Codes are given by whoever keeps the form, and never twice. A question that moves keeps its code; where a condition would
then ask for what comes later, that is a fault of the form (`find_faults`) and no reason to refuse the move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from floorwalker.insight.questionnaire import Form, Question, Rule, Section

T = TypeVar("T", Section, Question)


def with_rule(form: Form, rule: Rule) -> Form:
    """Marked by another rule."""
    return replace(form, rule=rule)


def with_section(form: Form, section: Section) -> Form:
    """With a section changed, or added at the end; its questions stay."""
    if any(one.code == section.code for one in form.sections):
        return _each(form, lambda one: replace(section, questions=one.questions) if one.code == section.code else one)
    return replace(form, sections=(*form.sections, section))


def with_question(form: Form, question: Question, *, section: str) -> Form:
    """With a question changed where it stands, or added at the end of a section."""
    if form.question(question.code) is not None:
        return _questions(form, lambda all_: [question if one.code == question.code else one for one in all_])
    return _each(
        form,
        lambda one: replace(one, questions=(*one.questions, question)) if one.code == section else one,
    )


def with_guidance(form: Form, code: str, guidance: str) -> Form:
    """With another guidance for one question."""
    return _questions(form, lambda all_: [replace(one, guidance=guidance) if one.code == code else one for one in all_])


def without(form: Form, code: str) -> Form:
    """Without a section and all it asks, or without a question."""
    form = replace(form, sections=tuple(one for one in form.sections if one.code != code))
    return _questions(form, lambda all_: [one for one in all_ if one.code != code])


def moved(form: Form, code: str, by: int) -> Form:
    """With a section, or a question within its section, one place further up (-1) or down (1)."""
    form = replace(form, sections=tuple(_moved(form.sections, code, by)))
    return _questions(form, lambda all_: _moved(all_, code, by))


def _moved(parts: Sequence[T], code: str, by: int) -> list[T]:
    found = list(parts)
    at = next((number for number, one in enumerate(found) if one.code == code), None)
    if at is not None and 0 <= at + by < len(found):
        found[at], found[at + by] = found[at + by], found[at]
    return found


def _each(form: Form, change: Callable[[Section], Section]) -> Form:
    return replace(form, sections=tuple(change(one) for one in form.sections))


def _questions(form: Form, change: Callable[[Sequence[Question]], Sequence[Question]]) -> Form:
    return _each(form, lambda one: replace(one, questions=tuple(change(one.questions))))
