"""How is it said whether an action worked? What changed, what of it the action explains, and what that is called.

One sentence each: the parts of the change, the verdict, what could have been seen at all, and when it is looked at next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.joint import Joint
from floorwalker.insight.reviewed import Change, Guarded, OfGuardrail, Reviewed, Verdict
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.rollouts import Design
from floorwalker.ui.better_words import amount, gain, gain_between
from floorwalker.ui.words import day, in_language

ROLLOUTS = frozenset(str(one) for one in Design)


def told(found: Reviewed) -> str:
    """All that is said of one review."""
    return " ".join(_sentences(found))


def _sentences(found: Reviewed) -> Iterator[str]:
    if found.change is None:
        yield reason(found)
    else:
        yield parts(found, found.change)
        yield verdict(found)
        yield from _least(found, found.change)
        yield from caveats(found, found.change)
    if found.review_on is not None:
        yield _("Next review on %(day)s.") % {"day": day(found.review_on)}


def parts(found: Reviewed, change: Change) -> str:
    """What changed, and what of it is the action's."""
    figures = ("naive_change", "regression_to_mean", "common_change", "value")
    given: dict[str, object] = {name: gain(getattr(change, name), found.unit) for name in figures}
    given |= {"n": found.treated, "weeks": found.week, "measure": _measure(found.kpi)}
    given |= {"range": gain_between(change.low, change.high, found.unit)}
    if found.mode in ROLLOUTS:
        return (
            _(
                "%(measure)s where it was changed: %(naive_change)s. Of that happened elsewhere too: %(common_change)s; what is "
                "left for the change: %(value)s (likely %(range)s)."
            )
            % given
        )
    return (
        ngettext(
            "%(measure)s of %(n)s agent after %(weeks)s weeks: %(naive_change)s. Of that would have come back by itself: "
            "%(regression_to_mean)s; happened to everyone: %(common_change)s; what is left for the action: %(value)s "
            "(likely %(range)s).",
            "%(measure)s of %(n)s agents after %(weeks)s weeks: %(naive_change)s. Of that would have come back by itself: "
            "%(regression_to_mean)s; happened to everyone: %(common_change)s; what is left for the action: %(value)s "
            "(likely %(range)s).",
            found.treated,
        )
        % given
    )


def verdict(found: Reviewed) -> str:
    """What it is called."""
    if found.verdict is Verdict.TRADE_OFF:
        return _("A trade-off, not an improvement: it was paid for with %(measures)s.") % {
            "measures": _measures(found, Guarded.WORSE)
        }
    if found.verdict is Verdict.JOINT:
        return _(
            "It worked, but not by this action alone: there were others on the same measure in the same weeks. Which of them did "
            "it cannot be told, and none of them claims it."
        )
    if found.verdict is Verdict.ONLY_LOOKED:
        return _("This is a look on the way, and no verdict: it is judged once, after twelve weeks.")
    if found.verdict is Verdict.NOT_RULED_OUT:
        return _("It worked, but that %(measures)s lost by it is not ruled out.") % {
            "measures": _measures(found, Guarded.NOT_RULED_OUT, Guarded.UNKNOWN, Guarded.WORSE)
        }
    if found.verdict is Verdict.IMPROVED:
        return _("It worked.") if not found.guardrails else _("It worked, and no guardrail paid for it.")
    return _("That it worked is not proven.") if found.review_on is None else _("That it worked is not proven yet.")


def _least(found: Reviewed, change: Change) -> Iterator[str]:
    if change.minimum_detectable is not None and found.verdict is Verdict.NO_PROVEN_EFFECT:
        least = amount(change.minimum_detectable, found.unit)
        yield _("So few agents and weeks show effects of %(least)s or more.") % {"least": least}


def caveats(found: Reviewed, change: Change) -> Iterator[str]:
    """What else must be known before a verdict is believed."""
    if found.joint:
        told_of = "; ".join(_other(found, one) for one in found.joint)
        yield _("On the same measure there was also, in the same weeks: %(actions)s.") % {"actions": told_of}
    if not change.is_conclusive:
        yield _("Something alike was seen before anybody was treated: take it with care.")
    if found.mode == Design.WEAK_EVIDENCE:
        yield _("Weak evidence: too few others are left to compare with.")


