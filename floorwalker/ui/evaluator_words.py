"""How is it said how severe an evaluator is, whether evaluators agree, and what that does to agents' scores?"""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.evaluators import LEAST_SHARED, AgentFound, EvaluatorFound, Panel
from floorwalker.stats.agreement import GOOD, USABLE, Agreement


def severity(found: EvaluatorFound, delta: float) -> str:
    """How an evaluator scores, and how sure that is; a verdict only where she is named."""
    if found.severity is None or found.low is None or found.high is None or found.probability is None:
        return ngettext(
            "Cannot tell yet: %(shared)s evaluation is of agents whom others scored too; from %(least)s on something can be said.",
            "Cannot tell yet: %(shared)s evaluations are of agents whom others scored too; from %(least)s on something can be said.",
            found.shared,
        ) % {"shared": found.shared, "least": LEAST_SHARED}
    told = {"points": points(abs(found.severity)), "sure": _percent(found.probability), "delta": points(delta)}
    if found.flagged:
        likely = sorted((abs(found.low), abs(found.high)))
        told |= {"low": points(likely[0]), "high": points(likely[1])}
        harsher = _(
            "Scores about %(points)s points harsher than the panel (likely %(low)s to %(high)s); with %(sure)s probability "
            "by more than %(delta)s. Adjusted scores have this taken out."
        )
        milder = _(
            "Scores about %(points)s points milder than the panel (likely %(low)s to %(high)s); with %(sure)s probability "
            "by more than %(delta)s. Adjusted scores have this taken out."
        )
        return (harsher if found.severity > 0 else milder) % told
    told |= {"low": points(abs(found.low)), "high": points(abs(found.high))}
    if found.low < 0 < found.high:
        return (
            _(
                "Nothing that stands out: likely between %(low)s points milder and %(high)s points harsher than the panel; more "
                "than %(delta)s to one side with %(sure)s probability."
            )
            % told
        )
    harsher = _(
        "Nothing that stands out: likely %(low)s to %(high)s points harsher than the panel; more than %(delta)s with %(sure)s "
        "probability."
    )
    milder = _(
        "Nothing that stands out: likely %(high)s to %(low)s points milder than the panel; more than %(delta)s with %(sure)s "
        "probability."
    )
    return (harsher if found.low >= 0 else milder) % told


def agreement(found: Agreement) -> str:
    """How far evaluators agree on contacts that several scored."""
    if not found.contacts:
        return _("Cannot tell whether evaluators agree: no contact was scored by two of them.")
    told = {"alpha": _alpha(found.alpha), "low": _alpha(found.low), "high": _alpha(found.high), "many": found.contacts}
    if not (math.isfinite(found.low) and math.isfinite(found.alpha)):
        return (
            ngettext(
                "Cannot tell yet whether evaluators agree: %(many)s contact was scored by two of them.",
                "Cannot tell yet whether evaluators agree: %(many)s contacts were scored by two of them.",
                found.contacts,
            )
            % told
        )
    text = _range_verdict(found)
    return text % told


def _range_verdict(found: Agreement) -> str:
    if found.low >= GOOD:
        return _(
            "Evaluators agree well: alpha %(alpha)s (likely %(low)s to %(high)s) on %(many)s contacts that several scored."
        )
    if found.high < USABLE:
        return _(
            "Evaluators agree too little for scores to be relied on: alpha %(alpha)s (likely %(low)s to %(high)s) on %(many)s "
            "contacts that several scored."
        )
    return _(
        "Whether evaluators agree well enough is not settled: alpha %(alpha)s (likely %(low)s to %(high)s) on %(many)s contacts "
        "that several scored."
    )


def agent(found: AgentFound, panel: Panel) -> str:
    """What the evaluations of an agent can tell, and how many would be needed to compare her with anybody."""
    told = {"n": found.n, "raw": points(found.raw), "adjusted": points(found.adjusted)}
    told |= {"low": points(found.low), "high": points(found.high)}
    said = (
        ngettext(
            "%(n)s evaluation, mean %(raw)s; with evaluators, work and chance taken out %(adjusted)s (likely %(low)s to %(high)s).",
            "%(n)s evaluations, mean %(raw)s; with evaluators, work and chance taken out %(adjusted)s (likely %(low)s to %(high)s).",
            found.n,
        )
        % told
    )
    if panel.needed is None or found.n < panel.needed:
        return f"{said} {_('That cannot place anybody above or below others yet.')} {needed(panel)}"
    return f"{said} {needed(panel)}"


def needed(panel: Panel) -> str:
    """How many evaluations of one agent would tell agents apart."""
    many = panel.needed
    if many is None:
        return _("Agents hardly differ in these evaluations: no number of them would place one above another.")
    if not panel.is_telling:
        return _(
            "Usually about %(many)s evaluations of each agent are needed before agents may be compared with each other; there are "
            "too few here to say how many in this centre."
        ) % {"many": many}
    return ngettext(
        "%(many)s evaluation of each agent would be needed before agents may be compared with each other.",
        "About %(many)s evaluations of each agent would be needed before agents may be compared with each other.",
        many,
    ) % {"many": many}


def points(value: float) -> str:
    """Points of a hundred, as exact as it matters."""
    return f"{value:.0f}" if abs(value) >= 2 else f"{value:.1f}".removesuffix(".0")


def _percent(share: float) -> str:
    shown = min(max(round(100 * share), 1), 99)
    return f"{shown}%"


def _alpha(value: float) -> str:
    return f"{value:.2f}"
