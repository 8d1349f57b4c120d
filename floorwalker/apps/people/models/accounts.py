"""Who logs in, and what do their roles allow on a day?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from floorwalker.apps.people.models.dated import DatedQuerySet
from floorwalker.apps.people.models.persons import Agent
from floorwalker.apps.people.models.places import Site, Team
from floorwalker.apps.people.rights import Right, Role, rights_of

# By what agents are known to be the person of a log-in; filled where the program starts, by contexts that know more of it.
same_person: list[Callable[[User], Q]] = []

# So many people are named in a question; more are looked up within it.
MOST_NAMED = 250


@dataclass(frozen=True)
class Reach:
    """Where a right holds: everywhere, or at these sites and in these teams with all below them, by number."""

    everywhere: bool
    sites: frozenset[int]
    teams: frozenset[int]


@dataclass(frozen=True)
class Opened:
    """Whom a right is about: everybody, or the people of these teams; without the right nobody."""

    everything: bool = False
    teams: tuple[Team, ...] = ()


@dataclass(frozen=True)
class Scope:
    """What a user may see and do on a day.

    second_factor: whether some role of the day may be used with a second factor only; everything: every agent's figures;
    teams: those whose agents' figures are seen, else; hears_everything, heard_teams: the same for what agents said;
    evaluates, evaluates_officially, coaches: the same for whose contacts are marked, and who is coached: a role opens no more
    than the place it is for;
    sites: those that the centre's figures are cut to, none for all; managed: where people are managed; loads: where it is
    seen what came in; agent: the user's own.
    """

    roles: frozenset[Role]
    second_factor: bool
    rights: frozenset[Right]
    everything: bool
    teams: tuple[Team, ...]
    hears_everything: bool
    heard_teams: tuple[Team, ...]
    evaluates: Opened
    evaluates_officially: Opened
    coaches: Opened
    sites: tuple[Site, ...]
    managed: Reach
    loads: Reach
    agent: Agent | None

    def may(self, right: Right) -> bool:
        """Whether some role gives that right."""
        return right in self.rights


class User(AbstractUser):
    """Somebody who logs in; an agent's log-in points at the agent."""

    agent = models.OneToOneField(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="user")
    sessions_ended = models.PositiveIntegerField(
        default=0
    )  # how often all sessions were ended: part of what a session shows

    language = models.CharField(max_length=10, blank=True)  # nothing: as the browser asks
    single_keys = models.BooleanField(default=True)  # whether keys without Ctrl work (ui/keys.py)
    keys = models.JSONField(default=dict, blank=True)  # by command, where somebody changed them

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def called(self) -> str:
        """The person's own name: an agent is known by hers, whatever her log-in is."""
        return str(self) if self.agent is None else str(self.agent)

    def scope_on(self, day: date) -> Scope:
        """What the user's roles of that day allow; asked once for each user that is read, as for each request."""
        known: dict[date, Scope] = self.__dict__.setdefault("_scopes", {})
        if day not in known:
            known[day] = self._read_scope(day)
        return known[day]

    def members_of(self, teams: Sequence[Team], day: date) -> Sequence[int] | QuerySet[Agent, int]:
        """Who belongs to these teams of the user's roles on that day, by number; as a question where they are too many to be named.

        Asked once for each user that is read, as for each request: a leader's page is cut to her people a dozen times, and each
        time the question who they are took longer to write than to answer.
        """
        known: dict[object, Sequence[int] | QuerySet[Agent, int]] = self.__dict__.setdefault("_members", {})
        asked = day, tuple(team.pk for team in teams)
        if asked not in known:
            found = Agent.objects.in_teams(teams, day).order_by().values_list("pk", flat=True)
            numbers = list(found[: MOST_NAMED + 1]) if teams else []
            known[asked] = numbers if len(numbers) <= MOST_NAMED else found
        return known[asked]

    def oneself(self) -> frozenset[int]:
        """The agents who are this person, by number: whose log-in this is, whoever has the e-mail address of this log-in, as
        the person of a second one has, and whoever was found to be the same as one of these. Asked once for each user that is
        read, as for each request."""
        return self._oneself

    @cached_property
    def _oneself(self) -> frozenset[int]:
        known = set() if self.agent_id is None else {self.agent_id}
        same = Q()
        for knows in same_person:
            same |= knows(self)
        if same:
            known |= set(Agent.objects.filter(same).values_list("pk", flat=True))
        level = known
        while level:
            merged = Agent.objects.filter(Q(merged_into__in=level) | Q(merged__in=level)).exclude(pk__in=known)
            level = set(merged.values_list("pk", flat=True))
            known = known | level
        return frozenset(known)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to be this user's: it changes with the password, and whenever all sessions are ended."""
        known = f"{self.sessions_ended}:{self.password}"
        return salted_hmac("floorwalker.session", known, secret=secret, algorithm="sha256").hexdigest()

    def _read_scope(self, day: date) -> Scope:
        needs = Exists(SecondFactorRule.objects.filter(role=OuterRef("role")))
        found = RoleGrant.objects.on(day).filter(user=self).select_related("team", "site")
        grants = list(found.annotate(needs_second_factor=needs))
        figures = [grant for grant in grants if Right.SEE_FIGURES_OF_AGENTS in grant.rights]
        centre = [grant for grant in grants if Right.SEE_FIGURES_OF_CENTRE in grant.rights]
        everything = any(grant.is_unbounded for grant in figures)
        all_sites = any(grant.is_unbounded for grant in centre)
        heard = [grant for grant in grants if Right.LISTEN in grant.rights]
        hears_everything = any(grant.is_unbounded for grant in heard)
        teams = () if everything else tuple(_teams_of(figures))
        return Scope(
            roles=frozenset(Role(grant.role) for grant in grants),
            second_factor=any(grant.needs_second_factor for grant in grants),
            rights=frozenset(right for grant in grants for right in grant.rights),
            everything=everything,
            teams=teams,
            hears_everything=hears_everything,
            heard_teams=() if hears_everything else teams if heard == figures else tuple(_teams_of(heard)),
            evaluates=_opened(Right.EVALUATE, grants, figures, teams),
            evaluates_officially=_opened(Right.EVALUATE_OFFICIALLY, grants, figures, teams),
            coaches=_opened(Right.COACH, grants, figures, teams),
            sites=() if all_sites else tuple(grant.site for grant in centre if grant.site is not None),
            managed=_reach_of(grant for grant in grants if Right.MANAGE_PEOPLE in grant.rights),
            loads=_reach_of(grant for grant in grants if Right.SEE_LOADS in grant.rights),
            agent=self.agent,
        )


