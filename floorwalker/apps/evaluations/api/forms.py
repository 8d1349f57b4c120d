"""Which forms are there, what does each version ask, and how does a program bring one in, change its draft and publish it?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.evaluations import building, saying
from floorwalker.apps.evaluations.access import find_draft, find_form, forms_seen
from floorwalker.apps.evaluations.checking import checked_by
from floorwalker.apps.evaluations.form_files import Asks, FormWritten
from floorwalker.apps.evaluations.models import EvaluationForm, FormVersion
from floorwalker.apps.evaluations.models.forms import LONGEST_NOTE
from floorwalker.apps.people.access import only, require, today, user_of
from floorwalker.apps.people.acting import take_turn
from floorwalker.apps.people.api.shapes import Named
from floorwalker.apps.people.models import Right, User
from floorwalker.insight.questionnaire import Faulty, Form, find_faults
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id
from floorwalker.ui.rest.tags import require_unchanged

router = Router()


class FormOf(Schema):
    """A form through all its versions."""

    id: int
    name: str
    purpose: str
    respond_days: int = Field(description="how many days the agent has to answer what was found by it")
    version: int | None = Field(None, description="the version by which contacts are marked now")
    draft: int | None = Field(None, description="the version that is being built, for those who build forms")
    retired_at: datetime | None = None

    @classmethod
    def of(cls, form: EvaluationForm, *, builds: bool) -> FormOf:
        """A form; builds: whether the reader builds forms."""
        return cls(
            id=form.pk,
            name=form.name,
            purpose=form.purpose,
            respond_days=form.respond_days,
            version=None if form.published is None else form.published.number,
            draft=form.draft.number if builds and form.draft is not None else None,
            retired_at=form.retired_at,
        )


class FormVersionOf(Schema):
    """One published version, in the list of them."""

    version: int
    note: str = Field(description="what changed with it, and why")
    published_at: datetime
    published_by: Named | None = None

    @classmethod
    def of(cls, version: FormVersion) -> FormVersionOf:
        """A version."""
        assert version.published_at is not None
        return cls(
            version=version.number,
            note=version.note,
            published_at=version.published_at,
            published_by=Named.or_none(version.published_by),
        )


class FormInWords(FormOf):
    """A form with what one version asks, and all its published versions."""

    shown: int | None = Field(None, description="the version that is shown; nothing where none was published")
    asks: Asks | None = None
    standards: dict[str, int] = Field(description="by code of a question, the standard that it checks")
    versions: list[FormVersionOf] = Field(description="the newest first")


class FaultOf(Schema):
    """Why a draft cannot be published as it stands."""

    fault: str = Field(description="a word that stays the same")
    place: str | None = Field(None, description="the code of the section or question that has it")
    said: str

    @classmethod
    def of(cls, form: Form, faulty: Faulty) -> FaultOf:
        """A fault."""
        return cls(fault=str(faulty.fault), place=faulty.place or None, said=saying.fault_words(form, faulty))


class FormDraft(Schema):
    """The version of a form that is being built."""

    form: int
    version: int
    asks: Asks
    faults: list[FaultOf] = Field(description="what keeps it from being published")

    @classmethod
    def of(cls, draft: FormVersion) -> FormDraft:
        """A draft."""
        asks = draft.asks
        faults = [FaultOf.of(asks, one) for one in find_faults(asks)]
        return cls(form=draft.form_id, version=draft.number, asks=Asks.of(asks), faults=faults)


class FormVersionAsked(Schema):
    """Which version."""

    version: int | None = Field(None, ge=1, le=9999, description="without it, the one by which contacts are marked")


class NoteGiven(Schema):
    """What changed with a version, and why."""

    note: str = Field("", max_length=LONGEST_NOTE)


@router.get("/forms", response=Page[FormOf])
def list_forms(request: HttpRequest, paging: Query[Paging]) -> object:
    """The forms by which contacts are marked, by name; for those who build forms, the others too."""
    user, on = user_of(request), today()
    builds = user.scope_on(on).may(Right.MANAGE_FORMS)
    return page_of(request, forms_seen(user, on), paging, lambda form: FormOf.of(form, builds=builds))


@router.post("/forms", response={201: FormDraft})
def bring_in_form(request: HttpRequest, given: FormWritten) -> object:
    """Bring in a form that was written elsewhere, such as one that was read here: a draft, until it is published."""
    user = _builder(request)
    form = building.bring_in_form(
        *(given.name, given.purpose, given.respond_days, given.form()), by=user, at=timezone.now()
    )
    return FormDraft.of(only(form.draft))


@router.get("/forms/{form_id}", response=FormInWords)
def read_form(request: HttpRequest, form_id: Id, asked: Query[FormVersionAsked]) -> object:
    """What a form asks, in the version in use or in an earlier one: those that were marked by it stay so."""
    user, on = user_of(request), today()
    form = find_form(user, form_id, on)
    versions = list(form.versions.select_related("published_by").exclude(published_at=None).order_by("-number"))
    shown = next((one for one in versions if asked.version in (None, one.number)), None)
    if asked.version is not None:
        only(shown)
    return FormInWords(
        **FormOf.of(form, builds=user.scope_on(on).may(Right.MANAGE_FORMS)).model_dump(),
        shown=None if shown is None else shown.number,
        asks=None if shown is None else Asks.of(shown.asks),
        standards={} if shown is None else {code: one.standard_id for code, one in checked_by(shown).items()},
        versions=[FormVersionOf.of(one) for one in versions],
    )


@router.post("/forms/{form_id}/draft", response={201: FormDraft})
def begin_form_version(request: HttpRequest, form_id: Id) -> object:
    """Begin the next version of a form, as a copy of the one in use; where there is a draft, it is that one."""
    user = _builder(request)
    return FormDraft.of(building.begin_version(find_form(user, form_id, today()), by=user, at=timezone.now()))


@router.get("/forms/{form_id}/draft", response=FormDraft)
def read_form_draft(request: HttpRequest, form_id: Id) -> object:
    """What the next version asks while it is built, and what keeps it from being published."""
    return FormDraft.of(find_draft(user_of(request), form_id, today()))


@router.put("/forms/{form_id}/draft", response=FormDraft)
def write_form_draft(request: HttpRequest, form_id: Id, given: Asks) -> object:
    """Let the draft ask this. A question that keeps its code is followed through all versions."""
    user = _builder(request)
    with transaction.atomic():
        take_turn()
        draft = find_draft(user, form_id, today())
        require_unchanged(request, FormDraft.of(draft))
        asks = given.form()
        return FormDraft.of(building.change_draft(draft.form, lambda _was, _new: asks, by=user, at=timezone.now()))


@router.post("/forms/{form_id}/publish", response=FormInWords)
def publish_form(request: HttpRequest, form_id: Id, given: NoteGiven) -> object:
    """Mark contacts by the draft from now on; what was marked before stays as it is."""
    user = _builder(request)
    building.publish_version(find_form(user, form_id, today()), given.note.strip(), by=user, at=timezone.now())
    return read_form(request, form_id, FormVersionAsked(version=None))


@router.post("/forms/{form_id}/retire", response=FormInWords)
def retire_form(request: HttpRequest, form_id: Id) -> object:
    """Mark nothing by it any more; what was marked stays."""
    user = _builder(request)
    building.retire_form(find_form(user, form_id, today()), by=user, at=timezone.now())
    return read_form(request, form_id, FormVersionAsked(version=None))


def _builder(request: HttpRequest) -> User:
    """The owner of the token, where she or he builds forms; else nothing is there."""
    require(user_of(request), Right.MANAGE_FORMS, today())
    return user_of(request)