def _other(found: Reviewed, one: Joint) -> str:
    given = {"kind": kinds().get(one.kind, one.kind), "day": day(one.begins), "n": one.shared, "of": found.treated}
    return _("%(kind)s from %(day)s (%(n)s of %(of)s)") % given


def kinds() -> Mapping[str, str]:
    """By code, what is done about a gap."""
    return {
        "coaching": _("coaching"),
        "training": _("training"),
        "mentoring": _("mentoring"),
        "peer_support": _("support by a colleague"),
        "process": _("a change of a process"),
        "system": _("a change of a system"),
        "standard": _("a change of a standard"),
    }


def reason(found: Reviewed) -> str:
    """Why nothing is said."""
    if found.verdict is Verdict.NOT_YET:
        return _("Nothing is said before the first planned review.")
    return reasons().get(found.reason or "", _("Cannot tell whether it worked."))


def reasons() -> dict[str, str]:
    """By code, why nobody can tell whether an action worked."""
    few = _("Cannot tell whether it worked: too few others do the same work and had no action of their own.")
    before = _("Cannot tell whether it worked: too little is known of the time before.")
    after = _("Cannot tell whether it worked: too little was done since.")
    everybody = _("Cannot tell whether it worked: nobody is left to compare with.")
    nobody = _("Cannot tell whether it worked: nobody whom it was meant for has such contacts.")
    return {
        "no_data": nobody,
        "nobody_coached": nobody,
        "nobody_changed": nobody,
        "everybody_coached": everybody,
        "nobody_left_to_compare": everybody,
        "no_outside_series": everybody,
        "too_few_controls": few,
        "too_few_others": few,
        "too_little_history": before,
        "too_few_before": before,
        "nothing_afterwards": after,
        "not_judged": _(
            "Cannot tell whether it worked: no effect can be told of this measure. It needs a better side, and to be a share or a "
            "mean of those whom it is asked of."
        ),
        "extrapolated": _(
            "Cannot tell whether it worked: those treated were unlike everybody else before, so that nobody shows what would "
            "have come back by itself."
        ),
    }


def names() -> dict[str, str]:
    """By code, what a verdict is called in a list."""
    return {
        str(Verdict.IMPROVED): _("improved"),
        str(Verdict.NOT_RULED_OUT): _("improved, side effects not ruled out"),
        str(Verdict.JOINT): _("it worked, with other actions"),
        str(Verdict.TRADE_OFF): _("a trade-off"),
        str(Verdict.NO_PROVEN_EFFECT): _("no proven effect"),
        str(Verdict.ONLY_LOOKED): _("looked at on the way"),
        str(Verdict.NOT_YET): _("not yet reviewed"),
        str(Verdict.CANNOT_TELL): _("cannot tell"),
    }


def guardrail(one: OfGuardrail) -> str:
    """What became of one measure that must not get worse."""
    if one.value is None:
        return _("%(measure)s: cannot tell.") % {"measure": _measure(one.kpi)}
    given = {
        "measure": _measure(one.kpi),
        "value": gain(one.value, one.unit),
        "range": gain_between(one.low, one.high, one.unit),
    }
    said = {
        Guarded.WORSE: _("%(measure)s got %(value)s (likely %(range)s)."),
        Guarded.CLEAR: _("%(measure)s did not lose what matters: %(value)s (likely %(range)s)."),
        Guarded.NOT_RULED_OUT: _("%(measure)s may have lost what matters: %(value)s (likely %(range)s)."),
    }
    return said[one.state] % given


def _measures(found: Reviewed, *states: Guarded) -> str:
    return ", ".join(_measure(one.kpi) for one in found.guardrails if one.state in states)


def _measure(kpi_id: str) -> str:
    known = catalogue().get(kpi_id)
    return in_language(known.name) if known is not None else kpi_id
