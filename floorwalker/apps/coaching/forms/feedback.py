"""What is asked of whoever gives feedback, and of whoever decides what becomes of a matter?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.deciding import Decided, places_for
from floorwalker.apps.coaching.giving import Said, marks_of
from floorwalker.apps.coaching.models import Decision, Leaning, Matter
from floorwalker.apps.coaching.models.evidence import LONGEST_NOTE
from floorwalker.apps.coaching.models.feedback import LONGEST_PART
from floorwalker.apps.evaluations.models import Evaluation
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.recordings.models import Mark
from floorwalker.apps.standards.forms.aims import measures_to_choose
from floorwalker.apps.standards.models import Process, StandardVersion
from floorwalker.ui import words
from floorwalker.ui.days import DayField

MOST_TO_CHOOSE = 30
FEW_LINES = {"rows": 3}


def subjects() -> list[tuple[Any, Any]]:
    """What feedback can be about: the standards that count now, and the measures by which people can be held."""
    standards = StandardVersion.objects.current().order_by("title")
    return [
        ("", _("choose")),
        (_("Standards"), [(f"standard:{one.standard_id}", one.title) for one in standards]),
        (_("Measures"), [(f"measure:{code}", name) for code, name in measures_to_choose(of_people=True)]),
    ]


class EvaluationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An evaluation, named by its form and the day of its contact."""

    def label_from_instance(self, obj: Evaluation) -> str:
        """As it is listed."""
        return f"{obj.version.form}, {words.day(obj.contact_at.date())}"


class MarkField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A mark, named by its note or where it begins, and the day on which it was made."""

    def label_from_instance(self, obj: Mark) -> str:
        """As it is listed."""
        return f"{obj.note or words.duration(obj.from_seconds)}, {words.day(obj.made_at.date())}"


class GiveForm(forms.Form):
    """What was done, on what it rests, what it led to, what to try: in this order it can be used."""

    leaning = forms.ChoiceField(
        label=_("Which way does it point?"),
        choices=[(one.value, one.label) for one in Leaning],
        help_text=_("What went well counts as much as what did not, and is said less often."),
    )
    about = forms.ChoiceField(label=_("Which standard or measure is it about?"))
    behaviour = forms.CharField(
        label=_("What was done?"),
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs=FEW_LINES),
        help_text=_(
            "What could be seen or heard, not what somebody is like. Rather “you read the refund rule out before the "
            "customer had finished” than “you are impatient”."
        ),
    )
    seen = forms.CharField(
        label=_("What did you see or hear, and when?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs=FEW_LINES),
        help_text=_("The evidence. An evaluation or a mark does as well; without any of them it cannot be given."),
    )
    evaluation = EvaluationField(
        label=_("An evaluation that shows it"),
        queryset=Evaluation.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    mark = MarkField(
        label=_("A mark of yours in a recording that shows it"),
        queryset=Mark.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    effect = forms.CharField(
        label=_("What did it lead to?"),
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs=FEW_LINES),
        help_text=_("For the customer, for colleagues, or for what comes after the contact."),
    )
    next_step = forms.CharField(
        label=_("What is to be tried next?"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs=FEW_LINES),
        help_text=_("One thing, small enough for the next contact. Needed where something else is to be tried."),
    )
    private = forms.BooleanField(
        label=_("A note of my own"),
        required=False,
        help_text=_(
            "It is not shown to whom it is about. It is disclosable all the same: whoever asks for all that is kept of "
            "her or him is given it, word for word."
        ),
    )

    def __init__(self, *args: Any, agent: Agent, user: User, at: datetime, coaches: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about, evaluation, mark = self.fields["about"], self.fields["evaluation"], self.fields["mark"]
        assert isinstance(about, forms.ChoiceField)
        assert isinstance(evaluation, forms.ModelChoiceField) and isinstance(mark, forms.ModelChoiceField)
        about.choices = subjects()
        released = Evaluation.objects.visible_to(user, at.date()).filter(
            agent__in=agent.numbers_of_person(), released_at__isnull=False
        )
        latest = released.order_by("-released_at").values_list("pk", flat=True)[:MOST_TO_CHOOSE]
        evaluation.queryset = Evaluation.objects.filter(pk__in=list(latest)).select_related("version__form")
        own = list(marks_of(agent, user, at).values_list("pk", flat=True)[:MOST_TO_CHOOSE])
        mark.queryset = Mark.objects.filter(pk__in=own).select_related("recording")
        for name, found in (("evaluation", evaluation.queryset), ("mark", mark.queryset)):
            if not found:
                del self.fields[name]
        if not coaches:
            del self.fields["private"]

    @property
    def said(self) -> Said:
        """As the action takes it."""
        given = self.cleaned_data
        return Said(
            leaning=Leaning(given["leaning"]),
            about=given["about"],
            behaviour=given["behaviour"],
            effect=given["effect"],
            next_step=given["next_step"],
            seen=given["seen"],
            evaluation=given.get("evaluation"),
            mark=given.get("mark"),
            private=bool(given.get("private")),
        )


class DecideForm(forms.Form):
    """What becomes of a matter, why, and until when or where it goes."""

    decision = forms.ChoiceField(label=_("What becomes of it?"))
    because = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs=FEW_LINES),
        help_text=_("It stays to be read. Where the matter goes to somebody else, it is read there without your name."),
    )
    watch_until = DayField(label=_("Watched until"), required=False, help_text=_("Where it is watched."))
    to = forms.ChoiceField(
        label=_("Whose is it?"), required=False, help_text=_("Where it is not yours: the team's, or a process's.")
    )

    def __init__(self, *args: Any, matter: Matter, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision, to = self.fields["decision"], self.fields["to"]
        assert isinstance(decision, forms.ChoiceField) and isinstance(to, forms.ChoiceField)
        self._places = _by_code(*places_for(matter, at.date()))
        known = [one for one in Decision if one != Decision.NOT_MINE or self._places]
        decision.choices = [(one.value, one.label) for one in known]
        to.choices = [("", _("none")), *((code, str(place)) for code, place in self._places.items())]
        if not self._places:
            del self.fields["to"]

    @property
    def decided(self) -> Decided:
        """As the action takes it; what belongs to another decision is left out."""
        given = self.cleaned_data
        decision = Decision(given["decision"])
        return Decided(
            decision,
            given["because"],
            given["watch_until"] if decision == Decision.WATCH else None,
            self._places.get(given.get("to") or "") if decision == Decision.NOT_MINE else None,
            self.data.get("seen", ""),
        )


def _by_code(teams: Sequence[Team], processes: Sequence[Process]) -> dict[str, Team | Process]:
    """Teams and processes by what stands in the form for them."""
    of_teams: dict[str, Team | Process] = {f"team:{one.pk}": one for one in teams}
    return of_teams | {f"process:{one.pk}": one for one in processes}


class AnswerForm(forms.Form):
    """What the receiver says to it."""

    words = forms.CharField(
        label=_("Your answer"), max_length=LONGEST_PART, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )
