"""Whom do names found in data stand for, and how are they matched, confirmed, put aside, merged and split?"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.api.reach import agents_managed, identities_managed, manager, one
from floorwalker.apps.people.api.shapes import AgentOf, IdentityOf, MergeOf
from floorwalker.apps.people.describing import confirm_agent, ignore_agent
from floorwalker.apps.people.matching import Proposal, proposals
from floorwalker.apps.people.merging import merge_agents, split_agents
from floorwalker.apps.people.models import Merge, Standing
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import LARGEST, Id

router = Router()


class IdentitiesAsked(Schema):
    """Which names."""

    agent: int | None = Field(None, ge=1, le=LARGEST, description="those that stand for this agent")
    source: str | None = Field(None, max_length=60)


class NameOf(Schema):
    """A name that nobody has looked at yet, and whom it may be; reason: why that is proposed."""

    agent: AgentOf
    may_be: AgentOf | None = None
    reason: str | None = None
    is_strong: bool = Field(description="whether hardly anything else can be meant")

    @classmethod
    def of(cls, proposal: Proposal) -> NameOf:
        """A proposal."""
        other = proposal.other
        return cls(
            agent=AgentOf.of(proposal.agent, with_details=True),
            may_be=None if other is None else AgentOf.of(other, with_details=True),
            reason=None if proposal.reason is None else str(proposal.reason),
            is_strong=proposal.is_strong,
        )


class MergeGiven(Schema):
    """Who was found to be the agent of the address."""

    was: int = Field(ge=1, le=LARGEST)
    reason: str = Field("", max_length=300)


@router.get("/identities", response=Page[IdentityOf])
def list_identities(request: HttpRequest, asked: Query[IdentitiesAsked], paging: Query[Paging]) -> object:
    """The names that sources use, and whom or what each stands for."""
    manager(request)
    found = identities_managed(request).select_related("agent", "team", "queue").order_by("source", "name", "pk")
    if asked.agent is not None:
        found = found.filter(agent=asked.agent)
    if asked.source:
        found = found.filter(source=asked.source)
    return page_of(request, found, paging, IdentityOf.of)


@router.get("/names", response=Page[NameOf])
def list_names(request: HttpRequest, paging: Query[Paging]) -> object:
    """The names that nobody has looked at yet, each with whom it may be; a person decides."""
    manager(request)
    managed = agents_managed(request)
    found = managed.on_the_floor().filter(standing=Standing.SEEN).order_by("name", "pk")
    page = page_of(request, found, paging, lambda agent: agent)
    return page | {"items": [NameOf.of(proposal) for proposal in proposals(page["items"], managed)]}


@router.post("/agents/{agent_id}/confirm", response=AgentOf)
def confirm_name(request: HttpRequest, agent_id: Id) -> object:
    """Say that a name found in data is a person of her or his own."""
    by, agent = manager(request), one(agents_managed(request), agent_id)
    return AgentOf.of(confirm_agent(agent, by=by.username, at=timezone.now()), with_details=True)


@router.post("/agents/{agent_id}/ignore", response=AgentOf)
def ignore_name(request: HttpRequest, agent_id: Id) -> object:
    """Say that a name found in data is not a person: a test telephone, a machine."""
    by, agent = manager(request), one(agents_managed(request), agent_id)
    return AgentOf.of(ignore_agent(agent, by=by.username, at=timezone.now()), with_details=True)


@router.post("/agents/{agent_id}/merges", response={201: MergeOf})
def merge(request: HttpRequest, agent_id: Id, given: MergeGiven) -> object:
    """Find another to be this agent: names, log-in and teams move over, facts stay."""
    by = manager(request)
    agent, was = one(agents_managed(request), agent_id), one(agents_managed(request), given.was)
    return MergeOf.of(merge_agents(agent, was, by=by.username, at=timezone.now(), reason=given.reason))


@router.get("/merges", response=Page[MergeOf])
def list_merges(request: HttpRequest, paging: Query[Paging]) -> object:
    """Who was found to be whom, the latest first."""
    manager(request)
    return page_of(request, _merges(request).order_by("-merged_at", "-pk"), paging, MergeOf.of)


@router.post("/merges/{merge_id}/split", response=MergeOf)
def split(request: HttpRequest, merge_id: Id) -> object:
    """Put back what a merge moved."""
    by = manager(request)
    return MergeOf.of(split_agents(one(_merges(request), merge_id), by=by.username, at=timezone.now()))


def _merges(request: HttpRequest) -> QuerySet[Merge]:
    return Merge.objects.filter(agent__in=agents_managed(request).values("pk"))
