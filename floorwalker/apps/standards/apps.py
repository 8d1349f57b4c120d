"""How does Django know the standards context?"""

from django.apps import AppConfig


class Standards(AppConfig):
    """What a centre agreed to aim for."""

    name = "floorwalker.apps.standards"
    label = "standards"
