"""Which forms and evaluations may this user see or work on? What may not be seen is not there."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch

from floorwalker.apps.evaluations.models import EvaluationForm, FormVersion
from floorwalker.apps.people.access import only, require
from floorwalker.apps.people.models import Right, User


def forms_seen(user: User, on: date) -> list[EvaluationForm]:
    """Forms with a published version, which everybody may read; whoever builds forms sees the others too."""
    found = EvaluationForm.objects.prefetch_related(Prefetch("versions", FormVersion.objects.defer("definition")))
    return list(found if user.scope_on(on).may(Right.MANAGE_FORMS) else found.in_use())


def find_form(user: User, form_id: int, on: date) -> EvaluationForm:
    """The form; one that was never published only for those who build forms."""
    form = only(EvaluationForm.objects.filter(pk=form_id).first())
    if form.published is None:
        require(user, Right.MANAGE_FORMS, on)
    return form


def find_draft(user: User, form_id: int, on: date) -> FormVersion:
    """The version that is being built, for those who build forms."""
    require(user, Right.MANAGE_FORMS, on)
    return only(FormVersion.objects.select_related("form").filter(form=form_id, published_at=None).first())
