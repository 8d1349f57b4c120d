"""How does Django know the recordings context?"""

from django.apps import AppConfig


class Recordings(AppConfig):
    """Recordings and transcripts where they lie: whose they are, how they are heard, and what was marked in them."""

    name = "floorwalker.apps.recordings"
    label = "recordings"
