"""How does a survey come to be asked? It is drafted from the bank, published with its wording, and changed by a new version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.apps.surveys.bank import BANK, MOST_QUESTIONS
from floorwalker.apps.surveys.models import Question, Survey, SurveyVersion
from floorwalker.errors import Refused


@action
def draft_survey(name: str, items: Sequence[str], *, by: User, at: datetime) -> Survey:
    """Begin a survey with these questions of the bank; nobody is asked before it is published."""
    name = name.strip()
    if not name or Survey.objects.filter(name__iexact=name).exists():
        raise Refused(
            _("a survey needs a name of its own"), found=name, mend=_("choose a name that no other survey has")
        )
    survey = Survey.objects.create(name=name[:120], made_by=by, made_at=at)
    record(by.username, "draft_survey", survey, at)
    _add_version(survey, items, by=by, at=at)
    return survey


@action
def revise_survey(survey: Survey, items: Sequence[str], *, by: User, at: datetime) -> SurveyVersion:
    """Let these be the questions of the survey's draft; the published version goes on until the draft is published."""
    draft = survey.versions.filter(published_at=None).first()
    if draft is None:
        return _add_version(survey, items, by=by, at=at)
    draft.questions.all().delete()
    _add_questions(draft, items)
    record(by.username, "revise_survey", survey, at, version=draft.number, asks=list(items))
    return draft


@action
def publish_survey(survey: Survey, *, by: User, at: datetime) -> SurveyVersion:
    """Ask by the draft from now on, in the words that the bank has today; they are kept with it."""
    draft = survey.versions.filter(published_at=None).first()
    if draft is None:
        raise Refused(_("there is no draft to publish"), mend=_("change the questions first: that makes a draft"))
    for question in draft.questions.all():
        question.wording = BANK[question.item].in_all_languages()
        question.save(update_fields=["wording"])
    draft.published_at, draft.published_by = at, by
    draft.save(update_fields=["published_at", "published_by"])
    record(by.username, "publish_survey", survey, at, version=draft.number)
    return draft


def _add_version(survey: Survey, items: Sequence[str], *, by: User, at: datetime) -> SurveyVersion:
    number = survey.versions.count() + 1
    version = SurveyVersion.objects.create(survey=survey, number=number, made_by=by, made_at=at)
    _add_questions(version, items)
    record(by.username, "revise_survey", survey, at, version=number, asks=list(items))
    return version


def _add_questions(version: SurveyVersion, items: Sequence[str]) -> None:
    """In the order of the bank: what is asked first colours what is asked after it, and is the same in all surveys."""
    known = [item for code, item in BANK.items() if code in items]
    if not known or len(known) != len(set(items)):
        raise Refused(_("a survey asks at least one question of the bank"), found=", ".join(items)[:80])
    if len(known) > MOST_QUESTIONS:
        raise Refused(
            _("a survey this long is answered by few"),
            found=ngettext("%(n)d question", "%(n)d questions", len(known)) % {"n": len(known)},
            expected=_("%(n)d questions at most") % {"n": MOST_QUESTIONS},
        )
    kinds = [item.kind for item in known if item.labels]
    if len(kinds) != len(set(kinds)):
        raise Refused(
            _("two questions measure the same"),
            found=", ".join(str(item.asked) for item in known if kinds.count(item.kind) > 1),
            mend=_("ask one of them: of one contact there is one answer a measure"),
        )
    Question.objects.bulk_create(
        Question(version=version, position=position, item=item.code, kind=item.kind)
        for position, item in enumerate(known, start=1)
    )
