"""Which forms are there to build evaluation forms, and to answer what was found?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.checking import Checked
from floorwalker.apps.evaluations.models.forms import LONGEST_NAME, LONGEST_NOTE, LONGEST_PURPOSE, RESPOND_DAYS
from floorwalker.insight.questionnaire import (
    MOST_OPTIONS,
    Condition,
    Critical,
    Fatal,
    Form,
    Option,
    Question,
    QuestionKind,
    Section,
)

LONGEST_WORDING, LONGEST_GUIDANCE, LONGEST_LABEL = 300, 2000, 80
NOTHING: list[tuple[str, Any]] = [("", "–")]


class FormForm(forms.Form):
    """A form's name, what it is for, and how long an agent may answer."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    purpose = forms.CharField(
        label=_("What is it for?"), max_length=LONGEST_PURPOSE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    respond_days = forms.IntegerField(
        label=_("Days in which the agent may acknowledge or appeal"), min_value=1, max_value=90, initial=RESPOND_DAYS
    )


class BringInForm(forms.Form):
    """A form that was written elsewhere."""

    file = forms.FileField(label=_("JSON or YAML file"))
    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, required=False, help_text=_("Empty: the one in the file.")
    )


class RuleForm(forms.Form):
    """By which rule a form is marked."""

    rule = forms.ChoiceField(
        label=_("Scoring rule"), choices=[(str(rule), words) for rule, words in saying.RULES.items()]
    )


