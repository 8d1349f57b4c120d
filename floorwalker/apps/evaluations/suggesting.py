"""What works well for what was missed, or is to be talked about? Contexts that know give it; evaluations know nothing of them.

They give what they have to say when the program starts (`AppConfig.ready`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.apps.people.models import User
from floorwalker.ui.parts import Part


@dataclass(frozen=True)
class Wanted:
    """For what something is looked for: a measure, a reason of contact, or texts such as a question that was missed."""

    measure: str = ""
    reason: str = ""
    words: tuple[str, ...] = ()


# For each thing that is wanted one part, or None where nothing is known for it.
Offer = Callable[[Sequence[Wanted], User, date], Sequence[Part | None]]
_offers: list[Offer] = []


def offer_suggestions(offer: Offer) -> None:
    """Let this be asked wherever something is missed or prepared."""
    if offer not in _offers:
        _offers.append(offer)


def suggestions(wanted: Sequence[Wanted], user: User, on: date) -> list[list[Part]]:
    """For each thing that is wanted what is known for it, in order; asked together, however many they are."""
    found: list[list[Part]] = [[] for _one in wanted]
    for offer in _offers if wanted else ():
        for parts, part in zip(found, offer(wanted, user, on), strict=True):
            parts += [] if part is None else [part]
    return [sorted(parts, key=lambda part: part.place) for parts in found]
