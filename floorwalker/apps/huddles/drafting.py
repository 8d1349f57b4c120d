"""What is worth ten minutes this week? Thanks, goals and what else to watch, what changes, what is in force, and what was agreed last time.

A draft, for a person to edit. Nobody is named in it but for thanks that she lets her team read, and for what she took on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.reaching import facts_stamp
from floorwalker.apps.huddles.access import members_of
from floorwalker.apps.huddles.models import ActionPoint, ItemKind, TeamGoal, Thanks
from floorwalker.apps.huddles.models.meetings import LONGEST_ITEM
from floorwalker.apps.huddles.showing_goals import lately_celebrated, show_goals
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Team
from floorwalker.apps.standards.concerning import Standing, whom_of
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.apps.standards.shelf import target_of
from floorwalker.apps.standards.tree import Tree
from floorwalker.insight.kept_team_goal import stands_as_json
from floorwalker.insight.team_week import OfTeam, said_of_team
from floorwalker.ui import change_words, gap_words, words

WEEK = timedelta(days=7)
# Ten minutes hold no more of each.
MOST_THANKS, MOST_WATCHED, MOST_CHANGES, MOST_STANDARDS, MOST_GOALS = 3, 2, 2, 3, 2


@dataclass(frozen=True)
class Drafted:
    """One item as the program proposes it; code: what it is about, as a text that stays; figure: what it rests on."""

    kind: str
    words: str
    code: str
    figure: dict[str, Any] | None = None

    @property
    def kept(self) -> dict[str, Any]:
        """As it is kept beside what was said."""
        return asdict(self)


def draft(team: Team, at: datetime) -> list[Drafted]:
    """The brief of a team at that moment, in the order in which it is said."""
    on = at.date()
    standards = _standards(team, on)
    changes = list(islice(_changed(standards, on), MOST_CHANGES))
    told = {one.code for one in changes}  # what has just changed is not said a second time as being in force
    return [
        *islice(_reached(team, at), MOST_GOALS),
        *islice(_thanks(team, at), MOST_THANKS),
        *_goals(team, at),
        *islice(_watched(team, on), MOST_WATCHED),
        *changes,
        *islice((one for one in _in_force(standards, on) if one.code not in told), MOST_STANDARDS),
        *_of_last_time(team),
    ]


def _thanks(team: Team, at: datetime) -> Iterator[Drafted]:
    """Of the team, and of its people where they let it be read."""
    to_people = Thanks.objects.read_by_teams().filter(agent__in=members_of(team, at.date()))
    hers = Q(pk__in=to_people.order_by().values("pk"))
    for one in Thanks.objects.filter(Q(team=team) | hers, at__gt=at - WEEK, at__lte=at).select_related("agent", "team"):
        told = {"name": str(one.agent or one.team), "source": one.get_came_from_display(), "words": one.words}
        yield _item(ItemKind.THANKS, _("%(name)s, from %(source)s: “%(words)s”") % told, f"thanks:{one.pk}")


def _reached(team: Team, at: datetime) -> Iterator[Drafted]:
    """What the team truly reached together, in the week after it was judged."""
    for one in show_goals(lately_celebrated([team.pk], at), lake().snapshot(), at):
        told = {"wording": one.wording, "said": one.sentence}
        said = _("To all of us: %(wording)s. %(said)s") % told
        yield _item(ItemKind.THANKS, said, f"goal:{one.goal.pk}", one.goal.found)


def _goals(team: Team, at: datetime) -> Iterator[Drafted]:
    """What the team works for, as it stands."""
    facts = lake().snapshot()
    for one in show_goals(TeamGoal.objects.open().filter(team=team).select_related("team")[:MOST_GOALS], facts, at):
        kept = None if one.stands is None else stands_as_json(one.stands, at=at, facts=facts_stamp(facts))
        told = {"wording": one.wording, "said": one.sentence}
        yield _item(ItemKind.WATCH, _("Our goal: %(wording)s. %(said)s") % told, f"goal:{one.goal.pk}", kept)


def _watched(team: Team, on: date) -> Iterator[Drafted]:
    for one in said_of_team(lake().snapshot(), bytes(team.key), on):
        told = {"measure": words.in_language(one.kpi.name), "said": _said(one)}
        code = f"{'gap' if one.gap else 'change'}:{one.kpi.id}"
        yield _item(ItemKind.WATCH, _("%(measure)s: %(said)s") % told, code, _figure(one))


def _said(one: OfTeam) -> str:
    if one.gap is not None:
        return gap_words.together(one.gap, one.kpi)
    assert one.drift is not None
    return change_words.drifted(one.drift, one.kpi.unit)


def _figure(one: OfTeam) -> dict[str, Any]:
    """Exactly what was said, of which days, by which version."""
    told: dict[str, Any] = {
        "kpi": one.kpi.id,
        "kpi_version": one.kpi.version,
        "first": one.period.first.isoformat(),
        "last": one.period.last.isoformat(),
        "said_at": one.said_at.isoformat(),
    }
    if one.gap is not None:
        share = one.gap.share
        told |= {"whose": str(one.gap.whose), "gap": share.gap, "low": share.low, "high": share.high}
        told |= {"probability": share.probability, "n": one.gap.n}
    if one.drift is not None:
        told |= {"change": one.drift.size, "up": one.drift.up, "worse": one.drift.worse}
        told |= {"began": one.drift.began.isoformat(), "detected": one.drift.detected.isoformat()}
    return told


def _standards(team: Team, on: date) -> list[StandardVersion]:
    """What was published and is asked of the people of this team, the newest first."""
    tree = Tree.read()
    here = Standing(is_agent=True, team=team.pk, site=tree.site_of(team.pk))
    current = StandardVersion.objects.current().with_places().prefetch_related("concerns").order_by("-from_day", "-pk")
    return [one for one in current if here.is_concerned_by(whom_of(one, tree))]


def _changed(standards: list[StandardVersion], on: date) -> Iterator[Drafted]:
    """What was published within the week, or begins to count within this one or the next."""
    for one in standards:
        published = None if one.published_at is None else one.published_at.date()
        if (published is not None and on - WEEK < published <= on) or on - WEEK < one.from_day <= on + WEEK:
            told = {"title": one.title, "day": words.day(one.from_day), "because": one.changed_because or one.why}
            said = _("“%(title)s” counts from %(day)s on: %(because)s") % told
            yield _item(ItemKind.CHANGE, said, f"standard:{one.standard_id}:{one.number}")


def _in_force(standards: list[StandardVersion], on: date) -> Iterator[Drafted]:
    for one in standards:
        if one.from_day <= on:
            expects = target_of(one)
            said = f"{one.title} ({expects})" if expects else one.title
            yield _item(ItemKind.STANDARD, said, f"standard:{one.standard_id}:{one.number}")


def _of_last_time(team: Team) -> Iterator[Drafted]:
    for one in ActionPoint.objects.open().filter(meeting__team=team).select_related("owner__agent"):
        told = {"words": one.words, "owner": one.owner.called, "day": words.day(one.due_on)}
        yield _item(ItemKind.ACTION, _("%(words)s – %(owner)s, by %(day)s") % told, f"action:{one.pk}")


def _item(kind: ItemKind, said: str, code: str, figure: dict[str, Any] | None = None) -> Drafted:
    """Cut to what an item may hold, at a word."""
    if len(said) > LONGEST_ITEM:
        said = said[: LONGEST_ITEM - 2].rsplit(" ", 1)[0] + " …"
    return Drafted(str(kind), said, code, figure)