class SectionForm(forms.Form):
    """A section's title and weight."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_NAME)
    weight = forms.FloatField(label=_("Weight"), min_value=0, max_value=1000, initial=1)

    def section(self, code: str) -> Section:
        """The section that was described."""
        return Section(code, self.cleaned_data["title"], (), self.cleaned_data["weight"])


class PublishForm(forms.Form):
    """What changed with a version."""

    note = forms.CharField(
        label=_("What changed, and why?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who is marked by this form can read this."),
    )


class QuestionForm(forms.Form):
    """One question, with up to five answers where it is a scale or a choice."""

    wording = forms.CharField(label=_("Question"), max_length=LONGEST_WORDING)
    kind = forms.ChoiceField(
        label=_("Answered by"), choices=[(str(kind), words) for kind, words in saying.KINDS.items()]
    )
    points = forms.FloatField(
        label=_("Points"), min_value=0, max_value=1000, initial=1, help_text=_("0: it is only noted.")
    )
    guidance = forms.CharField(
        label=_("Guidance"),
        max_length=LONGEST_GUIDANCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What counts, and what does not: it stands beside the question."),
    )
    may_not_apply = forms.BooleanField(label=_("It may be marked “does not apply”"), required=False, initial=True)
    critical = forms.ChoiceField(
        label=_("A miss is"),
        choices=[*NOTHING, *((str(kind), words) for kind, words in saying.CRITICALS.items())],
        required=False,
    )
    fatal = forms.ChoiceField(
        label=_("A miss does"),
        choices=[*NOTHING, *((str(kind), words) for kind, words in saying.FATALS.items())],
        required=False,
    )
    least = forms.FloatField(label=_("Number: at least"), required=False)
    most = forms.FloatField(label=_("Number: at most"), required=False)

    def __init__(
        self,
        given: Any,
        *,
        form: Form,
        question: Question | None = None,
        standards: Sequence[Checked] = (),
        checks: int | None = None,
    ) -> None:
        super().__init__(given, initial=None if question is None else _told(question) | {"standard": checks})
        if standards:
            self.fields["standard"] = forms.ChoiceField(
                label=_("It checks the standard"),
                choices=[*NOTHING, *((str(one.standard_id), one.title) for one in standards)],
                required=False,
            )
        conditions = list(_conditions(form, question))
        if conditions:
            self.fields["condition"] = forms.MultipleChoiceField(
                label=_("Asked only where"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=conditions,
            )
        for number in range(1, MOST_OPTIONS + 1):
            name = {"n": number}
            self.fields[f"label_{number}"] = forms.CharField(
                label=_now("Answer %(n)d") % name, max_length=LONGEST_LABEL, required=False
            )
            self.fields[f"anchor_{number}"] = forms.CharField(
                label=_now("What answer %(n)d looks like") % name, max_length=LONGEST_WORDING, required=False
            )
            self.fields[f"share_{number}"] = forms.FloatField(
                label=_now("Per cent of the points for answer %(n)d") % name,
                min_value=0,
                max_value=100,
                required=False,
                initial=100 * (number - 1) // (MOST_OPTIONS - 1),
            )
            self.fields[f"miss_{number}"] = forms.BooleanField(
                label=_now("Answer %(n)d is a miss") % name, required=False, initial=2 * number <= MOST_OPTIONS
            )

    @property
    def option_rows(self) -> list[dict[str, forms.BoundField]]:
        """The fields of each answer, as the page lays them in rows."""
        return [
            {part: self[f"{part}_{number}"] for part in ("label", "anchor", "share", "miss")}
            for number in range(1, MOST_OPTIONS + 1)
        ]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The other fields, in their order."""
        return [
            self[name] for name in self.fields if name.rpartition("_")[0] not in ("label", "anchor", "share", "miss")
        ]

    def clean(self) -> dict[str, Any] | None:
        """A scale or a choice has answers, and a condition asks for answers of one question."""
        found = super().clean() or {}
        if found.get("kind") in (QuestionKind.SCALE, QuestionKind.CHOICE):
            given = [number for number in range(1, MOST_OPTIONS + 1) if found.get(f"label_{number}")]
            if len(given) < 2:
                self.add_error("label_1", _("A scale or a choice needs two answers at least."))
            for number in given:
                if found.get(f"share_{number}") is None and f"share_{number}" not in self.errors:
                    self.add_error(f"share_{number}", _("Say how much of the points this answer earns."))
        if len({text.partition(":")[0] for text in found.get("condition", ())}) > 1:
            self.add_error("condition", _("Choose answers of one question."))
        least, most = found.get("least"), found.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("The least lies above the most."))
        return found

    @property
    def standard_id(self) -> int | None:
        """The standard that was chosen."""
        chosen = self.cleaned_data.get("standard")
        return int(chosen) if chosen else None

    def question(self, code: str) -> Question:
        """The question that was described."""
        found = self.cleaned_data
        kind = QuestionKind(found["kind"])
        chosen = [text.partition(":") for text in found.get("condition", ())]
        return Question(
            code=code,
            wording=found["wording"],
            kind=kind,
            points=found["points"],
            options=tuple(_options(found)) if kind in (QuestionKind.SCALE, QuestionKind.CHOICE) else (),
            least=found["least"] if kind is QuestionKind.NUMBER else None,
            most=found["most"] if kind is QuestionKind.NUMBER else None,
            may_not_apply=found["may_not_apply"],
            critical=Critical(found["critical"]) if found["critical"] else None,
            fatal=Fatal(found["fatal"]) if found["fatal"] else None,
            condition=Condition(chosen[0][0], tuple(option for _code, _colon, option in chosen)) if chosen else None,
            guidance=found["guidance"],
        )


def _options(found: Mapping[str, Any]) -> Iterator[Option]:
    """The answers that were given a name; each keeps the number of its row, by which it is answered."""
    for number in range(1, MOST_OPTIONS + 1):
        label = found[f"label_{number}"]
        if label:
            share = found[f"share_{number}"] / 100
            yield Option(str(number), label, share, found[f"miss_{number}"], found[f"anchor_{number}"])


def _told(question: Question) -> dict[str, Any]:
    """A question as the fields show it."""
    told: dict[str, Any] = {
        name: getattr(question, name)
        for name in ("wording", "kind", "points", "guidance", "may_not_apply", "critical", "fatal", "least", "most")
    }
    if question.condition is not None:
        told["condition"] = [f"{question.condition.question}:{option}" for option in question.condition.options]
    for option in question.options:
        told |= {f"label_{option.code}": option.label, f"anchor_{option.code}": option.anchor}
        told |= {f"share_{option.code}": saying.number(100 * option.share), f"miss_{option.code}": option.miss}
    return told


def _conditions(form: Form, question: Question | None) -> Iterator[tuple[str, str]]:
    """Every answer of every question before this one."""
    for asked in form.questions:
        if question is not None and asked.code == question.code:
            return
        for option in asked.choices:
            yield f"{asked.code}:{option.code}", f"{asked.wording}: {saying.option_words(option)}"
