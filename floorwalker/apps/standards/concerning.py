"""Whom does a standard concern, and who keeps it? The people of its place on a day, and whoever leads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from floorwalker.apps.people.access import own_team, teams_of
from floorwalker.apps.people.models import Agent, Role, RoleGrant, User
from floorwalker.apps.standards.access import reach_of, readable
from floorwalker.apps.standards.models import ServiceStandard, StandardVersion
from floorwalker.apps.standards.tree import Tree


@dataclass(frozen=True)
class Concerned:
    """Everybody whom a version concerns on a day: who logs in, and agents who have no log-in here."""

    users: tuple[User, ...]
    without_log_in: tuple[Agent, ...]


@dataclass(frozen=True)
class Whom:
    """Whose standard it is: of the people of these teams; None: of everybody at the site; None too: of everybody."""

    teams: frozenset[int] | None
    site: int | None


@dataclass(frozen=True)
class Standing:
    """Where somebody stands: her own team and site, where she is an agent; and the teams that she leads, with their sites."""

    is_agent: bool = False
    team: int | None = None
    site: int | None = None
    led: frozenset[int] = frozenset()
    led_sites: frozenset[int] = frozenset()

    def is_concerned_by(self, whom: Whom) -> bool:
        """Whether it is asked of her, or of people whom she leads."""
        if whom.teams is not None:
            return self.team in whom.teams or bool(self.led & whom.teams)
        if whom.site is not None:
            return (self.is_agent and self.site == whom.site) or whom.site in self.led_sites
        return self.is_agent or bool(self.led)


def concerned_by(version: StandardVersion, on: date) -> Concerned:
    """Agents of the version's teams, or of its site, or all of them; and the leaders of these teams."""
    tree = Tree.read()
    return people_of(whom_of(version, tree), tree, on)


def people_of(whom: Whom, tree: Tree, on: date) -> Concerned:
    """Everybody whose standard it is on that day."""
    agents = _agents(whom, tree, on)
    users = User.objects.filter(is_active=True, agent__in=[agent.pk for agent in agents]).select_related("agent")
    found = {user.pk: user for user in users}
    with_log_in = {user.agent_id for user in found.values()}
    for user, teams in _leaders(on, tree).items():
        if Standing(led=teams, led_sites=_sites(teams, tree)).is_concerned_by(whom):
            found.setdefault(user.pk, user)
    return Concerned(
        tuple(sorted(found.values(), key=lambda user: user.called.casefold())),
        tuple(agent for agent in agents if agent.pk not in with_log_in),
    )


def whom_of(version: StandardVersion, tree: Tree) -> Whom:
    """Whose it is. Of a queue or a channel the version names teams; without that it is everybody's of the queue's site."""
    if version.team_id is not None:
        return Whom(tree.below([version.team_id]), None)
    named = [team.pk for team in version.concerns.all()]
    site = version.site_id if version.queue is None else version.queue.site_id
    return Whom(tree.below(named) if named else None, site)


def is_concerned(user: User, version: StandardVersion, on: date) -> bool:
    """Whether it concerns that user on that day."""
    return bool(concerning(user, on, [version]))


def may_keep(user: User, version: StandardVersion, on: date) -> bool:
    """Whether the user works on it: its owner, and whoever sets targets for its place."""
    return version.standard.owner_id == user.pk or version.place in reach_of(user, on).places


def may_read(user: User, version: StandardVersion, on: date) -> bool:
    """Whether the version is there for this reader.

    A draft is its keepers'; what is talked about, also of those whom it concerns; what was published, also of whoever may
    read the targets of its place.
    """
    if may_keep(user, version, on):
        return True
    if version.is_consulting or version.is_published:
        if is_concerned(user, version, on):
            return True
        return version.is_published and StandardVersion.objects.filter(readable(user, on), pk=version.pk).exists()
    return False


def find_version(user: User, standard_id: int, number: int | None, on: date) -> StandardVersion:
    """A version of a standard that the user may read: the one asked for, else the newest of those; 404 where there is none."""
    versions = StandardVersion.objects.with_places().filter(standard=standard_id).order_by("-number")
    if number is not None:
        versions = versions.filter(number=number)
    known = list(versions)
    published = [version for version in known if version.is_published]
    for version in (*published, *known) if number is None else known:
        if may_read(user, version, on):
            return version
    raise Http404


def find_in_work(user: User, standard_id: int, on: date) -> StandardVersion:
    """The draft of a standard, in consultation or not, where the user may read it; else it is not there."""
    version = StandardVersion.objects.in_work().with_places().filter(standard=standard_id).first()
    if version is None or not may_read(user, version, on):
        raise Http404
    return version


def find_kept(user: User, standard_id: int, on: date) -> ServiceStandard:
    """A standard on which the user works; else it is not there."""
    found = ServiceStandard.objects.select_related("owner", "aim").filter(pk=standard_id).first()
    newest = None if found is None else found.versions.with_places().first()
    if found is None or newest is None or not may_keep(user, newest, on):
        raise Http404
    return found


def concerning(user: User, on: date, versions: Iterable[StandardVersion]) -> list[StandardVersion]:
    """Those that concern the user, of several."""
    tree = Tree.read()
    standing = standing_of(user, on, tree)
    return [version for version in versions if standing.is_concerned_by(whom_of(version, tree))]


def standing_of(user: User, on: date, tree: Tree) -> Standing:
    """Where the user stands on that day."""
    agent = user.agent
    own = own_team(user, on)
    site = None if agent is None else (agent.site_id if own is None else tree.site_of(own.pk))
    led = _leaders(on, tree, user).get(user, frozenset())
    return Standing(agent is not None, None if own is None else own.pk, site, led, _sites(led, tree))


def _agents(whom: Whom, tree: Tree, on: date) -> list[Agent]:
    known = list(Agent.objects.on_the_floor().filter(Q(left_on=None) | Q(left_on__gte=on)).order_by("name"))
    teams = {agent: team.pk for agent, team in teams_of(known, on).items()}
    found = []
    for agent in known:
        team = teams.get(agent.pk)
        site = agent.site_id if team is None else tree.site_of(team)
        if Standing(True, team, site).is_concerned_by(whom):
            found.append(agent)
    return found


def _leaders(on: date, tree: Tree, user: User | None = None) -> dict[User, frozenset[int]]:
    """By leader, the teams that she leads and those below them."""
    grants = RoleGrant.objects.on(on).filter(role=Role.TEAM_LEADER, user__is_active=True).select_related("user__agent")
    found: dict[User, frozenset[int]] = {}
    for grant in grants if user is None else grants.filter(user=user):
        found[grant.user] = found.get(grant.user, frozenset()) | tree.below([grant.team_id] if grant.team_id else ())
    return found


def _sites(teams: Iterable[int], tree: Tree) -> frozenset[int]:
    return frozenset(site for site in map(tree.site_of, teams) if site is not None)
