"""Who of those who may open an address opens it at each change? Two of them, others from address to address and from day to day.

Whoever may not is asked for every address at each change, and everybody for every address by `make slow`: a refusal is answered
quickly, a page takes as long as it takes, and says the same to the fifth who may read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.apps.rights import PERSONAS, ROUTES
from tests.turns import turn as today

AT_EACH_CHANGE = 2
# Several of them share what is made for them: it takes as long as a hundred refusals.
TESTS = 4
SOME_OF_THEM = [" ".join(PERSONAS[place::TESTS]) for place in range(TESTS)]


@contextmanager
def as_it_was() -> Iterator[None]:
    """What somebody changes within it never was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def opens(who: str, allowed: Collection[str], turn: int) -> bool:
    """Whether this persona is among the few at whose turn the address is; all are where there are no more of them."""
    return who in _in_turn([one for one in PERSONAS if one in allowed], (turn + today()) * AT_EACH_CHANGE)


def leads_somewhere(client: Client, who: str, address: str) -> bool:
    """Whether somebody may open an address: by the matrix of rights, where it says so of its route alone, else by opening it."""
    allowed = ROUTES[str(resolve(address.partition("?")[0]).url_name)].allowed
    return who in allowed[""] if allowed.keys() == {""} else client.get(address).status_code == 200


def some_of_each_route(addresses: Collection[str], turn: int) -> list[str]:
    """Of many addresses a few of each route, others from turn to turn and from day to day."""
    by_route = defaultdict(list)
    for address in sorted(addresses):
        by_route[resolve(address.partition("?")[0]).url_name].append(address)
    first = (turn + today()) * AT_EACH_CHANGE
    return [address for those in by_route.values() for address in _in_turn(those, first)]


def _in_turn(those: list[str], first: int) -> list[str]:
    return [*dict.fromkeys(those[(first + place) % len(those)] for place in range(AT_EACH_CHANGE) if those)]
