"""In which shapes does the API show people, places and roles?"""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from floorwalker.apps.people.models import Agent, Identity, Membership, Merge, Queue, RoleGrant, Site, Team, User


class SiteOf(Schema):
    """A place of work; its zone sets the local day of everything that happens there."""

    id: int
    code: str
    name: str
    timezone: str
    country: str

    @classmethod
    def of(cls, site: Site) -> SiteOf:
        """A site."""
        return cls(id=site.pk, code=site.code, name=site.name, timezone=site.timezone, country=site.country)


class QueueOf(Schema):
    """A queue in which customers wait."""

    id: int
    name: str
    site: int | None = None

    @classmethod
    def of(cls, queue: Queue) -> QueueOf:
        """A queue."""
        return cls(id=queue.pk, name=queue.name, site=queue.site_id)


class TeamOf(Schema):
    """A team; parent: the team that it is part of."""

    id: int
    name: str
    site: int | None = None
    parent: int | None = None

    @classmethod
    def of(cls, team: Team) -> TeamOf:
        """A team."""
        return cls(id=team.pk, name=team.name, site=team.site_id, parent=team.parent_id)


class Details(Schema):
    """What only those who manage people see of somebody."""

    staff_number: str
    email: str
    started_on: date | None = None
    left_on: date | None = None


class AgentOf(Schema):
    """A person who handles contacts; details: for those who manage people."""

    id: int
    name: str
    site: int | None = None
    standing: str = Field(description="seen: found in data; known: confirmed; ignored: not a person")
    merged_into: int | None = None
    details: Details | None = None

    @classmethod
    def of(cls, agent: Agent, *, with_details: bool) -> AgentOf:
        """An agent."""
        details = Details(
            staff_number=agent.staff_number, email=agent.email, started_on=agent.started_on, left_on=agent.left_on
        )
        return cls(
            id=agent.pk,
            name=agent.name,
            site=agent.site_id,
            standing=agent.standing,
            merged_into=agent.merged_into_id,
            details=details if with_details else None,
        )


class AgentNamed(Schema):
    """An agent."""

    id: int
    name: str

    @classmethod
    def of(cls, agent: Agent) -> AgentNamed:
        """Whoever it is."""
        return cls(id=agent.pk, name=str(agent))


class MembershipOf(Schema):
    """An agent in a team for a stretch of days; `until` is the first day that no longer counts, null for an open end."""

    id: int
    agent: int
    team: int
    from_day: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, membership: Membership) -> MembershipOf:
        """A membership."""
        return cls(
            id=membership.pk,
            agent=membership.agent_id,
            team=membership.team_id,
            from_day=membership.from_day,
            until=membership.to_day,
        )


class IdentityOf(Schema):
    """A name in one source, and whom or what it stands for."""

    id: int
    kind: str
    source: str
    origin: str
    name: str
    stands_for: int
    first_day: date
    last_day: date

    @classmethod
    def of(cls, identity: Identity) -> IdentityOf:
        """An identity."""
        return cls(
            id=identity.pk,
            kind=identity.kind,
            source=identity.source,
            origin=identity.origin,
            name=identity.name,
            stands_for=identity.subject.pk,
            first_day=identity.first_day,
            last_day=identity.last_day,
        )


class MergeOf(Schema):
    """One agent found to be another; a split puts back what it moved."""

    id: int
    agent: int
    was: int
    merged_at: datetime
    merged_by: str
    reason: str
    split_at: datetime | None = None

    @classmethod
    def of(cls, merge: Merge) -> MergeOf:
        """A merge."""
        return cls(
            id=merge.pk,
            agent=merge.agent_id,
            was=merge.was_id,
            merged_at=merge.merged_at,
            merged_by=merge.merged_by,
            reason=merge.reason,
            split_at=merge.split_at,
        )


class RoleOf(Schema):
    """A role for a stretch of days: for a team with those below it, for a site, or for the centre."""

    id: int
    user: int
    role: str
    team: int | None = None
    site: int | None = None
    from_day: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, grant: RoleGrant) -> RoleOf:
        """A role that somebody holds."""
        return cls(
            id=grant.pk,
            user=grant.user_id,
            role=grant.role,
            team=grant.team_id,
            site=grant.site_id,
            from_day=grant.from_day,
            until=grant.to_day,
        )


class UserOf(Schema):
    """Somebody who may log in, with every role that she or he holds or held."""

    id: int
    username: str
    agent: int | None = None
    is_active: bool
    roles: list[RoleOf]

    @classmethod
    def of(cls, user: User) -> UserOf:
        """A log-in."""
        return cls(
            id=user.pk,
            username=user.username,
            agent=user.agent_id,
            is_active=user.is_active,
            roles=[RoleOf.of(grant) for grant in user.grants.all()],
        )


class Named(Schema):
    """Somebody who logs in here."""

    id: int
    name: str

    @classmethod
    def of(cls, user: User) -> Named:
        """Whoever it is, as pages name her or him."""
        return cls(id=user.pk, name=str(user))

    @classmethod
    def or_none(cls, user: User | None) -> Named | None:
        """The same, where there may be nobody."""
        return None if user is None else cls.of(user)
