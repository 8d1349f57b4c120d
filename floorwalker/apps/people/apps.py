"""The people context as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Sites, teams, queues, agents, identities, memberships, roles and the audit trail."""

    name = "floorwalker.apps.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start where the settings give roles that there are not."""
        from django.conf import settings

        from floorwalker.apps.people.signing_on import check_roles

        check_roles(settings.SIGN_ON)
