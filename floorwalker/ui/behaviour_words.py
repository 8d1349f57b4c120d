"""How is it said whether a behaviour goes with an outcome? Never that it brings it about."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.insight.behaviours import SMALL, Behaviours, Going, Outcome, Together
from floorwalker.stats.associations import LEAST_AGENTS, LEAST_EACH
from floorwalker.ui.evaluator_words import points

OUTCOMES = {
    Outcome.RESOLUTION: gettext_lazy("The matter is settled"),
    Outcome.SATISFACTION: gettext_lazy("The customer is satisfied"),
}


def going(found: Going) -> str:
    """What can be said of one behaviour and one outcome."""
    if found.together is Together.TOO_FEW:
        return ngettext(
            "Cannot tell yet: on the %(n)s contact whose outcome is known, marks differ within the contacts of %(agents)s agents; needed "
            "are %(least)s agents, and %(each)s contacts on either side of the mean.",
            "Cannot tell yet: on the %(n)s contacts whose outcome is known, marks differ within the contacts of %(agents)s agents; needed "
            "are %(least)s agents, and %(each)s contacts on either side of the mean.",
            found.n,
        ) % {"n": found.n, "agents": found.agents, "each": LEAST_EACH, "least": LEAST_AGENTS}
    if found.low is None or found.high is None or found.effect is None:
        return _("Cannot be told apart from another question: both are nearly always answered alike.")
    low, high = sorted((abs(found.low), abs(found.high)))
    told = {"points": points(abs(found.effect)), "low": points(low), "high": points(high), "small": points(SMALL)}
    more = found.effect > 0
    if found.together is Together.GOES:
        return _goes(found.outcome, more=more) % told
    told |= {"fewer": points(max(0.0, -found.low)), "more": points(max(0.0, found.high))}
    if found.together is Together.HARDLY:
        return _hardly(found.outcome) % told
    if found.low < 0 < found.high:
        return _open(found.outcome) % told
    return _leans(found.outcome, more=more) % told


def _goes(outcome: Outcome, *, more: bool) -> str:
    if outcome is Outcome.RESOLUTION:
        return (
            _(
                "They go together: of an agent's own contacts on which it was fully met, %(points)s in a hundred more were settled "
                "than of those on which it was not met at all (likely %(low)s to %(high)s more)."
            )
            if more
            else _(
                "They go against each other: of an agent's own contacts on which it was fully met, %(points)s in a hundred fewer were "
                "settled than of those on which it was not met at all (likely %(low)s to %(high)s fewer). Look at what the question "
                "asks for."
            )
        )
    return (
        _(
            "They go together: customers of the same agent who answered were %(points)s points of a hundred more satisfied where it was "
            "fully met than where it was not met at all (likely %(low)s to %(high)s more)."
        )
        if more
        else _(
            "They go against each other: customers of the same agent who answered were %(points)s points of a hundred less satisfied "
            "where it was fully met than where it was not met at all (likely %(low)s to %(high)s less). Look at what the question "
            "asks for."
        )
    )


def _hardly(outcome: Outcome) -> str:
    if outcome is Outcome.RESOLUTION:
        return _(
            "Hardly any connection: between %(fewer)s in a hundred fewer and %(more)s more settled where it was fully met; less than "
            "%(small)s to either side."
        )
    return _(
        "Hardly any connection: between %(fewer)s points of a hundred less and %(more)s more satisfied where it was fully met; less "
        "than %(small)s to either side."
    )


def _open(outcome: Outcome) -> str:
    if outcome is Outcome.RESOLUTION:
        return _(
            "Cannot tell yet: anything between %(fewer)s in a hundred fewer and %(more)s more settled where it was fully met would fit."
        )
    return _(
        "Cannot tell yet: anything between %(fewer)s points of a hundred less and %(more)s more satisfied where it was fully met would "
        "fit."
    )


def _leans(outcome: Outcome, *, more: bool) -> str:
    """By itself it would stand out; of so many questions some do by chance."""
    if outcome is Outcome.RESOLUTION:
        return (
            _(
                "Cannot tell yet: likely %(low)s to %(high)s in a hundred more settled where it was fully met, but of so many questions "
                "some stand out by chance."
            )
            if more
            else _(
                "Cannot tell yet: likely %(low)s to %(high)s in a hundred fewer settled where it was fully met, but of so many questions "
                "some stand out by chance."
            )
        )
    return (
        _(
            "Cannot tell yet: customers likely %(low)s to %(high)s points of a hundred more satisfied where it was fully met, but of so "
            "many questions some stand out by chance."
        )
        if more
        else _(
            "Cannot tell yet: customers likely %(low)s to %(high)s points of a hundred less satisfied where it was fully met, but of so "
            "many questions some stand out by chance."
        )
    )


def answer(settled: Sequence[str], satisfied: Sequence[str]) -> str:
    """What the whole tells, by the wordings of what goes with each outcome."""
    if not settled and not satisfied:
        return _("Of no behaviour can it be told yet whether it goes with settled matters or satisfied customers.")
    said = []
    if settled:
        said.append(_("With settled matters goes: %(behaviours)s.") % {"behaviours": _listed(settled)})
    if satisfied:
        said.append(_("With satisfied customers goes: %(behaviours)s.") % {"behaviours": _listed(satisfied)})
    return " ".join(said)


def _listed(wordings: Sequence[str]) -> str:
    return ", ".join(f"“{wording}”" for wording in wordings)


def no_cause() -> str:
    """What must stand beside every such figure."""
    return _(
        "Going together is not causing. An easy customer makes a good greeting and a settled matter likelier alike, and whoever marks may "
        "have heard how the contact ended. To know what a behaviour does, change it for some and compare."
    )


def known(found: Behaviours) -> str:
    """Of how many contacts an outcome is known at all."""
    return _(
        "%(contacts)s contacts were marked; whether the customer came back is known of %(settled)s of them, an answer to a survey of "
        "%(asked)s."
    ) % {
        "contacts": found.contacts,
        "settled": found.known[Outcome.RESOLUTION],
        "asked": found.known[Outcome.SATISFACTION],
    }
