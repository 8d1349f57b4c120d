"""How is an evaluation form kept as plain data, and read back as what it was?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from floorwalker.insight.questionnaire import (
    Condition,
    Critical,
    Fatal,
    Form,
    Option,
    Question,
    QuestionKind,
    Rule,
    Section,
)


def write_form(form: Form) -> dict[str, Any]:
    """The form as what JSON can hold; `read_form` gives the same form back."""
    return asdict(form)


def read_form(plain: Mapping[str, Any]) -> Form:
    """The form that was written; what a later program adds has its default in what an earlier one wrote."""
    return Form(Rule(plain["rule"]), tuple(_section(one) for one in plain["sections"]))


def _section(plain: Mapping[str, Any]) -> Section:
    questions = tuple(_question(one) for one in plain["questions"])
    return Section(plain["code"], plain["title"], questions, plain["weight"])


def _question(plain: Mapping[str, Any]) -> Question:
    given = dict(plain)
    given["kind"] = QuestionKind(plain["kind"])
    given["options"] = tuple(Option(**one) for one in plain["options"])
    given["critical"] = Critical(plain["critical"]) if plain["critical"] else None
    given["fatal"] = Fatal(plain["fatal"]) if plain["fatal"] else None
    condition = plain["condition"]
    given["condition"] = Condition(condition["question"], tuple(condition["options"])) if condition else None
    return Question(**given)
