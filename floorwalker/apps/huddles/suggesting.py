"""Which ways of working fit what was missed, or what is to be talked about? Up to three, those that fit best first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from floorwalker.apps.evaluations.suggesting import Wanted
from floorwalker.apps.huddles.models import Practice
from floorwalker.apps.people.models import User
from floorwalker.ui.parts import Part

MOST, PLACE = 3, 50
# The newest are looked through; shorter words say nothing of what a text is about.
LOOKED_THROUGH, LEAST_LETTERS = 500, 5
# What was tagged for this very reason fits better than the measure, and the measure better than a word in common.
OF_REASON, OF_MEASURE, OF_WORD = 4, 3, 1
# One word in common may be chance, unless there is no other.
ENOUGH = 2


def parts(wanted: Sequence[Wanted], _user: User, _on: date) -> list[Part | None]:
    """For each thing that is wanted what is published and fits; everybody may read what is published."""
    known = Practice.objects.published().prefetch_related("tags").order_by("-published_at", "-pk")[:LOOKED_THROUGH]
    every = [(one, _words(one), frozenset(tag.tag for tag in one.tags.all())) for one in known]
    return [_part(one, every) for one in wanted]


def _part(wanted: Wanted, every: Sequence[tuple[Practice, frozenset[str], frozenset[str]]]) -> Part | None:
    fits = [(_fit(wanted, *one), one[0]) for one in every]
    best = sorted((pair for pair in fits if pair[0] > 0), key=lambda pair: -pair[0])[:MOST]
    if not best:
        return None
    asked = {"measure": wanted.measure} if wanted.measure else {"reason": wanted.reason} if wanted.reason else {}
    address = f"{reverse('practices')}{'?' if asked else ''}{urlencode(asked)}"
    return Part(PLACE, "huddles/_suggested.html", {"practices": [one for _fits, one in best], "address": address})


def _fit(wanted: Wanted, one: Practice, words: frozenset[str], tags: frozenset[str]) -> int:
    reason = " ".join(wanted.reason.split()).casefold()
    common = max((_common(words, _told(text)) for text in wanted.words), default=0)
    # A reason alone fits everything that was ever said of such contacts: something of the matter has to be there too.
    of_reason = OF_REASON if reason and reason in tags and (common or not wanted.words) else 0
    return of_reason + OF_MEASURE * bool(wanted.measure and one.measure == wanted.measure) + OF_WORD * common


def _common(words: frozenset[str], wanted: frozenset[str]) -> int:
    common = len(words & wanted)
    return common if common >= min(ENOUGH, len(wanted)) else 0


def _words(one: Practice) -> frozenset[str]:
    return _told(" ".join((one.title, one.words, *(tag.tag for tag in one.tags.all()))))


def _told(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) >= LEAST_LETTERS)
