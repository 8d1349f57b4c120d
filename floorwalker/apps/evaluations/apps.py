"""How does Django know the evaluations context?"""

from django.apps import AppConfig


class Evaluations(AppConfig):
    """Forms, evaluations and appeals."""

    name = "floorwalker.apps.evaluations"
    label = "evaluations"
