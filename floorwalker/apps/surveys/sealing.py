"""How is a customer's address kept until it was written to? Sealed by a key that the database does not hold."""

from __future__ import annotations

from floorwalker.apps.people.sealing import Seal

SEAL = Seal(
    "survey-addresses.key",
    unread="addresses of customers cannot be read",
    damaged="customers' addresses",
    mend="leave it: those invitations are not sent",
)


def seal(address: str) -> str:
    """The address as the database keeps it."""
    return SEAL.close(address)


def unseal(sealed: str) -> str:
    """The address as it was given."""
    return SEAL.open(sealed)
