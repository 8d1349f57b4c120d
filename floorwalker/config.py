"""Where does this installation keep its data, and how is it set up?"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from floorwalker.errors import ConfigError

DEFAULT_HOME = ".floorwalker"
PRIVATE_FOLDER_MODE = 0o700
# With 250 a log of half a million events could not be loaded: a load's two engines share what there is.
LEAST_MEMORY_MEGABYTES = 400


def make_private(path: Path, content: bytes) -> bytes:
    """Make a file that its owner alone may read, whole and once: who comes second gets what the first one wrote."""
    with _written_beside(path, content) as temporary, suppress(FileExistsError):
        os.link(temporary, path)
    return path.read_bytes()


def replace_private(path: Path, content: bytes) -> None:
    """Make such a file, or put it in the place of the one that is there; on the disk when this returns."""
    with _written_beside(path, content) as temporary:
        temporary.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _written_beside(path: Path, content: bytes) -> Iterator[Path]:
    """The content in a file beside that path, under a name of its own and mode 0600; gone at the end unless it was moved."""
    path.parent.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _idle_minutes(said: str) -> int:
    if not said.isdigit() or not 5 <= int(said) <= 720:
        raise ConfigError(
            "the time after which somebody is logged out cannot be used",
            where="FLOORWALKER_SESSION_IDLE_MINUTES",
            found=said,
            expected="a whole number of minutes, 5 to 720 (a log-in ends after 12 hours in any case)",
        )
    return int(said)


def _proxy_header(said: str) -> str:
    if said and not re.fullmatch(r"[A-Za-z]+(-[A-Za-z]+)*", said):
        raise ConfigError(
            "the header of the proxy cannot be used",
            where="FLOORWALKER_PROXY_HEADER",
            found=said,
            expected="the name of a header that the proxy sets to https and that no reader can send, such as X-Forwarded-Proto",
        )
    return said


def _contact(said: str) -> str:
    if said and not re.fullmatch(r"(mailto:|https://|tel:)[\x21-\x7e]+", said):
        raise ConfigError(
            "the contact for weaknesses cannot be used",
            where="FLOORWALKER_SECURITY_CONTACT",
            found=said,
            expected="mailto:..., https://... or tel:...",
        )
    return said


@dataclass(frozen=True)
class Config:
    """Everything that an installation may set, read once from the environment.

    home: FLOORWALKER_HOME, the folder of lake, intake, keys and outbox (made with mode 0700).
    database_url: FLOORWALKER_DATABASE_URL, `sqlite:///PATH` or `postgresql://...`; SQLite in the home by default.
    memory_limit_megabytes: FLOORWALKER_MEMORY_MEGABYTES, what the query engine may use in one process.
    proxy_header: FLOORWALKER_PROXY_HEADER, the header by which a proxy with TLS says that it was asked by https; empty: none.
    security_contact: FLOORWALKER_SECURITY_CONTACT, where weaknesses are told, for /.well-known/security.txt; empty: none.
    session_idle_minutes: FLOORWALKER_SESSION_IDLE_MINUTES, after how long without use somebody is logged out.
    """

    home: Path
    database_url: str
    memory_limit_megabytes: int
    session_idle_minutes: int = 120
    proxy_header: str = ""
    security_contact: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Config:
        """Read the settings; a bad value raises ConfigError naming it."""
        env = os.environ if environment is None else environment
        home = Path(env.get("FLOORWALKER_HOME") or Path.cwd() / DEFAULT_HOME).expanduser().absolute()
        url = env.get("FLOORWALKER_DATABASE_URL") or f"sqlite:///{home / 'floorwalker.sqlite3'}"
        if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ConfigError(
                "the database address is of an unknown kind",
                where="FLOORWALKER_DATABASE_URL",
                found=url.split("@")[-1],
                expected="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
                mend="leave it unset to use SQLite in FLOORWALKER_HOME",
            )
        memory = env.get("FLOORWALKER_MEMORY_MEGABYTES", "500")
        if not memory.isdigit() or int(memory) < LEAST_MEMORY_MEGABYTES:
            raise ConfigError(
                "the memory limit cannot be used",
                where="FLOORWALKER_MEMORY_MEGABYTES",
                found=memory,
                expected=f"a whole number of megabytes, {LEAST_MEMORY_MEGABYTES} or more",
            )
        return cls(
            home=home,
            database_url=url,
            memory_limit_megabytes=int(memory),
            session_idle_minutes=_idle_minutes(env.get("FLOORWALKER_SESSION_IDLE_MINUTES") or "120"),
            proxy_header=_proxy_header(env.get("FLOORWALKER_PROXY_HEADER", "").strip()),
            security_contact=_contact(env.get("FLOORWALKER_SECURITY_CONTACT", "").strip()),
        )

    def prepare(self) -> Config:
        """Make the home and its folders, private to the user that runs Floorwalker."""
        folder = self.home
        try:
            for folder in (self.home, self.lake, self.intake, self.keys, self.outbox):
                folder.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
            self.home.chmod(PRIVATE_FOLDER_MODE)
        except OSError as error:
            raise ConfigError(
                "the folder cannot be made",
                where="FLOORWALKER_HOME",
                found=f"{folder}: {error.strerror}",
                expected="a folder that this user owns and may write",
                mend="set FLOORWALKER_HOME to such a folder",
            ) from error
        return self

    @property
    def lake(self) -> Path:
        """The fact tables, roll-ups and dimensions."""
        return self.home / "lake"

    @property
    def intake(self) -> Path:
        """Loads, receipts, bookmarks, rejected rows and the staging area."""
        return self.home / "intake"

    @property
    def keys(self) -> Path:
        """The secrets that turn customers into keys."""
        return self.home / "keys"

    @property
    def outbox(self) -> Path:
        """Sightings that wait to be registered by the people context."""
        return self.home / "outbox"
