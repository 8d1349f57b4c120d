"""How is kept what a copy of the database alone must not tell? Sealed by a key in a file of its own."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from floorwalker.config import make_private
from floorwalker.errors import ConfigError


@dataclass(frozen=True)
class Seal:
    """One key and what is said where it does not fit.

    unread: what cannot be done without it; damaged: what the file is the key of; mend: what helps besides the backup.
    """

    file_name: str
    unread: str
    damaged: str
    mend: str

    def close(self, text: str) -> str:
        """The text as the database keeps it."""
        return self._key().encrypt(text.encode()).decode()

    def open(self, closed: str) -> str:
        """The text as it was."""
        try:
            return self._key().decrypt(closed.encode()).decode()
        except InvalidToken as error:
            raise ConfigError(
                self.unread,
                where=str(settings.FLOORWALKER.keys / self.file_name),
                found="a key that did not seal it",
                mend=f"restore this file from the backup of the keys; or {self.mend}",
            ) from error

    def _key(self) -> Fernet:
        path = settings.FLOORWALKER.keys / self.file_name
        content = path.read_bytes() if path.exists() else make_private(path, Fernet.generate_key())
        try:
            return Fernet(content.strip())
        except ValueError as error:
            raise ConfigError(
                f"the key of {self.damaged} is damaged",
                where=str(path),
                found=f"{len(content)} bytes",
                expected="the 44 signs that it was made with",
                mend="restore it from the backup of the keys",
            ) from error
