"""How is a form written as a file, and one that was written elsewhere brought in? The same shape in files and in the API.

Codes may be left out of what is written by hand: they are given in order then. A question that keeps its code is followed
through all versions of its form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import yaml
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import ValidationError

from floorwalker.apps.evaluations.models import FormVersion
from floorwalker.apps.evaluations.models.forms import LONGEST_NAME, LONGEST_PURPOSE, RESPOND_DAYS
from floorwalker.errors import Refused
from floorwalker.insight.questionnaire import (
    MOST_OPTIONS,
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
from floorwalker.insight.written_form import write_form

MOST_BYTES = 500_000
LONGEST_WORDING, LONGEST_GUIDANCE, LONGEST_LABEL, LONGEST_CODE = 300, 2000, 80, 20
# As JSON writes the zero byte, which no database keeps as text.
ZERO = "\\u0000"
ENDINGS = {"json": "application/json", "yaml": "application/yaml"}
CODE = r"^[A-Za-z0-9_-]*$"
Code = Annotated[str, Field(max_length=LONGEST_CODE, pattern=CODE, description="left out: it is given in order")]
Weight = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Bound = Annotated[float, Field(allow_inf_nan=False)]


class OptionWritten(Schema):
    """One answer to choose, of a scale or a choice."""

    code: str = Field("", pattern="^[1-5]?$", description="1 to 5, by which it is answered; left out: by its place")
    label: str = Field(min_length=1, max_length=LONGEST_LABEL)
    share: float = Field(ge=0, le=1, description="of the question's points, how much it earns: 0 to 1")
    miss: bool = Field(description="whether it is a miss, which wants a comment and a root cause")
    anchor: str = Field("", max_length=LONGEST_WORDING, description="what it looks like")


class ConditionWritten(Schema):
    """The question is asked only where an earlier one has one of these answers."""

    question: str = Field(min_length=1, max_length=LONGEST_CODE, description="the code of the earlier question")
    options: list[str] = Field(
        min_length=1, max_length=MOST_OPTIONS, description="codes of its answers; yes and no too"
    )


class QuestionWritten(Schema):
    """One thing to look for."""

    code: Code = ""
    wording: str = Field(min_length=1, max_length=LONGEST_WORDING)
    kind: QuestionKind
    points: Weight = Field(1.0, description="what it counts; 0: it is only noted")
    options: list[OptionWritten] = Field(
        default_factory=list, max_length=MOST_OPTIONS, description="of a scale or a choice, two to five"
    )
    least: Bound | None = Field(None, description="of a number: the band in which it is met")
    most: Bound | None = None
    may_not_apply: bool = True
    critical: Critical | None = Field(None, description="whom a miss hurts so much that it is counted by itself")
    fatal: Fatal | None = Field(None, description="what a miss does to the score beyond its own points")
    condition: ConditionWritten | None = None
    guidance: str = Field("", max_length=LONGEST_GUIDANCE, description="what counts, and what does not")


class SectionWritten(Schema):
    """A part of the form."""

    code: Code = ""
    title: str = Field(min_length=1, max_length=LONGEST_NAME)
    weight: Weight = 1.0
    questions: list[QuestionWritten] = Field(default_factory=list)


class Asks(Schema):
    """What a form asks, and by which rule it is marked."""

    rule: Rule
    sections: list[SectionWritten]

    @classmethod
    def of(cls, form: Form) -> Asks:
        """What a version asks."""
        return cls.model_validate(write_form(form))

    def form(self) -> Form:
        """The same as it is marked, with codes where none were given."""
        taken = {section.code for section in self.sections}
        taken |= {question.code for section in self.sections for question in section.questions}
        new = {letter: _unused(letter, taken) for letter in ("s", "q")}
        return Form(
            self.rule,
            tuple(
                Section(
                    section.code or next(new["s"]),
                    section.title,
                    tuple(_question(one, one.code or next(new["q"])) for one in section.questions),
                    section.weight,
                )
                for section in self.sections
            ),
        )


class FormWritten(Asks):
    """A whole form as a file holds it."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    purpose: str = Field("", max_length=LONGEST_PURPOSE)
    respond_days: int = Field(RESPOND_DAYS, ge=1, le=90, description="how many days the agent has to answer")


def write_file(version: FormVersion, ending: str) -> str:
    """A version of a form as JSON or YAML."""
    form = version.form
    told = {"name": form.name, "purpose": form.purpose, "respond_days": form.respond_days}
    whole = told | Asks.of(version.asks).model_dump(mode="json")
    if ending == "yaml":
        return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=120)
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def read_file(content: bytes) -> FormWritten:
    """The form that a file holds, JSON or YAML; Refused with the place where it does not."""
    if len(content) > MOST_BYTES:
        raise Refused(_("this file is too large"), found=f"{len(content):,}", expected=f"≤ {MOST_BYTES:,}")
    plain = _plain(content)
    if not isinstance(plain, dict):
        raise Refused(
            _("this file is no form"),
            found=str(plain)[:60],
            mend=_("download a form that there is, and change that"),
        )
    try:
        found = FormWritten.model_validate(plain)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise Refused(
            _("this file is no form"),
            where=".".join(str(part) for part in first["loc"]),
            found=str(first["input"])[:60],
            expected=_expected(first),
            mend=_("download a form that there is, and change that"),
        ) from error
    if ZERO in found.model_dump_json():
        raise Refused(_("this file is no form"), found=ZERO, expected=_("a text"))
    return found


def _plain(content: bytes) -> Any:
    try:
        # YAML reads JSON too; what refers to itself could be blown up to any size.
        return yaml.load(content.decode("utf-8-sig"), Loader=_Plain)  # noqa: S506 - derives from the safe loader
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        raise Refused(
            _("this file is neither JSON nor YAML"),
            where="" if line is None else _("line %(n)d") % {"n": line + 1},
            found=str(getattr(error, "problem", None) or type(error).__name__)[:80],
            mend=_("download a form that there is, and change that"),
        ) from error


def _expected(error: Mapping[str, Any]) -> str:
    """What ought to stand there, in the reader's language where it is more than a list of codes."""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return _("it is missing")
        case "enum" | "literal_error":
            return ", ".join(re.findall(r"'([^']*)'", str(context["expected"])))
        case "string_too_long":
            return _("%(most)s characters at most") % {"most": context["max_length"]}
        case "string_too_short" | "string_type":
            return _("a text")
        case "less_than_equal":
            return f"≤ {context['le']}"
        case "greater_than_equal":
            return f"≥ {context['ge']}"
    return str(error["msg"])


class _Plain(yaml.SafeLoader):
    """YAML without references."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "a reference", event.start_mark)
        return super().compose_node(parent, index)


# An answer may be called No, and a section 2026-11-01: only true and false are anything else than words.
_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag.rpartition(":")[2] not in ("bool", "timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)$"), ["t", "f"])


def _unused(letter: str, taken: set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if f"{letter}{number}" not in taken:
            yield f"{letter}{number}"


def _question(one: QuestionWritten, code: str) -> Question:
    return Question(
        code=code,
        options=tuple(
            Option(option.code or str(place), option.label, option.share, option.miss, option.anchor)
            for place, option in enumerate(one.options, start=1)
        ),
        condition=None if one.condition is None else Condition(one.condition.question, tuple(one.condition.options)),
        **{name: getattr(one, name) for name in _SAME},
    )


_SAME = ("wording", "kind", "points", "least", "most", "may_not_apply", "critical", "fatal", "guidance")
