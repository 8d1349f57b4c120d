"""What does this context keep of one person? Which recordings she is heard in, who listened to them, and what was marked there."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.disclosing import Table
from floorwalker.apps.recordings.models import Listen, Mark, RecordingPart

TABLES = (
    Table(
        "recordings",
        _("Recordings in which the person is heard"),
        lambda w: RecordingPart.objects.filter(identity__agent__in=w.agents),
        "answered_at",
    ),
    Table(
        "listens",
        _("Who listened to them"),
        lambda w: Listen.objects.filter(recording__parts__identity__agent__in=w.agents),
        *("first_at", "user"),
    ),
    # Marks say what evaluators think of a moment: the product shows them with the evaluation.
    Table(
        "marks",
        _("Marks in them"),
        lambda w: Mark.objects.filter(recording__parts__identity__agent__in=w.agents, removed_at=None),
        *("made_at", "made_by", ("note",)),
        on_request=True,
    ),
)
