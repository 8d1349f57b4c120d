"""Could a review of this roll-out ever call it proven? Said while teams and days can still be chosen otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from floorwalker.apps.improvement.models import Cycle
from floorwalker.apps.people.models import Team
from floorwalker.insight.foreseen import smallest_p
from floorwalker.insight.rollout import CHANCE
from floorwalker.stats.synthetic_control import LEAST_DONORS

# As the form proposes it: so long from one team to the next.
APART = timedelta(weeks=4)


def foreseen(cycle: Cycle, teams: Sequence[Team], on: date) -> str:
    """What a review could show at best where these begin one after another, or the cycle's team alone; else nothing."""
    begin = list(teams) if len(teams) > 1 else [] if cycle.team is None else [cycle.team]
    return said_of([(team, on + place * APART) for place, team in enumerate(begin)]) if begin else ""


def said_of(begins: Sequence[tuple[Team, date]]) -> str:
    """The same of these teams from these days on; figures are those of the teams that people belong to."""
    days: dict[int, date] = {}
    for team, day in begins:
        for below in Team.objects.filter(pk=team.pk).with_descendants():
            days.setdefault(below.pk, day)
    own = Team.objects.filter(children=None)
    reached = [days[pk] for pk in own.filter(pk__in=days).values_list("pk", flat=True)]
    p = smallest_p(reached, own.count())
    if p is None:
        return _(
            "No review could tell whether it worked: one team alone is held against %(n)s others or more, and where all begin at "
            "once nobody is left to compare with."
        ) % {"n": LEAST_DONORS}
    told = {"p": f"{100 * p:.0f}%" if p >= 0.01 else f"{100 * p:.1f}%", "limit": f"{100 * CHANCE:.0f}%"}
    if p > CHANCE:
        return (
            _(
                "So few orders are possible that chance alone brings about even the best result %(p)s of the time; only what "
                "chance brings about at most %(limit)s of the time is called proven. More teams, or more different days, would help."
            )
            % told
        )
    return (
        _(
            "The best result is one that chance alone brings about %(p)s of the time; at most %(limit)s is called proven."
        )
        % told
    )
