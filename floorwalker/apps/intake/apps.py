"""How does Django know the intake context?"""

from django.apps import AppConfig


class Intake(AppConfig):
    """Pages on what `ingest` remembers; no tables of its own."""

    name = "floorwalker.apps.intake"
    label = "intake"
