"""Was what improved paid for elsewhere: handle time with repeat calls, sales with complaints?

Each action names guardrails before it starts. A worsening must be sure and worth speaking of to be called a trade-off; and
before an action is called an improvement, no guardrail may have worsened by its margin. In between the answer waits.

To praise an action its gain must be proven, over all looks together. To say that something was given for something else both halves
must be likely, each at 5 %: the claim is wrong where either of them is (R. L. Berger, Technometrics 24 (1982), 295-300), and an action
that did nothing at all fulfils both by chance in one of four hundred looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import ndtr

SURE = 0.95
# Of more guardrails than so many each must be surer, else one of them would worsen by chance too often.
FEW = 3
# One-sided 5 %: so many standard errors below what was seen it may still lie.
REACH = 1.645


class Verdict(StrEnum):
    """What an action with guardrails is called."""

    NO_PROVEN_EFFECT = "no_proven_effect"
    TRADE_OFF = "trade_off"
    IMPROVED = "improved"
    NOT_RULED_OUT = "not_ruled_out"


@dataclass(frozen=True)
class Guardrail:
    """The effect on a measure that must not suffer, above nought being better; its standard error; and the margin that matters."""

    effect: float
    error: float
    margin: float

    @property
    def worse(self) -> float:
        """The probability that it became worse."""
        if self.error <= 0:
            return float(self.effect < 0)
        return float(ndtr(-self.effect / self.error))

    def is_broken(self, sure: float) -> bool:
        """It became worse, surely, and by at least half of what matters."""
        return self.worse >= sure and self.effect < -self.margin / 2

    @property
    def is_cleared(self) -> bool:
        """It did not become worse by what matters."""
        return self.effect - REACH * self.error > -self.margin


def judge(is_proven: bool, guardrails: Sequence[Guardrail], *, is_likely: bool = False) -> Verdict:
    """The verdict. is_proven: that the goal itself was reached (`Effect.works`); is_likely: that it seems so (`Effect.seems`)."""
    if (is_proven or is_likely) and broken(guardrails):
        return Verdict.TRADE_OFF
    if not is_proven:
        return Verdict.NO_PROVEN_EFFECT
    cleared = all(one.is_cleared for one in guardrails)
    return Verdict.IMPROVED if cleared else Verdict.NOT_RULED_OUT


def broken(guardrails: Sequence[Guardrail]) -> list[int]:
    """Which of them paid for it."""
    sure = surely(len(guardrails))
    return [place for place, one in enumerate(guardrails) if one.is_broken(sure)]


def surely(count: int) -> float:
    """How sure a worsening of one of so many guardrails must be."""
    return 1 - (1 - SURE) * FEW / count if count > FEW else SURE
