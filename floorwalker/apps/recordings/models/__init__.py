"""What is kept of recordings: where each lies, of whom it is, how loud it is, who heard it, and what was marked in it."""

from floorwalker.apps.recordings.models.files import Kind, Recording, RecordingPart, Search

__all__ = ["Kind", "Recording", "RecordingPart", "Search"]
