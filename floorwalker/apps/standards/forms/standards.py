"""What is asked about a standard: its words, what was said about it, and whether it was read and understood?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Team
from floorwalker.apps.standards.access import Reach, code_of
from floorwalker.apps.standards.drafting import At, Said, mark_of
from floorwalker.apps.standards.forms.aims import measures_to_choose, owner_field
from floorwalker.apps.standards.models import Aim, CheckQuestion, Outcome, RemarkKind, StandardVersion
from floorwalker.apps.standards.models.publishing import LONGEST_OPTION, MOST_OPTIONS
from floorwalker.apps.standards.models.service_standards import LONGEST_BASIS, LONGEST_TEXT, LONGEST_TITLE
from floorwalker.apps.standards.publishing import LEAST_REFRESHER_DAYS, MOST_REFRESHER_DAYS, Asked
from floorwalker.apps.standards.saying import places_said
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui.days import DayField
from floorwalker.ui.several import SeveralField


def _text(rows: int, **given: Any) -> forms.CharField:
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **given)


class StandardForm(forms.Form):
    """All that a version says; shares are typed in per cent, durations in seconds."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    wording = _text(4, label=_("What is expected?"), help_text=_("As it is to be read on the floor."))
    why = _text(3, label=_("Why?"))
    place = forms.ChoiceField(label=_("For whom?"))
    concerns = SeveralField(
        label=_("Only these teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of a queue or a channel: the teams that serve it. None chosen: everybody of the place."),
    )
    aim = forms.ModelChoiceField(
        label=_("Which aim does it serve?"), queryset=Aim.objects.none(), required=False, empty_label=_("none")
    )
    owner = owner_field(_("Who answers for it?"))
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    value = forms.FloatField(
        label=_("At least, or at most"),
        required=False,
        min_value=0,
        help_text=_("Which of the two, the measure says. Shares in per cent, durations in seconds."),
    )
    low = forms.FloatField(label=_("Band: not below"), required=False, min_value=0)
    high = forms.FloatField(label=_("Band: not above"), required=False, min_value=0)
    behaviour = _text(
        3,
        label=_("Behaviour"),
        required=False,
        help_text=_("What somebody who listens can hear or see done; beside a measure or instead of one."),
    )
    from_day = DayField(label=_("Counts from"))
    review_on = DayField(label=_("Looked at again on"))
    refresher_days = forms.IntegerField(
        label=_("Read again after so many days"),
        required=False,
        min_value=LEAST_REFRESHER_DAYS,
        max_value=MOST_REFRESHER_DAYS,
        help_text=_("Left empty: it is read once."),
    )
    client = forms.CharField(
        label=_("Client"), max_length=LONGEST_TITLE, required=False, help_text=_("With whom a service level is agreed.")
    )
    basis = forms.CharField(
        label=_("Law or contract"), max_length=LONGEST_BASIS, required=False, help_text=_("By which it is required.")
    )
    changed_because = _text(2, label=_("Why does this version differ from the one before?"), required=False)
    because = _text(
        2,
        label=_("Why is the draft changed?"),
        required=False,
        help_text=_("Whoever was asked reads this beside what stood there before."),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, reach: Reach, version: StandardVersion | None = None, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reach, self.version = reach, version
        place, measure, aim, concerns = (self.fields[name] for name in ("place", "measure", "aim", "concerns"))
        assert isinstance(place, forms.ChoiceField) and isinstance(measure, forms.ChoiceField)
        assert isinstance(aim, forms.ModelChoiceField) and isinstance(concerns, SeveralField)
        place.choices = places_said(reach)
        if version is not None and code_of(version.place) not in reach.by_code:
            # Its owner words it; where it is for stays with those who set targets.
            del self.fields["place"]
        measure.choices = [("", _("none: it is about behaviour")), *measures_to_choose()]
        aim.queryset = Aim.objects.not_over(on).with_places()
        concerns.queryset = Team.objects.all()
        if version is None or version.number == 1:
            del self.fields["changed_because"]
        if version is None or not version.is_consulting:
            del self.fields["because"]

    def clean(self) -> dict[str, Any] | None:
        """A measure with what it is held against, or a behaviour; shares up to 100 per cent."""
        found = super().clean() or {}
        bounds = {name: found.get(name) for name in ("value", "low", "high")}
        given = [name for name, bound in bounds.items() if bound is not None]
        kpi = catalogue().get(found.get("measure") or "")
        if kpi is None:
            if given:
                self.add_error("measure", _("Name the measure that is held against this."))
            elif not found.get("behaviour"):
                self.add_error("measure", _("Name a measure, or say below what can be heard or seen done."))
        elif not given:
            self.add_error("value", _("Give a value, or both ends of a band."))
        elif kpi.unit == "share":
            for name in given:
                if (bounds[name] or 0) > 100:
                    self.add_error(name, _("A share is 100 per cent at most."))
        first, review = found.get("from_day"), found.get("review_on")
        if first and review and review <= first:
            self.add_error("review_on", _("It is looked at again after it begins."))
        return found

    def _some(self, names: str) -> list[forms.BoundField]:
        return [self[name] for name in names.split() if name in self.fields]

    @property
    def of_what(self) -> list[forms.BoundField]:
        """The fields about its words."""
        return self._some("title wording why changed_because because")

    @property
    def of_how(self) -> list[forms.BoundField]:
        """The fields about its measure and its behaviour."""
        return self._some("measure value low high behaviour")

    @property
    def of_whom(self) -> list[forms.BoundField]:
        """The fields about its place, its aim and its owner."""
        return self._some("place concerns aim owner")

    @property
    def of_when(self) -> list[forms.BoundField]:
        """The fields about its days, its client and its basis."""
        return self._some("from_day review_on refresher_days client basis")

    @property
    def said(self) -> Said:
        """As the actions take it: bounds in the measure's own unit."""
        given = self.cleaned_data
        kpi = catalogue().get(given["measure"])
        scale = 100 if kpi is not None and kpi.unit == "share" else 1
        bounds: dict[str, Any] = {
            name: None if kpi is None or given[name] is None else given[name] / scale
            for name in ("value", "low", "high")
        }
        plain: dict[str, Any] = {
            name: given.get(name, "")
            for name in ("title", "wording", "why", "behaviour", "measure", "client", "basis", "changed_because")
        }
        days: dict[str, Any] = {name: given[name] for name in ("from_day", "review_on", "refresher_days")}
        return Said(**plain, **bounds, **days)

    @property
    def at(self) -> At:
        """What it is for."""
        if "place" not in self.fields:
            assert self.version is not None
            version = self.version
            return At(version.site, version.team, version.queue, version.channel)
        return At(**self.reach.given(self.reach.by_code[self.cleaned_data["place"]]))


def first_values(version: StandardVersion) -> dict[str, Any]:
    """What stands in the form of a draft."""
    kpi = catalogue().get(version.measure)
    scale = 100 if kpi is not None and kpi.unit == "share" else 1
    bounds = {name: getattr(version, name) for name in ("value", "low", "high")}
    return {
        **{
            name: getattr(version, name)
            for name in (
                *("title", "wording", "why", "behaviour", "measure", "client", "basis", "changed_because"),
                *("from_day", "review_on", "refresher_days"),
            )
        },
        **{name: None if bound is None else round(bound * scale, 6) for name, bound in bounds.items()},
        "place": code_of(version.place),
        "concerns": version.concerns.all(),
        "aim": version.standard.aim,
        "owner": version.standard.owner,
        "seen": mark_of(version),
    }


class ConsultationForm(forms.Form):
    """Up to which day are those whom it concerns asked?"""

    until = DayField(label=_("Up to and with"))


class RemarkForm(forms.Form):
    """What somebody says about a draft."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, kind.label) for kind in (RemarkKind.COMMENT, RemarkKind.PROPOSAL)],
    )
    text = _text(3, label=_("What do you say?"), help_text=_("Everybody whom it concerns reads it, with your name."))


class QuestionForm(forms.Form):
    """What somebody asks about what was published."""

    text = _text(3, label=_("What would you like to know?"))


class AnswerForm(forms.Form):
    """What the owner answers, and what became of it."""

    outcome = forms.ChoiceField(label=_("What becomes of it?"))
    answer = _text(2, label=_("Answer"))

    def __init__(self, *args: Any, is_question: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(one.value, one.label) for one in Outcome if (one == Outcome.ANSWERED) == is_question]
        if is_question:
            outcome.widget = forms.HiddenInput()
            outcome.initial = Outcome.ANSWERED.value


class PublishForm(forms.Form):
    """Why it is published although something warns, or although its last words were seen by nobody who was asked."""

    despite = _text(2, label=_("Why all the same?"), required=False)
    unseen = _text(
        2,
        label=_("Why are its last words published without asking again?"),
        help_text=_("Everybody whom it concerns reads this beside the standard."),
        required=False,
    )

    def __init__(self, *args: Any, warns: bool, unseen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, is_asked in {"despite": warns, "unseen": unseen}.items():
            if not is_asked:
                del self.fields[name]


class CheckForm(forms.Form):
    """One question of the check of understanding: its options, one on each line, the right one first."""

    asks = forms.CharField(label=_("Question"), max_length=LONGEST_OPTION)
    right = forms.CharField(label=_("The right answer"), max_length=LONGEST_OPTION)
    others = _text(
        3, label=_("Other answers"), help_text=_("One on each line; they are shown in an order of their own.")
    )
    explains = _text(2, label=_("Shown to whoever answers otherwise"), required=False)

    def clean_others(self) -> list[str]:
        """One to five of them."""
        found = [line.strip() for line in str(self.cleaned_data["others"]).splitlines() if line.strip()]
        if not 1 <= len(found) < MOST_OPTIONS:
            raise forms.ValidationError(_("Give one to five other answers."))
        return found

    @property
    def said(self) -> Asked:
        """As the action takes it: options by their letters, so that the right one stands nowhere in particular."""
        given = self.cleaned_data
        options = sorted([given["right"].strip(), *given["others"]], key=str.casefold)
        return Asked(given["asks"], options, options.index(given["right"].strip()), given["explains"])


class ReadForm(forms.Form):
    """The check of understanding, as its reader answers it."""

    def __init__(self, *args: Any, questions: list[CheckQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q{question.pk}"] = forms.TypedChoiceField(
                label=question.asks,
                choices=list(enumerate(question.options)),
                coerce=int,
                widget=forms.RadioSelect,
            )

    @property
    def chosen(self) -> dict[int, int]:
        """By question, the number of the option."""
        return {int(name[1:]): chosen for name, chosen in self.cleaned_data.items()}


class ChangeForm(forms.Form):
    """What was changed because of a standard."""

    found = _text(2, label=_("What was found?"))
    changed = _text(2, label=_("What was changed?"))
    on = DayField(label=_("When?"))


class WithdrawForm(forms.Form):
    """From which day on is it expected no longer?"""

    on = DayField(label=_("No longer from"))


class ReviewForm(forms.Form):
    """What was found when it was looked at again, and when it is looked at next."""

    said = _text(3, label=_("What was found?"), help_text=_("Everybody who may read the standard reads it."))
    next_on = DayField(label=_("Looked at again on"))
