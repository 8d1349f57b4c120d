"""How does Django know the notices context?"""

from django.apps import AppConfig


class Notices(AppConfig):
    """What somebody ought to know."""

    name = "floorwalker.apps.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
