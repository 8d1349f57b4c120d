"""How is it said what past actions have closed of gaps, or that nothing is known of it yet and the usual is assumed?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.learning import Tried
from floorwalker.stats.pooled_effects import Learnt
from floorwalker.ui.judging_words import percent

WITHIN = 1.96


def tried(one: Tried) -> str:
    """What was done."""
    return {
        Tried.COACHING: _("Coaching"),
        Tried.TRAINING: _("Training"),
        Tried.MENTORING: _("Mentoring"),
        Tried.PEER_SUPPORT: _("Support by a colleague"),
        Tried.TEAM: _("An action with a whole team"),
        Tried.PROCESS: _("A change of how work is done"),
    }[one]


def closes(done: Tried, found: Learnt) -> str:
    """What such an action is expected to close of a gap, and from how much past that is known."""
    told = {"what": tried(done), "n": found.reviews, "people": found.coached} | _share(found)
    if found.is_learnt:
        return (
            ngettext(
                "%(what)s, from %(n)d past review with %(people)d people: closes about %(share)s of a gap (likely %(low)s to %(high)s).",
                "%(what)s, from %(n)d past reviews with %(people)d people: closes about %(share)s of a gap (likely %(low)s to %(high)s).",
                found.reviews,
            )
            % told
        )
    if not found.reviews:
        return (
            _("%(what)s: assumed, no past yet. Taken is about %(share)s of a gap (anything from %(low)s to %(high)s).")
            % told
        )
    return (
        ngettext(
            "%(what)s: assumed, since %(n)d past review with %(people)d people is too few. Taken is about %(share)s of a gap "
            "(anything from %(low)s to %(high)s).",
            "%(what)s: assumed, since %(n)d past reviews with %(people)d people are too few. Taken is about %(share)s of a gap "
            "(anything from %(low)s to %(high)s).",
            found.reviews,
        )
        % told
    )


def _share(found: Learnt) -> dict[str, str]:
    low, high = (min(max(found.share + side * WITHIN * found.sd, 0.0), 1.0) for side in (-1, 1))
    return {name: percent(one) for name, one in (("share", found.share), ("low", low), ("high", high))}
