"""Where is a sound silent, since its transcript holds a number that may be a card's? Kept, so that it stays so without the transcript."""

from __future__ import annotations

from math import inf

from django.db import models

from floorwalker.apps.recordings.models.files import Recording
from floorwalker.media.silence import Stretch


class Silence(models.Model):
    """What was found in one transcript when it was last read well, and which state of its file was looked at since.

    What cannot be read any more takes nothing back: the stretches stay until a later state of the file is read.
    """

    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, primary_key=True, related_name="silence")
    changed_ns = models.BigIntegerField()  # the state of the file that was looked at last, read or not
    size_bytes = models.BigIntegerField()
    looked_at = models.DateTimeField()
    problem = models.CharField(max_length=20, blank=True)  # the code of the reason why that state could not be read
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was read last; nothing: it never was
    rule = models.PositiveSmallIntegerField(default=0)  # by which version of the rule that state was looked at
    spans = models.JSONField(default=list)  # [from, to] in seconds; to is null where it is not known when it ends

    @property
    def was_read(self) -> bool:
        """Whether anything was ever read, so that the stretches say something."""
        return bool(self.digest)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """From which second to which."""
        return tuple((start, inf if end is None else end) for start, end in self.spans)