class SecondFactorRule(models.Model):
    """A role that may be used only by who logs in with a second factor; an administrator says which."""

    role = models.CharField(max_length=20, choices=Role.choices, unique=True)


class RoleGrant(models.Model):
    """A role that somebody holds for a stretch of days: for one team with those below it, for one site, or for the centre."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    by_group = models.BooleanField(default=False)  # given by a group of the provider, which also ends it
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)

    objects = DatedQuerySet["RoleGrant"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="leader_has_a_team", condition=~Q(role="team_leader") | Q(team__isnull=False)),
            models.CheckConstraint(name="role_is_for_a_team_or_a_site", condition=Q(team=None) | Q(site=None)),
        ]

    @property
    def rights(self) -> frozenset[Right]:
        """What the role allows, where it holds."""
        return rights_of(Role(self.role), team=self.team_id is not None, site=self.site_id is not None)

    @property
    def is_unbounded(self) -> bool:
        """Whether it holds for the whole centre."""
        return self.team_id is None and self.site_id is None


def _opened(right: Right, grants: Sequence[RoleGrant], figures: Sequence[RoleGrant], teams: tuple[Team, ...]) -> Opened:
    """Where one right holds; teams: what is known already of the grants that show figures, which are mostly the same."""
    given = [grant for grant in grants if right in grant.rights]
    if not given or any(grant.is_unbounded for grant in given):
        return Opened(everything=bool(given))
    return Opened(teams=teams if given == figures else tuple(_teams_of(given)))


def _reach_of(found: Iterable[RoleGrant]) -> Reach:
    grants = list(found)
    return Reach(
        everywhere=any(grant.is_unbounded for grant in grants),
        sites=frozenset(grant.site_id for grant in grants if grant.site_id is not None),
        teams=frozenset(grant.team_id for grant in grants if grant.team_id is not None),
    )


def _teams_of(grants: Sequence[RoleGrant]) -> list[Team]:
    teams = Q(pk__in=[grant.team_id for grant in grants if grant.team_id is not None])
    sites = Q(site__in=[grant.site_id for grant in grants if grant.site_id is not None])
    return Team.objects.filter(teams | sites).with_descendants()
