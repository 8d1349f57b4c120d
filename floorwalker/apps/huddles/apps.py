"""How does Django know the huddles context?"""

from django.apps import AppConfig


class Huddles(AppConfig):
    """Short meetings, hand-overs, thanks, and what works well and is passed on."""

    name = "floorwalker.apps.huddles"
    label = "huddles"
