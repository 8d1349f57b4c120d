"""What else does a standard's page show? Parts that contexts built on standards offer, such as what evaluations found of it.

They give what they have to say when the program starts (`AppConfig.ready`): a standard knows nothing of who checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.ui.parts import Part

Offer = Callable[[StandardVersion, User, date], Iterable[Part]]
_offers: list[Offer] = []


def offer_part(offer: Offer) -> None:
    """Let this be asked for each page of a standard."""
    if offer not in _offers:
        _offers.append(offer)


def parts_for(version: StandardVersion, user: User, on: date) -> list[Part]:
    """All parts of the page of that version for that reader, in order."""
    found = [part for offer in _offers for part in offer(version, user, on)]
    return sorted(found, key=lambda part: part.place)
