"""What of the evidence behind something that was said may this reader open? A link where she may see it, its kind where not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import Evidence, EvidenceKind
from floorwalker.apps.evaluations.models import Evaluation
from floorwalker.apps.people.models import User
from floorwalker.apps.recordings.models import Recording
from floorwalker.apps.surveys.models import Answer
from floorwalker.estimate import Answer as Figure
from floorwalker.estimate import Estimate
from floorwalker.insight.frozen import Frozen, from_json
from floorwalker.ui import words

# How a figure was found that is a difference, and is not to be read as a level.
GAP, CHANGE = "gap", "change"


@dataclass(frozen=True)
class EvidenceShown:
    """One piece: what it is, where it leads (nothing where the reader may not go there), and its words or figure.

    frozen: a figure as it stood, with its period; text: what was seen, or what a customer wrote, where it is still there.
    """

    kind: str
    label: str
    address: str = ""
    text: str = ""
    frozen: Frozen | None = None

    @property
    def figure(self) -> Figure | None:
        """The figure as it stood."""
        return None if self.frozen is None else self.frozen.answer

    @property
    def is_gap(self) -> bool:
        """Whether the figure is a distance and no level."""
        return isinstance(self.figure, Estimate) and self.figure.method == GAP

    @property
    def is_change(self) -> bool:
        """Whether the figure is what something moved by."""
        return isinstance(self.figure, Estimate) and self.figure.method == CHANGE


def show_evidence(found: Collection[Evidence], user: User, on: date) -> Mapping[int, EvidenceShown]:
    """By number, each piece as this reader sees it; a few questions to the database, however many they are."""
    evaluations = _evaluations(found, user, on)
    heard = _heard(found, user, on)
    answers = _answers(found)
    return {one.pk: _shown(one, evaluations, heard, answers) for one in found}


def _shown(
    one: Evidence, evaluations: Mapping[int, int], heard: Collection[int], answers: Mapping[tuple[int, int], Answer]
) -> EvidenceShown:
    label = str(EvidenceKind(one.kind).label)
    match one.kind:
        case EvidenceKind.MARKS:
            number = evaluations.get(one.marking_id or 0)
            return EvidenceShown(one.kind, label, reverse("evaluation", args=[number]) if number else "")
        case EvidenceKind.CLIP:
            address = reverse("recording", args=[one.recording_id]) if one.recording_id in heard else ""
            label = _("%(what)s, %(begin)s to %(end)s") % {
                "what": label,
                "begin": words.duration(one.from_second or 0),
                "end": words.duration(one.to_second or 0),
            }
            return EvidenceShown(one.kind, label, address, one.note if address else "")
        case EvidenceKind.ANSWER:
            return EvidenceShown(one.kind, label, text=_said(one, answers))
        case EvidenceKind.FIGURE:
            return EvidenceShown(one.kind, label, frozen=from_json(one.figure or {}))
    return EvidenceShown(one.kind, label, text=one.note)


def _said(one: Evidence, answers: Mapping[tuple[int, int], Answer]) -> str:
    """What the customer says now to the same question: a changed answer stands in the place of the first."""
    if one.answer is None:
        return _("The customer has taken it back.")
    present = answers.get((one.answer.invitation_id, one.answer.question_id), one.answer)
    if present.erased_at is not None:
        return _("The customer's words were erased.")
    if present.score is None:
        return f"“{present.text}”" if present.text else ""
    low, high = present.question.scale
    kind = present.question.get_kind_display()
    return f"{kind}: {present.score} ({low}–{high})"


def _evaluations(found: Collection[Evidence], user: User, on: date) -> dict[int, int]:
    """By marking, the evaluation that the reader may open."""
    wanted = [one.marking_id for one in found if one.marking_id is not None]
    if not wanted:
        return {}
    seen = Evaluation.objects.visible_to(user, on).filter(markings__in=wanted)
    return dict(seen.values_list("markings", "pk"))


def _heard(found: Collection[Evidence], user: User, on: date) -> set[int]:
    wanted = [one.recording_id for one in found if one.recording_id is not None]
    if not wanted:
        return set()
    return set(Recording.objects.heard_by(user, on).filter(pk__in=wanted).values_list("pk", flat=True))


def _answers(found: Collection[Evidence]) -> dict[tuple[int, int], Answer]:
    wanted = {one.answer.invitation_id for one in found if one.answer is not None}
    present = Answer.objects.present().filter(invitation__in=wanted).select_related("question") if wanted else ()
    return {(one.invitation_id, one.question_id): one for one in present}
