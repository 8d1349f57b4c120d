"""The shared interface as a Django application."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and static files."""

    name = "floorwalker.ui"
