"""On what does something that is said of somebody's work rest? A contact, a stretch of a recording, marks, an answer, a figure.

A figure is kept as it was: with its range, its count, its period and the versions of measure and method, so that whoever
opens a decision later sees what it was based on.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.evaluations.models import Marking
from floorwalker.apps.people.models import KEY_BYTES, Agent, User
from floorwalker.apps.recordings.models import Recording
from floorwalker.apps.surveys.models import Answer

LONGEST_NOTE = 1000


class EvidenceKind(models.TextChoices):
    """What is shown."""

    CONTACT = "contact", _("a contact")
    CLIP = "clip", _("a stretch of a recording")
    MARKS = "marks", _("marks of an evaluation")
    ANSWER = "answer", _("a customer's answer")
    FIGURE = "figure", _("a figure")
    NOTE = "note", _("what somebody saw")


class Evidence(models.Model):
    """One piece of evidence; never changed once it is there.

    contact_key: of a contact, of what a clip, marks or an answer are about. from_second, to_second: of a clip. figure: as
    `freeze_figure` of insight/frozen.py writes it. Whoever may not see what it points at does not see it.
    """

    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    contact_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    recording = models.ForeignKey(Recording, on_delete=models.SET_NULL, null=True, related_name="+")
    from_second = models.FloatField(null=True)
    to_second = models.FloatField(null=True)
    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, null=True, related_name="+")
    question = models.CharField(max_length=80, blank=True, default="")
    answer = models.ForeignKey(Answer, on_delete=models.SET_NULL, null=True, related_name="+")
    figure = models.JSONField(null=True)
    note = models.TextField(max_length=LONGEST_NOTE, blank=True, default="")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="clip_has_its_seconds",
                condition=~Q(kind="clip") | Q(from_second__gte=0, to_second__gt=F("from_second")),
            ),
            models.CheckConstraint(name="figure_is_kept", condition=~Q(kind="figure") | Q(figure__isnull=False)),
            models.CheckConstraint(name="what_was_seen_is_told", condition=~Q(kind="note") | ~Q(note="")),
        ]
