"""How does Django know the evaluations context?"""

from django.apps import AppConfig


class Evaluations(AppConfig):
    """Forms, evaluations and appeals."""

    name = "floorwalker.apps.evaluations"
    label = "evaluations"

    def ready(self) -> None:
        """Have something to say on the page of a standard."""
        from floorwalker.apps.evaluations.of_standard import parts
        from floorwalker.apps.standards.showing import offer_part

        offer_part(parts)
