"""What may be typed into the form of a sampling plan?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.evaluations.models import Cause, EvaluationForm, Every, SamplingPlan
from floorwalker.apps.evaluations.models.draws import LEAST_OUTSIDE, LONGEST_NAME, USUAL_TWICE
from floorwalker.apps.evaluations.planning import Asked
from floorwalker.apps.evaluations.populations import who_may_evaluate
from floorwalker.apps.people.models import Queue, Team, User
from floorwalker.facts.tables import Channel
from floorwalker.ui import words
from floorwalker.ui.several import SeveralField

MOST_QUOTA, LONGEST_COMPLAINTS = 200, 2000
USUAL_QUOTA = 2


class PlanForm(forms.Form):
    """Which contacts, how many, and by whom they are marked."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    form = forms.ModelChoiceField(label=_("Form"), queryset=EvaluationForm.objects.none(), empty_label=None)
    quota = forms.IntegerField(
        label=_("Contacts of each agent, drawn by chance"), min_value=1, max_value=MOST_QUOTA, initial=USUAL_QUOTA
    )
    every = forms.ChoiceField(label=_("In each"), choices=Every.choices)
    evaluators = SeveralField(
        label=_("Who evaluates"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    outside = forms.IntegerField(
        label=_("Per cent outside an evaluator's own teams, at least"),
        help_text=_(
            "One in four or more: where everybody marks her own, a harsh evaluator and a weak team look the same."
        ),
        min_value=round(100 * LEAST_OUTSIDE),
        max_value=100,
        initial=round(100 * LEAST_OUTSIDE),
    )
    twice = forms.IntegerField(
        label=_("Per cent marked by a second evaluator, blind"),
        min_value=0,
        max_value=100,
        initial=round(100 * USUAL_TWICE),
    )
    teams = SeveralField(
        label=_("Teams (none: all)"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    queues = SeveralField(
        label=_("Queues (none: all)"),
        queryset=Queue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels (none: all)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    targeted = forms.IntegerField(
        label=_("Contacts more of each agent, for a reason"),
        help_text=_("They are marked so, and are in no score."),
        min_value=0,
        max_value=MOST_QUOTA,
        initial=0,
    )
    causes = forms.MultipleChoiceField(
        label=_("For which reasons, the weightiest first"),
        choices=Cause.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    complaints = forms.CharField(
        label=_("Contact reasons that mean a complaint, one a line"),
        max_length=LONGEST_COMPLAINTS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, given: Any, *, on: date, plan: SamplingPlan | None = None) -> None:
        """plan: of which another version is described; its name stays."""
        self.plan = plan
        super().__init__(given, initial=None if plan is None else _said_by(plan))
        fields: dict[str, Any] = self.fields
        if plan is not None:
            del fields["name"]
        fields["form"].queryset = EvaluationForm.objects.in_use()
        fields["evaluators"].queryset = who_may_evaluate(on)
        fields["teams"].queryset = Team.objects.all()
        fields["queues"].queryset = Queue.objects.order_by("name")
        fields["channels"].choices = [(str(one), words.channel_names()[str(one)]) for one in Channel]

    def clean(self) -> dict[str, Any] | None:
        """Contacts for a reason need one."""
        found = super().clean() or {}
        if found.get("targeted") and not found.get("causes"):
            self.add_error("causes", _("Say for which reasons, or ask for none."))
        if Cause.COMPLAINT in found.get("causes", ()) and not found.get("complaints", "").strip():
            self.add_error("complaints", _("Say by which contact reasons a complaint is known."))
        return found

    @property
    def asked(self) -> Asked:
        """The plan that was described."""
        found = self.cleaned_data
        return Asked(
            name=found["name"] if self.plan is None else self.plan.name,
            form=found["form"],
            quota=found["quota"],
            every=Every(found["every"]),
            teams=found["teams"],
            queues=found["queues"],
            channels=found["channels"],
            outside=found["outside"] / 100,
            twice=found["twice"] / 100,
            targeted=found["targeted"],
            causes=found["causes"],
            complaints=[line.strip() for line in found["complaints"].splitlines() if line.strip()],
            evaluators=found["evaluators"],
        )


def _said_by(plan: SamplingPlan) -> dict[str, Any]:
    """What a version says, as it is typed in."""
    return {
        "form": plan.form_id,
        "quota": plan.quota,
        "every": plan.every,
        "evaluators": list(plan.evaluators.values_list("user", flat=True)),
        "outside": round(100 * plan.outside),
        "twice": round(100 * plan.twice),
        "teams": list(plan.teams.values_list("pk", flat=True)),
        "queues": list(plan.queues.values_list("pk", flat=True)),
        "channels": plan.channels,
        "targeted": plan.targeted,
        "causes": plan.causes,
        "complaints": "\n".join(plan.complaints),
    }
