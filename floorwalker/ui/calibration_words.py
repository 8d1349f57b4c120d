"""How is it said whether people mark alike, and how one of them lies to what was agreed?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.insight.alike import LEAST_CONTACTS, LEAST_SESSIONS, Alike
from floorwalker.insight.calibrating import LEAST_AGREED, Lean
from floorwalker.insight.trend import Drift
from floorwalker.stats.agreement import GOOD, USABLE
from floorwalker.ui.evaluator_words import points
from floorwalker.ui.words import day

PROOFS: Mapping[str, Promise] = {
    "same": gettext_lazy("Drawn again, the same contacts came out."),
    "corrected": gettext_lazy("The facts were corrected since: what was drawn from is no longer there as it was."),
    "other": gettext_lazy("Drawn again, other contacts came out: what is kept is not what was drawn."),
}


def alike(found: Alike) -> str:
    """Whether people agree on scores, as far as these sessions tell."""
    told = _told(found)
    if not found.agreement.contacts:
        return _("Cannot tell yet whether we mark alike: no session has been marked by two people.")
    if found.never_differed and found.is_enough:
        return _("Every contact got the same score from everybody: nothing differs by which alpha could be told.")
    if not found.is_told:
        return (
            _(
                "Cannot tell yet whether we mark alike: that takes %(least)s contacts in %(few)s sessions. So far, contacts: "
                "%(contacts)s, sessions: %(sessions)s."
            )
            % told
        )
    if found.agreement.low >= GOOD:
        return (
            _("We mark alike: alpha %(alpha)s (likely %(low)s to %(high)s), pooled over %(sessions)s sessions.") % told
        )
    if found.agreement.high < USABLE:
        return (
            _(
                "We mark too differently for scores to be relied on: alpha %(alpha)s (likely %(low)s to %(high)s), pooled over "
                "%(sessions)s sessions."
            )
            % told
        )
    return (
        _(
            "Whether we mark alike enough is not settled: alpha %(alpha)s (likely %(low)s to %(high)s), pooled over %(sessions)s "
            "sessions."
        )
        % told
    )


def correlation(found: Alike) -> str:
    """What severity takes from a single person's scores; nothing where too few contacts tell."""
    two, three = found.correlation.icc2, found.correlation.icc3
    if found.block < LEAST_CONTACTS or not (math.isfinite(two) and math.isfinite(three)):
        return ""
    return _(
        "Of how scores differ, what lies in the contacts is %(two)s as we mark, and would be %(three)s if nobody were harsher than "
        "others: ICC(2,1) and ICC(3,1), on %(block)s contacts that the same %(people)s people marked."
    ) % {"two": f"{two:.2f}", "three": f"{three:.2f}", "block": found.block, "people": found.people}


def alike_in_question(found: Alike) -> str:
    """The same of one question, as a cell of a table says it."""
    told = _told(found)
    if not found.agreement.contacts:
        return _("nobody can be compared yet")
    if found.never_differed:
        return _("always the same answer")
    if not found.is_told:
        return _("cannot tell yet: contacts %(contacts)s, sessions %(sessions)s") % told
    if found.kappa is not None and math.isfinite(found.kappa):
        told["kappa"] = f"{found.kappa:.2f}"
        return _("alpha %(alpha)s (likely %(low)s to %(high)s); of the two, kappa %(kappa)s") % told
    return _("alpha %(alpha)s (likely %(low)s to %(high)s)") % told


def lean(found: Lean) -> str:
    """How somebody's marks lie to what was agreed."""
    if not found.is_told or found.points is None or found.low is None or found.high is None:
        return _(
            "Cannot tell yet: that takes %(least)s contacts on which everything was agreed. So far there are %(n)s."
        ) % {
            "n": found.contacts,
            "least": LEAST_AGREED,
        }
    low, high = sorted((abs(found.low), abs(found.high)))
    told = {"points": points(abs(found.points)), "low": points(low), "high": points(high)}
    if found.low > 0:
        return _("Harsher than what was agreed: by about %(points)s points (likely %(low)s to %(high)s).") % told
    if found.high < 0:
        return _("Milder than what was agreed: by about %(points)s points (likely %(low)s to %(high)s).") % told
    told = {"milder": points(abs(found.low)), "harsher": points(abs(found.high))}
    return (
        _(
            "No lean that stands out: likely between %(milder)s points milder and %(harsher)s points harsher than agreed."
        )
        % told
    )


def pooled(found: Alike) -> str:
    """Agreement over a session and the two before, as a cell says it."""
    return _("%(alpha)s (likely %(low)s to %(high)s)") % _told(found) if found.is_told else _("cannot tell yet")


def trend(found: Sequence[Alike]) -> str:
    """Whether agreement has changed: the last three sessions against the three before them."""
    if len(found) < 2 * LEAST_SESSIONS or not (found[-1].is_told and found[-1 - LEAST_SESSIONS].is_told):
        return _(
            "Cannot tell yet whether it has changed: that takes %(all)s sessions, and %(least)s contacts in the last three of them "
            "as in the three before."
        ) % {"all": 2 * LEAST_SESSIONS, "least": LEAST_CONTACTS}
    now, before = found[-1].agreement, found[-1 - LEAST_SESSIONS].agreement
    told = {"now": f"{now.alpha:.2f}", "before": f"{before.alpha:.2f}"}
    if now.low > before.high:
        return (
            _("We mark more alike than before: alpha %(now)s over the last three sessions, %(before)s before.") % told
        )
    if now.high < before.low:
        return (
            _("We mark less alike than before: alpha %(now)s over the last three sessions, %(before)s before.") % told
        )
    return (
        _("No change that chance could not make: alpha %(now)s over the last three sessions, %(before)s before.") % told
    )


def drifted(one: Drift) -> str:
    """Since when and by how much somebody marks differently from how she did."""
    told = {"size": points(100 * abs(one.size)), "began": day(one.began), "detected": day(one.detected)}
    if one.up:
        return (
            _(
                "about %(size)s points harsher since about the week of %(began)s, noticed in that of %(detected)s, beyond what all "
                "evaluators saw"
            )
            % told
        )
    return (
        _(
            "about %(size)s points milder since about the week of %(began)s, noticed in that of %(detected)s, beyond what all "
            "evaluators saw"
        )
        % told
    )


def budget(alarms_a_year: float) -> str:
    """How often a chart of an evaluator is expected to be wrong."""
    return _("By design the charts of all evaluators together raise a false alarm about once in %(months)s months.") % {
        "months": f"{12 / alarms_a_year:.0f}"
    }


def same(share: float | None) -> str:
    """How many of the answers to be compared were the same."""
    return "–" if share is None else f"{100 * share:.0f}%"


def _told(found: Alike) -> dict[str, object]:
    one = found.agreement
    return {
        "alpha": f"{one.alpha:.2f}",
        "low": f"{one.low:.2f}",
        "high": f"{one.high:.2f}",
        "contacts": one.contacts,
        "sessions": found.sessions,
        "least": LEAST_CONTACTS,
        "few": LEAST_SESSIONS,
    }
