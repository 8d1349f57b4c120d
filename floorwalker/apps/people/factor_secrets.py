"""How are the secrets of authenticator apps kept? Sealed by a key that the database does not hold."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from floorwalker.config import make_private
from floorwalker.errors import ConfigError

FILE_NAME = "second-factors.key"


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's second factors, their secrets sealed: a copy of the database alone lets nobody in."""

    def encrypt(self, text: str) -> str:
        """The secret as the database keeps it."""
        return _key().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as the app knows it."""
        try:
            return _key().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise ConfigError(
                "a second factor cannot be checked",
                where=str(settings.FLOORWALKER.keys / FILE_NAME),
                found="a key that did not seal it",
                mend="restore this file from the backup of the keys; or let an administrator reset this person's second factor",
            ) from error


def _key() -> Fernet:
    path = settings.FLOORWALKER.keys / FILE_NAME
    content = path.read_bytes() if path.exists() else make_private(path, Fernet.generate_key())
    try:
        return Fernet(content.strip())
    except ValueError as error:
        raise ConfigError(
            "the key of the second factors is damaged",
            where=str(path),
            found=f"{len(content)} bytes",
            expected="the 44 signs that it was made with",
            mend="restore it from the backup of the keys",
        ) from error
