"""What can be done about forms? Begin one, change its draft, publish a version, retire it: each one transaction."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.models import EvaluationForm, FormVersion, QuestionStandard
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import ServiceStandard
from floorwalker.errors import Refused
from floorwalker.insight.questionnaire import Form, find_faults
from floorwalker.insight.written_form import write_form

ENDING = re.compile(r"\d+$", re.ASCII)


@action
def begin_form(name: str, purpose: str, respond_days: int, *, by: User, at: datetime) -> EvaluationForm:
    """A new form with an empty first version."""
    if EvaluationForm.objects.filter(name=name).exists():
        raise Refused(_("there is a form of this name already"), found=name)
    form = EvaluationForm.objects.create(name=name, purpose=purpose, respond_days=respond_days, made_by=by, made_at=at)
    FormVersion.objects.create(form=form, number=1, made_by=by, made_at=at)
    record(by.username, "begin_form", form, at, name=name)
    return form


@action
def begin_version(form: EvaluationForm, *, by: User, at: datetime) -> FormVersion:
    """The draft of a form: the one that there is, else a copy of what is published."""
    draft = form.draft
    if draft is not None:
        return draft
    last = form.versions.latest("number")
    made = FormVersion.objects.create(
        form=form,
        number=last.number + 1,
        definition=last.definition,
        next_code=last.next_code,
        made_by=by,
        made_at=at,
    )
    QuestionStandard.objects.bulk_create(
        QuestionStandard(version=made, question=one.question, standard_id=one.standard_id)
        for one in last.standards.all()
    )
    record(by.username, "begin_form_version", made, at, form=form.pk, number=made.number)
    return made


@action
def change_draft(form: EvaluationForm, change: Callable[[Form, str], Form], *, by: User, at: datetime) -> FormVersion:
    """Change what the draft asks; `change` gets the form and a code that nothing has had yet."""
    draft = form.versions.select_for_update().filter(published_at=None).first()
    if draft is None:
        raise Refused(
            _("a published version is not changed"), mend=_("begin the next version, change that, and publish it")
        )
    before = draft.asks
    after = change(before, str(draft.next_code))
    if after != before:
        draft.definition = write_form(after)
        draft.next_code = max(draft.next_code + 1, _first_free(after))
        draft.save(update_fields=["definition", "next_code"])
        del draft.asks
        record(by.username, "change_form", draft, at, questions=len(after.questions), rule=str(after.rule))
    return draft


@action
def bring_in_form(name: str, purpose: str, respond_days: int, asks: Form, *, by: User, at: datetime) -> EvaluationForm:
    """A new form whose first version asks what was written elsewhere; it is a draft until somebody publishes it."""
    form = begin_form(name, purpose, respond_days, by=by, at=at)
    change_draft(form, lambda _before, _code: asks, by=by, at=at)
    return form


def _first_free(asks: Form) -> int:
    """The first number above those that codes end in: what is written elsewhere brings its own codes."""
    codes = [*(section.code for section in asks.sections), *(question.code for question in asks.questions)]
    return 1 + max((int(found.group()) for code in codes if (found := ENDING.search(code))), default=0)


@action
def check_standard(
    form: EvaluationForm, question: str, standard: ServiceStandard | None, *, by: User, at: datetime
) -> None:
    """Say which standard a question of the draft checks, or that it checks none."""
    draft = form.versions.filter(published_at=None).first()
    if draft is None:
        raise Refused(
            _("a published version is not changed"), mend=_("begin the next version, change that, and publish it")
        )
    known = draft.standards.filter(question=question)
    if known.values_list("standard", flat=True).first() == (standard and standard.pk):
        return
    known.delete()
    if standard is not None:
        QuestionStandard.objects.create(version=draft, question=question, standard=standard)
    record(by.username, "check_standard", draft, at, question=question, standard=standard and standard.pk)


@action
def publish_version(form: EvaluationForm, note: str, *, by: User, at: datetime) -> FormVersion:
    """From now on contacts are marked by the draft; those that were marked before stay as they are."""
    draft = form.versions.select_for_update().filter(published_at=None).first()
    if draft is None:
        raise Refused(_("there is nothing to publish"), mend=_("begin the next version first"))
    faults = list(find_faults(draft.asks))
    if faults:
        raise Refused(
            _("this version cannot be used yet"), found=str(len(faults)), mend=_("mend what the page of the form names")
        )
    draft.standards.exclude(question__in=[question.code for question in draft.asks.questions]).delete()
    before = form.published
    same = before is not None and before.definition == draft.definition and _checks(before) == _checks(draft)
    if same:
        raise Refused(_("nothing differs from the version before"), mend=_("change something, or leave it as it is"))
    draft.note, draft.published_by, draft.published_at = note, by, at
    draft.save(update_fields=["note", "published_by", "published_at"])
    record(by.username, "publish_form", draft, at, form=form.pk, number=draft.number)
    return draft


def _checks(version: FormVersion) -> set[tuple[str, int]]:
    return set(version.standards.values_list("question", "standard"))


@action
def retire_form(form: EvaluationForm, *, by: User, at: datetime) -> EvaluationForm:
    """Nothing is marked by it any more; what was marked by it stays."""
    if form.retired_at is None:
        form.retired_at = at
        form.save(update_fields=["retired_at"])
        record(by.username, "retire_form", form, at)
    return form
