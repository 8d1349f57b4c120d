"""The dashboards context as a Django application."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Pages that show figures; nearly no tables of its own."""

    name = "floorwalker.apps.dashboards"
    label = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"
