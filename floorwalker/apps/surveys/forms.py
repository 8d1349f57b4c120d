"""What may be typed into the forms of surveys: a customer's answers, a survey's questions, a plan, a list of contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Queue
from floorwalker.apps.surveys.bank import ITEMS
from floorwalker.apps.surveys.models import Plan, Question, QuestionKind, Survey
from floorwalker.apps.surveys.models.answers import LONGEST_TEXT
from floorwalker.apps.surveys.models.plans import LONGEST_OPEN_DAYS, LONGEST_REST_DAYS
from floorwalker.apps.surveys.planning import Rule
from floorwalker.facts.tables import Channel
from floorwalker.ui import words
from floorwalker.ui.several import SeveralField


class Answers(forms.Form):
    """A customer's answers; every question may be left open, but not all of them. No answer is chosen beforehand."""

    def __init__(self, questions: Sequence[Question], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.questions = questions
        for question in questions:
            self.fields[_name(question)] = _field(question)

    @property
    def given(self) -> dict[Question, int | str | None]:
        """By question what was answered."""
        return {question: self.cleaned_data.get(_name(question)) for question in self.questions}

    @property
    def rows(self) -> list[tuple[Question, forms.BoundField]]:
        """Each question with its field."""
        return [(question, self[_name(question)]) for question in self.questions]

    def clean(self) -> dict[str, Any]:
        """At least one answer."""
        found = super().clean() or {}
        if not self.errors and not any(value not in (None, "") for value in found.values()):
            raise forms.ValidationError(_("Answer at least one question."))
        return found


def answers_so_far(answers: Mapping[int, int | str | None]) -> dict[str, Any]:
    """By the name of its field what was answered before, by the number of the question."""
    return {f"q{question}": value for question, value in answers.items()}


def _name(question: Question) -> str:
    return f"q{question.pk}"


def _field(question: Question) -> forms.Field:
    if not question.is_scored:
        area = forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT})
        return forms.CharField(
            label=question.told.get("asked", ""), required=False, max_length=LONGEST_TEXT, widget=area
        )
    return forms.TypedChoiceField(
        label=question.told.get("asked", ""),
        choices=points(question),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )


def points(question: Question) -> list[tuple[int, str]]:
    """Each point of the scale with what it means; numbers stand alone where only the ends have words."""
    least, most = question.scale
    labels, values = question.told.get("labels", []), list(range(least, most + 1))
    return list(zip(values, labels if len(labels) == len(values) else map(str, values), strict=True))


class Questions(forms.Form):
    """Which questions of the bank a survey asks."""

    items = forms.MultipleChoiceField(label=_("Questions"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        kinds = dict(QuestionKind.choices)
        choices = [(item.code, f"{item.asked} ({kinds[item.kind]})") for item in ITEMS]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]


class NewSurvey(Questions):
    """The same, with the name of a new survey."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For the centre alone; customers do not see it.")
    )
    field_order = ("name", "items")


class PlanForm(forms.Form):
    """Whom a plan asks, how many, and when not."""

    asked_by = forms.CharField(
        label=_("Who asks"), max_length=120, help_text=_("The name by which customers know you; it stands in the mail.")
    )
    percent = forms.FloatField(
        label=_("Of a hundred contacts, ask after"),
        min_value=0.1,
        max_value=100,
        initial=25,
        help_text=_("Drawn by chance from all that fit; 100 asks after every one."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None marked: all of them."),
    )
    queues = SeveralField(
        label=_("Queues"),
        queryset=Queue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None marked: all of them."),
    )
    rest_days = forms.IntegerField(
        label=_("Days in which nobody is asked twice"), min_value=0, max_value=LONGEST_REST_DAYS, initial=30
    )
    wait_minutes = forms.IntegerField(
        label=_("Minutes after the contact"), min_value=0, max_value=7 * 24 * 60, initial=30
    )
    quiet_from = forms.IntegerField(
        label=_("Nothing is sent from, hour of the day"), min_value=0, max_value=23, initial=20
    )
    quiet_to = forms.IntegerField(
        label=_("until, hour of the day"),
        min_value=0,
        max_value=23,
        initial=8,
        help_text=_("In the site's own time. The same hour twice: at any time."),
    )
    open_days = forms.IntegerField(
        label=_("Days in which it can be answered"), min_value=1, max_value=LONGEST_OPEN_DAYS, initial=7
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        channels = [(str(channel), words.channel_names()[str(channel)]) for channel in Channel]
        self.fields["channels"].choices = channels  # type: ignore[attr-defined]
        self.fields["queues"].queryset = Queue.objects.order_by("name")  # type: ignore[attr-defined]

    @property
    def rule(self) -> Rule:
        """What was typed, as actions take it."""
        said = self.cleaned_data
        return Rule(
            asked_by=said["asked_by"],
            share=said["percent"] / 100,
            channels=tuple(said["channels"]),
            rest_days=said["rest_days"],
            quiet_from=said["quiet_from"],
            quiet_to=said["quiet_to"],
            wait_minutes=said["wait_minutes"],
            open_days=said["open_days"],
        )


class NewPlan(PlanForm):
    """The same, with the name of a new plan and its survey."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For the centre alone."))
    survey = forms.ModelChoiceField(label=_("Survey"), queryset=Survey.objects.all())
    field_order = ("name", "survey")


def rule_of(plan: Plan) -> dict[str, Any]:
    """A plan as its form shows it."""
    names = ("asked_by", "channels", "rest_days", "wait_minutes", "quiet_from", "quiet_to", "open_days")
    told = {name: getattr(plan, name) for name in names}
    return told | {"percent": f"{100 * plan.share:g}", "queues": list(plan.chosen_queues)}


class Contacts(forms.Form):
    """A list of contacts after which customers may be asked."""

    system = forms.ChoiceField(
        label=_("From which system"),
        help_text=_("Where the ids of the contacts come from: the source that loads them."),
    )
    file = forms.FileField(
        label=_("CSV file"), help_text=_("With a heading: contact, e-mail, and language where you know it.")
    )

    def __init__(self, systems: Sequence[tuple[str, str]], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._systems = systems
        choices = [(str(number), f"{source}, {origin}") for number, (source, origin) in enumerate(systems)]
        self.fields["system"].choices = choices  # type: ignore[attr-defined]

    @property
    def system_chosen(self) -> tuple[str, str]:
        """Source and origin."""
        return self._systems[int(self.cleaned_data["system"])]
