"""How is a customer's address kept until it was written to? Sealed by a key that the database does not hold."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from floorwalker.config import make_private
from floorwalker.errors import ConfigError

FILE_NAME = "survey-addresses.key"


def seal(address: str) -> str:
    """The address as the database keeps it."""
    return _key().encrypt(address.encode()).decode()


def unseal(sealed: str) -> str:
    """The address as it was given."""
    try:
        return _key().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ConfigError(
            "addresses of customers cannot be read",
            where=str(settings.FLOORWALKER.keys / FILE_NAME),
            found="a key that did not seal them",
            mend="restore this file from the backup of the keys; or leave it: those invitations are not sent",
        ) from error


def _key() -> Fernet:
    path = settings.FLOORWALKER.keys / FILE_NAME
    content = path.read_bytes() if path.exists() else make_private(path, Fernet.generate_key())
    try:
        return Fernet(content.strip())
    except ValueError as error:
        raise ConfigError(
            "the key of customers' addresses is damaged",
            where=str(path),
            found=f"{len(content)} bytes",
            expected="the 44 signs that it was made with",
            mend="restore it from the backup of the keys",
        ) from error
