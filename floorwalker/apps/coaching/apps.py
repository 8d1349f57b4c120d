"""How does Django know the coaching context?"""

from django.apps import AppConfig


class Coaching(AppConfig):
    """What is said of people's work, and what is agreed and tried because of it."""

    name = "floorwalker.apps.coaching"
    label = "coaching"
