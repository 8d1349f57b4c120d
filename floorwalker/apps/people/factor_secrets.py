"""How are the secrets of authenticator apps kept? Sealed by a key that the database does not hold."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter

from floorwalker.apps.people.sealing import Seal

FILE_NAME = "second-factors.key"
SEAL = Seal(
    FILE_NAME,
    unread="a second factor cannot be checked",
    damaged="the second factors",
    mend="let an administrator reset this person's second factor",
)


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's second factors, their secrets sealed: a copy of the database alone lets nobody in."""

    def encrypt(self, text: str) -> str:
        """The secret as the database keeps it."""
        return SEAL.close(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as the app knows it."""
        return SEAL.open(encrypted_text)
