"""Which questions can be asked, and in which words? Wording that leads to no answer rather than another.

Both ends of a scale are named in the question or agree and disagree alike, every point has its place between two opposite
ends, no answer is chosen beforehand, and no question holds two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from floorwalker.apps.surveys.models import SCALES, QuestionKind


@dataclass(frozen=True)
class Item:
    """One question of the bank. labels: of every point from the worst to the best, or of the two ends alone."""

    code: str
    kind: QuestionKind
    asked: str | Promise
    labels: tuple[str | Promise, ...] = ()

    def told(self) -> dict[str, Any]:
        """The question and its labels in the present language, as they are kept with a version."""
        return {"asked": str(self.asked), "labels": [str(label) for label in self.labels]}

    def in_all_languages(self) -> dict[str, dict[str, Any]]:
        """The same in every language in which customers may read."""
        found = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                found[language] = self.told()
        return found


SATISFACTION = (
    _("Very dissatisfied"),
    _("Dissatisfied"),
    _("Neither satisfied nor dissatisfied"),
    _("Satisfied"),
    _("Very satisfied"),
)
EASE = (
    _("Very difficult"),
    _("Difficult"),
    _("Somewhat difficult"),
    _("Neither easy nor difficult"),
    _("Somewhat easy"),
    _("Easy"),
    _("Very easy"),
)
AGREEMENT = (
    _("Strongly disagree"),
    _("Disagree"),
    _("Somewhat disagree"),
    _("Neither agree nor disagree"),
    _("Somewhat agree"),
    _("Agree"),
    _("Strongly agree"),
)
YES_NO = (pgettext_lazy("is it settled?", "No"), pgettext_lazy("is it settled?", "Yes"))

ITEMS = (
    Item(
        "csat_contact",
        QuestionKind.CSAT,
        _("How satisfied or dissatisfied are you with the way in which we dealt with your contact?"),
        SATISFACTION,
    ),
    Item(
        "csat_result",
        QuestionKind.CSAT,
        _("How satisfied or dissatisfied are you with what came of it?"),
        SATISFACTION,
    ),
    Item("ces_ease", QuestionKind.CES, _("How easy or difficult was it for you to get what you needed?"), EASE),
    Item(
        "ces_agree",
        QuestionKind.CES,
        _("How far do you agree or disagree: “It was easy to get my matter dealt with”?"),
        AGREEMENT,
    ),
    Item(
        "nps_recommend",
        QuestionKind.NPS,
        _("How likely or unlikely are you to recommend us to somebody you know?"),
        (_("Not at all likely"), _("Extremely likely")),
    ),
    Item("resolved_now", QuestionKind.RESOLVED, _("Is the matter that you contacted us about settled?"), YES_NO),
    Item("text_open", QuestionKind.TEXT, _("What went well, and what should have been different?")),
    Item("text_more", QuestionKind.TEXT, _("Is there anything else that you would like to tell us?")),
)
BANK: Mapping[str, Item] = {item.code: item for item in ITEMS}
MOST_QUESTIONS = 5


def problems_of(item: Item) -> list[str]:
    """What is wrong with the wording of an item, by the rules above; the bank's own have none."""
    found = []
    if item.kind in SCALES:
        least, most = SCALES[item.kind]
        if len(item.labels) not in (2, most - least + 1):
            found.append("some points of the scale have no label")
        if len(set(map(str, item.labels))) != len(item.labels):
            found.append("two points have the same label")
    elif item.labels:
        found.append("an open question has no scale")
    return found
