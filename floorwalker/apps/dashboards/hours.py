"""Hours logged in beside hours agreed: of whom, and how are they said?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.working import workers
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.scorecard import Period
from floorwalker.insight.workload import Unknown, Workload, read_workload
from floorwalker.ui import words

# A difference below that is said to be none.
SAME_SECONDS = 60.0


@dataclass(frozen=True)
class Hours:
    """One person's hours in words."""

    subject: Agent
    workload: Workload

    @property
    def agreed(self) -> str:
        """What was agreed."""
        return _told(self.workload.agreed_seconds)

    @property
    def logged(self) -> str:
        """What was logged in."""
        return _told(self.workload.logged_seconds)

    @property
    def days(self) -> str:
        """On how many days."""
        n = self.workload.days_worked
        return ngettext("on %(n)d day", "on %(n)d days", n) % {"n": n}

    @property
    def difference(self) -> str:
        """How the two stand beside each other, or why nobody can say."""
        over = self.workload.over_seconds
        if over is None:
            return {
                Unknown.NO_PATTERN: _("no working pattern for all of these days"),
                Unknown.NO_LOG_INS: _("no log-ins are known of these days"),
                Unknown.STILL_OPEN: _("not known yet: a log-in has not ended"),
                Unknown.SEVERAL_SYSTEMS: _("logs in to several systems, whose hours may overlap"),
            }[self.workload.reason or Unknown.NO_LOG_INS]
        if abs(over) < SAME_SECONDS:
            return _("as agreed")
        said = {"time": words.duration(abs(over))}
        return _("%(time)s more than agreed") % said if over > 0 else _("%(time)s less than agreed") % said


def read_hours(facts: Snapshot, agents: Iterable[Agent], period: Period) -> list[Hours]:
    """The hours of these people, by name: nobody is ranked by them."""
    known = sorted(agents, key=lambda agent: agent.name.casefold())
    found = read_workload(facts, workers(known, period), period)
    return [Hours(agent, found[bytes(agent.key)]) for agent in known]


def _told(seconds: float | None) -> str:
    return "–" if seconds is None else words.duration(seconds)
