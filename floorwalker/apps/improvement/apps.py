"""How does Django know the improvement context?"""

from django.apps import AppConfig


class Improvement(AppConfig):
    """Gaps that were taken on: plan, do, review, and what was decided."""

    name = "floorwalker.apps.improvement"
    label = "improvement"
