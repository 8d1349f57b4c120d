"""How long and how loud is a recording, lane by lane? Measured once by the worker, for one state of the file."""

from __future__ import annotations

from django.db import models

from floorwalker.apps.recordings.models.files import Recording


class Waveform(models.Model):
    """What was measured of a file as it was then; or the code of the reason why nothing could be."""

    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, primary_key=True, related_name="waveform")
    changed_ns = models.BigIntegerField()  # the state of the file that was measured
    size_bytes = models.BigIntegerField()
    measured_at = models.DateTimeField()
    codec = models.CharField(max_length=20, blank=True)
    lanes = models.PositiveSmallIntegerField(default=0)
    rate = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(null=True)
    peaks = models.BinaryField(default=b"")  # all lanes one after the other, as many of each, 0 to 255
    problem = models.CharField(max_length=20, blank=True)

    @property
    def by_lane(self) -> list[bytes]:
        """The peaks of each lane."""
        peaks = bytes(self.peaks)
        size = len(peaks) // self.lanes if self.lanes else 0
        return [peaks[lane * size : (lane + 1) * size] for lane in range(self.lanes)]
