"""The people context as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Sites, teams, queues, agents, identities, memberships, roles and the audit trail."""

    name = "floorwalker.apps.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
