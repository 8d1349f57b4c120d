"""How is a team's goal said: what it is, how it stands, what came of it, and how often luck alone would meet it?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching.objective_words import aimed_at
from floorwalker.apps.huddles.models import GoalEnd, TeamGoal
from floorwalker.estimate import Estimate
from floorwalker.insight.team_goal import Stands, Start, Verdict, possible
from floorwalker.insight.team_moved import CHANCE, Moved, Unknown
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import words

# More rarely than this nobody counts the months.
SELDOM = 0.005


def wording(goal: TeamGoal) -> str:
    """ "First contact resolution: at least 75%, by 3 May 2026"."""
    kpi = catalogue().get(goal.measure)
    if kpi is None:
        return _("%(measure)s, by %(day)s") % {"measure": goal.measure, "day": words.day(goal.due_on)}
    told = {"measure": words.in_language(kpi.name), "aim": aimed_at(kpi, goal.target), "day": words.day(goal.due_on)}
    return _("%(measure)s: %(aim)s, by %(day)s") % told


def stood(goal: TeamGoal, stands: Stands | None) -> str:
    """How it stands, or what came of it, in a sentence."""
    if goal.ended_as in (GoalEnd.STOPPED, GoalEnd.REPLACED):
        return (
            _("It %(how)s on %(day)s.") % {"how": _how(goal), "day": words.day(goal.ended_at)} if goal.ended_at else ""
        )
    if stands is None:
        return _("No figures tell yet.") if goal.is_open else _("It cannot be told: no figures came.")
    if stands.verdict is Verdict.CANNOT_TELL or (stands.verdict is Verdict.ON_THE_WAY and not goal.is_open):
        return _("It cannot be told: %(why)s.") % {"why": _why(stands.unknown)}
    return _sentence(stands.verdict) % _told(goal, stands)


def _how(goal: TeamGoal) -> str:
    return _("was replaced by another") if goal.ended_as == GoalEnd.REPLACED else _("was ended early")


def _sentence(verdict: Verdict) -> str:
    return {
        Verdict.ON_THE_WAY: _(
            "On the way: %(figure)s in the four weeks to %(day)s, from %(before)s before."
            " It is judged on %(due)s, and not before."
        ),
        Verdict.BEYOND_CHANCE: _(
            "Reached, and by more than chance: %(figure)s in the four weeks to %(day)s, from %(before)s before."
        ),
        Verdict.WITH_EVERYBODY: _(
            "Reached, as everybody did: %(figure)s in the four weeks to %(day)s, from %(before)s before."
            " Nobody can say what of it is the team's."
        ),
        Verdict.WITHIN_CHANCE: _(
            "Reached, but no more than chance gives: %(figure)s in the four weeks to %(day)s, from %(before)s before."
        ),
        Verdict.AT_A_COST: _(
            "Reached at a cost: %(figure)s in the four weeks to %(day)s, from %(before)s before,"
            " and what must not get worse did."
        ),
        Verdict.NOT_REACHED: _("Not reached: %(figure)s in the four weeks to %(day)s, from %(before)s before."),
    }[verdict]


def _told(goal: TeamGoal, stands: Stands) -> dict[str, str]:
    day = "" if stands.through is None else words.day(stands.through)
    return {
        "figure": words.told(stands.reading),
        "before": words.value(stands.baseline) if isinstance(stands.baseline, Estimate) else "–",
        "day": day,
        "due": words.day(goal.due_on),
    }


def _why(unknown: Unknown | None) -> str:
    reasons = {
        Unknown.FEW_WEEKS: _("fewer than twelve weeks before it have a figure"),
        Unknown.FEW_CONTACTS: _("too few contacts tell of it"),
        Unknown.LITTLE_WORK: _("there was less than half of the usual work"),
        Unknown.FEW_PEOPLE: _("fewer than four people have figures in the team"),
        Unknown.COST: _("whether it was paid for with something else cannot be told"),
        Unknown.OTHER_DEFINITION: _("the measure is defined otherwise since"),
    }
    return reasons[unknown] if unknown is not None else _("the facts of its last weeks never came")


def chance_leaves(kpi: Kpi, low: float | None, high: float | None) -> str:
    """Between what chance alone leaves such a month; nothing where nobody knows."""
    if low is None or high is None:
        return ""
    least, most = possible(kpi)
    told = {
        "low": words.figure(max(low, least), kpi.unit),
        "high": words.figure(min(high, most), kpi.unit),
    }
    return (
        _(
            "Where nothing changes, chance alone leaves four such weeks between %(low)s and %(high)s,"
            " in nineteen of twenty cases."
        )
        % told
    )


def by_luck(chance: float | None) -> str:
    """In one of how many such months the target is met by luck."""
    if chance is None:
        return ""
    if chance < SELDOM:
        return _("Luck alone would hardly ever meet this target.")
    months = max(2, round(1 / chance))
    said = ngettext(
        "Luck alone would meet this target in one of %(n)d such months.",
        "Luck alone would meet this target in one of %(n)d such months.",
        months,
    ) % {"n": months}
    if chance <= CHANCE:
        return said
    return said + " " + _("That is within chance: whoever just meets it is not told of more than chance.")


def not_begun(start: Start | None) -> str:
    """Why no goal can begin from there."""
    if start is None:
        return _("No figures tell yet.")
    return _("From here no goal could be judged: %(why)s.") % {"why": _why(start.unknown or Unknown.FEW_CONTACTS)}


def beside(kpi: Kpi, moved: Moved | None) -> str:
    """What everybody else did in the same weeks."""
    if moved is None:
        return ""
    if moved.beside is None:
        return _("Too few others do such work to tell the season from the team.")
    told = {
        "before": words.figure(moved.beside.before, kpi.unit),
        "after": words.figure(moved.beside.after, kpi.unit),
    }
    went = _("Everybody else went from %(before)s to %(after)s in the same weeks.") % told
    if moved.beside.better:
        return went + " " + _("The team did better than that, by more than chance.")
    if moved.beside.worse:
        return went + " " + _("The team did worse than that, by more than chance.")
    return went + " " + _("The team did no otherwise, as far as chance lets one see.")


def cost(counter: Kpi, guard: Moved | None) -> str:
    """What became of what must not get worse."""
    if guard is None:
        return _("Whether it got worse cannot be told.")
    told = {"before": words.figure(guard.before, counter.unit), "after": words.figure(guard.after, counter.unit)}
    if guard.is_own_loss:
        return _("It went from %(before)s to %(after)s: worse, by more than chance.") % told
    if guard.is_everybodys_loss:
        return _("It went from %(before)s to %(after)s: worse, as everybody's did.") % told
    if guard.worse:
        return (
            _("It went from %(before)s to %(after)s: worse, but beside everybody else no more than chance gives.")
            % told
        )
    return _("It went from %(before)s to %(after)s: no worse than chance gives.") % told
