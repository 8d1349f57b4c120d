"""What is expected, what is being talked about, and who has read and understood it? For programs, as on the pages."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards.api.shapes import (
    ChangeOf,
    ReadersOf,
    RemarkOf,
    StandardInWords,
    StandardOf,
    VersionOf,
    version_fields,
)
from floorwalker.apps.standards.concerning import find_in_work, find_version, is_concerned, may_keep
from floorwalker.apps.standards.readers import readers_for
from floorwalker.apps.standards.shelf import shelf_of
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id

router = Router()


class StandardsAsked(Schema):
    """Which standards."""

    show: Literal["in_force", "to_read", "in_work"] = Field(
        "in_force",
        description="in_force: what was published; to_read: what of it the owner of the token has not read yet; "
        "in_work: drafts that she or he keeps",
    )
    sought: str = Field("", max_length=200, description="words that title, wording, reason, client or basis have")


class VersionAsked(Schema):
    """Which version."""

    version: int | None = Field(None, ge=1, le=9999, description="without it, the newest that was published")


@router.get("/standards", response=Page[StandardOf])
def list_standards(request: HttpRequest, asked: Query[StandardsAsked], paging: Query[Paging]) -> object:
    """The standards that the reader may read, by title."""
    shelf = shelf_of(user_of(request), today(), asked.sought.strip())
    return page_of(request, getattr(shelf, asked.show), paging, StandardOf.of_shelved)


@router.get("/standards/{standard_id}", response=StandardInWords)
def read_standard(request: HttpRequest, standard_id: Id, asked: Query[VersionAsked]) -> object:
    """One standard with all its words, in its newest version or in the one that is asked for."""
    version = find_version(user_of(request), standard_id, asked.version, today())
    published = version.standard.versions.published().select_related("published_by").order_by("-number")
    return StandardInWords(
        **version_fields(version),
        wording=version.wording,
        why=version.why,
        behaviour=version.behaviour or None,
        changed_because=version.changed_because or None,
        published_at=version.published_at,
        versions=[VersionOf.of(one) for one in published],
        changes=[ChangeOf.of(one) for one in version.standard.changes.select_related("noted_by")],
    )


@router.get("/standards/{standard_id}/readers", response=ReadersOf)
def read_readers(request: HttpRequest, standard_id: Id) -> object:
    """Who has read it and which questions are misunderstood: for its keepers everybody, for a leader her own people."""
    user, on = user_of(request), today()
    version = find_version(user, standard_id, None, on)
    found = readers_for(version, user, on)
    if found is None:
        raise Http404
    return ReadersOf.of(version, found)


@router.get("/consultations", response=Page[StandardOf])
def list_consultations(request: HttpRequest, paging: Query[Paging]) -> object:
    """The drafts that those whom they concern are asked about, as far as they concern the reader or are kept by her or him."""
    return page_of(request, shelf_of(user_of(request), today()).consulting, paging, StandardOf.of_shelved)


@router.get("/standards/{standard_id}/remarks", response=Page[RemarkOf])
def list_remarks(request: HttpRequest, standard_id: Id, paging: Query[Paging]) -> object:
    """What was said about the draft that is being talked about, and what came of it, the earliest first."""
    user, on = user_of(request), today()
    version = find_in_work(user, standard_id, on)
    if not (is_concerned(user, version, on) or may_keep(user, version, on)):
        raise Http404
    found = version.remarks.of_consultation().select_related("by", "answered_by").order_by("at", "pk")
    return page_of(request, found, paging, RemarkOf.of)
