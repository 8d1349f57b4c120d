"""How is a matter named, and on how much does what is said of it rest? In words that its reader uses."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching.models import Feedback, FeedbackSource
from floorwalker.apps.evaluations.models import EvaluationForm
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words

FORM, STANDARD, QUESTION, MEASURE = "form", "standard", "question", "measure"


def titles_of(codes: Collection[str]) -> Mapping[str, str]:
    """By code, what matters are about; a few questions to the database, however many they are."""
    standards, forms = _standards(codes), _forms(codes)
    found = {}
    for code in codes:
        kind, _colon, which = code.partition(":")
        if kind == MEASURE:
            kpi = catalogue().get(which)
            found[code] = which if kpi is None else words.in_language(kpi.name)
        elif kind == STANDARD:
            found[code] = standards.get(which) or code
        else:
            found[code] = _of_form(which, forms) or code
    return found


def _standards(codes: Collection[str]) -> dict[str, str]:
    """The title of the latest version of each."""
    wanted = [int(code.partition(":")[2]) for code in codes if code.startswith(f"{STANDARD}:")]
    versions = StandardVersion.objects.filter(standard__in=wanted).order_by("number") if wanted else ()
    return {str(one.standard_id): one.title for one in versions}


def _forms(codes: Collection[str]) -> dict[str, EvaluationForm]:
    wanted = {code.split(":")[1] for code in codes if code.startswith((f"{FORM}:", f"{QUESTION}:"))}
    found = EvaluationForm.objects.filter(pk__in=wanted).prefetch_related("versions") if wanted else ()
    return {str(one.pk): one for one in found}


def _of_form(which: str, forms: Mapping[str, EvaluationForm]) -> str:
    """A form's name, or the wording of one of its questions."""
    number, _colon, question = which.partition(":")
    form = forms.get(number)
    if form is None or not question:
        return "" if form is None else str(form)
    published = form.published
    asked = () if published is None else published.asks.questions
    wording = next((one.wording for one in asked if one.code == question), question)
    return _("%(form)s: %(question)s") % {"form": form, "question": wording}


def weight(one: Feedback) -> str:
    """On how much one piece of feedback rests."""
    if one.probability is not None:
        said = ngettext(
            "the figures: %(chance)s in 10 that it is so, from %(n)d contact",
            "the figures: %(chance)s in 10 that it is so, from %(n)d contacts",
            one.contacts or 0,
        )
        return said % {"chance": _in_ten(one.probability), "n": one.contacts or 0}
    if one.source == FeedbackSource.SURVEY:
        said = ngettext("%(n)d customer's answer", "%(n)d customers' answers", one.contacts or 0)
        return said % {"n": one.contacts or 0}
    if one.source == FeedbackSource.ONESELF:
        return _("as seen by oneself")
    if not one.contacts:
        return _("what one person saw")
    return ngettext("%(n)d contact", "%(n)d contacts", one.contacts) % {"n": one.contacts}


def _in_ten(probability: float) -> str:
    """A probability as so many in ten; what is nearly sure is not called certain."""
    return _("more than 9") if probability > 0.95 else str(round(10 * probability))
