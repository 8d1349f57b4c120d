"""What does the pack of a performance review show, on the page and on paper? Her words first, then the evidence as it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import AppraisalPack, ObjectiveState
from floorwalker.estimate import Estimate
from floorwalker.insight.frozen import Frozen, from_json
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words
from floorwalker.ui.pdf import set_page


@dataclass(frozen=True)
class Pack:
    """One pack with its evidence read back."""

    pack: AppraisalPack

    @property
    def figures(self) -> list[tuple[str, Frozen]]:
        """Each figure with its measure's name."""
        kept = [from_json(one) for one in self.pack.gathered["figures"]]
        return [(_name(one.kpi), one) for one in kept]

    @property
    def objectives(self) -> list[tuple[str, str, int]]:
        """Each objective with what became of it, as it stood when the pack was made."""
        found = self.pack.gathered["objectives"]
        return [(one["wording"], str(ObjectiveState(one["state"]).label), one["id"]) for one in found]

    @property
    def counts(self) -> list[tuple[str, str]]:
        """What happened, in numbers."""
        kept, promises = self.pack.gathered, self.pack.gathered["promises"]
        told = _("%(yes)d kept, %(partly)d in part, %(no)d not") % promises
        return [
            (_("Feedback: keep doing"), str(kept["strengths"])),
            (_("Feedback: try something else"), str(kept["development"])),
            (_("Coaching sessions"), str(kept["talks"])),
            (_("Promises"), told),
            (_("Development plans"), str(kept["plans"])),
            (_("Self-assessments shared"), str(kept["assessments"])),
            (_("Reflections shared"), str(kept["reflections"])),
        ]


def pack_pdf(pack: AppraisalPack, at: datetime) -> bytes:
    """The same on paper: one page, with room for nothing that is not there."""
    shown, last = Pack(pack), pack.to_day - timedelta(days=1)
    said: dict[str, Any] = {
        "title": _("Performance review of %(name)s") % {"name": pack.agent.name},
        "period": f"{words.day(pack.from_day)} – {words.day(last)}",
        "agent": pack.agent.name,
        "agent_words": pack.agent_words,
        "leader": "" if pack.leader is None else str(pack.leader),
        "leader_words": pack.leader_words,
        "figures": [[name, *_told(one)] for name, one in shown.figures],
        "objectives": [[wording, state] for wording, state, _number in shown.objectives],
        "counts": [list(pair) for pair in shown.counts],
        "learned": pack.gathered["learned"],
        "signed": list(_signed(pack)),
        "footer": _("Gathered on %(day)s and kept as it stood.") % {"day": words.day(pack.made_at.date())},
        "words": {
            "own": _("In their own words"),
            "leader": _("The leader's words"),
            "figures": _("Figures"),
            "measure": _("Measure"),
            "figure": _("Figure"),
            "target": _("Target"),
            "objectives": _("Objectives"),
            "happened": _("What happened"),
            "learned": _("What was learned"),
            "signed": _("Signed"),
            "none": _("Nothing was written yet."),
        },
    }
    return set_page("apps/coaching/typst/appraisal.typ", said, at)


def _name(measure: str) -> str:
    kpi = catalogue().get(measure)
    return measure if kpi is None else words.in_language(kpi.name)


def _told(one: Frozen) -> tuple[str, str]:
    answer = one.answer
    if not isinstance(answer, Estimate):
        return words.no_figure(answer), ""
    likely = words.interval(answer)
    figure = words.value(answer) + (f" {likely}" if likely else "")
    return figure, "" if one.target is None else words.bounds(one.target, answer.unit)


def _signed(pack: AppraisalPack) -> Iterator[str]:
    if pack.agent_signed_at is not None:
        yield f"{pack.agent.name}, {words.day(pack.agent_signed_at.date())}"
    if pack.leader_signed_at is not None:
        yield f"{pack.leader}, {words.day(pack.leader_signed_at.date())}"
