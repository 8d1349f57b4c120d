"""What does a team work for, beside what one of its people works for and what the centre wants?"""

from __future__ import annotations

from datetime import date

from floorwalker.apps.huddles.access import may_read_team
from floorwalker.apps.huddles.goal_words import wording
from floorwalker.apps.huddles.models import TeamGoal
from floorwalker.apps.people.models import Team, User
from floorwalker.ui.parts import Part

PLACE = 50


def goals_of_team(team: Team, reader: User, on: date) -> Part | None:
    """Its open goals with the aims that they serve; nothing where there are none, or the reader may not read of them."""
    goals = list(TeamGoal.objects.open().filter(team=team).select_related("team", "aim"))
    if not goals or not may_read_team(reader, team, on):
        return None
    return Part(PLACE, "huddles/_level_goals.html", {"team": team, "goals": [(one, wording(one)) for one in goals]})
