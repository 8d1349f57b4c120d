"""How does Django know the huddles context?"""

from django.apps import AppConfig


class Huddles(AppConfig):
    """Short meetings, hand-overs, thanks, and what works well and is passed on."""

    name = "floorwalker.apps.huddles"
    label = "huddles"

    def ready(self) -> None:
        """Know what works well for what was missed, or is to be talked about; and what a team works for."""
        from floorwalker.apps.coaching.team_level import offer_team_level
        from floorwalker.apps.evaluations.suggesting import offer_suggestions
        from floorwalker.apps.huddles.levels import goals_of_team
        from floorwalker.apps.huddles.suggesting import parts

        offer_suggestions(parts)
        offer_team_level(goals_of_team)
