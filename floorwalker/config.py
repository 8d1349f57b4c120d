"""Where does this installation keep its data, and how is it set up?"""

from __future__ import annotations

import ipaddress
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from floorwalker.errors import ConfigError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

DEFAULT_HOME = ".floorwalker"
PRIVATE_FOLDER_MODE = 0o700
# With 250 a log of half a million events could not be loaded: a load's two engines share what there is.
LEAST_MEMORY_MEGABYTES = 400
# A server of PostgreSQL takes a hundred unless it is told otherwise, for all its users together.
DATABASE_CONNECTIONS = 20
# By how the way to the mail server is protected, the port that is usual.
MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


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


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ConfigError(
            "a network for webhooks cannot be read",
            where="FLOORWALKER_WEBHOOK_NETWORKS",
            found=text,
            expected="networks with commas, such as 10.20.0.0/16,127.0.0.0/8",
        ) from error


@dataclass(frozen=True)
class Mail:
    """By which server mail goes out, as whom, and at which address its readers reach this installation."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str
    address: str

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Mail | None:
        """The settings FLOORWALKER_SMTP_* and what belongs to them; None where no server is named: then no mail is sent."""
        host = env.get("FLOORWALKER_SMTP_HOST", "")
        if not host:
            return None
        security = env.get("FLOORWALKER_SMTP_SECURITY") or "starttls"
        if security not in MAIL_PORTS:
            raise ConfigError(
                "mail cannot be sent that way",
                where="FLOORWALKER_SMTP_SECURITY",
                found=security,
                expected="starttls, tls, or none for a server on this machine",
            )
        if security == "none" and host not in THIS_MACHINE:
            raise ConfigError(
                "figures of people and the password would travel unprotected",
                where="FLOORWALKER_SMTP_SECURITY",
                found=f"none, with {host}",
                expected="starttls or tls; none only for a server on this machine",
            )
        port = env.get("FLOORWALKER_SMTP_PORT") or str(MAIL_PORTS[security])
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise ConfigError(
                "there is no such port", where="FLOORWALKER_SMTP_PORT", found=port, expected="a number from 1 to 65535"
            )
        sender, address = env.get("FLOORWALKER_MAIL_FROM", ""), env.get("FLOORWALKER_ADDRESS", "")
        if sender.count("@") != 1 or any(char.isspace() for char in sender):
            raise ConfigError(
                "mail needs a sender", where="FLOORWALKER_MAIL_FROM", found=sender, expected="floorwalker@example.org"
            )
        if not address.startswith(("https://", "http://")):
            raise ConfigError(
                "links in mails need an address",
                where="FLOORWALKER_ADDRESS",
                found=address,
                expected="where people open this installation, such as https://floorwalker.example.org",
            )
        user, password = (
            env.get("FLOORWALKER_SMTP_USER", ""),
            read_secret_file(env, "FLOORWALKER_SMTP_PASSWORD_FILE", "the password"),
        )
        return cls(host, int(port), security, user, password, sender, address.rstrip("/"))


def read_secret_file(env: Mapping[str, str], name: str, what: str) -> str:
    """What stands in the file that a setting names; nothing where it names none."""
    if not env.get(name):
        return ""
    try:
        return Path(env[name]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{what} cannot be read", where=name, found=f"{env[name]}: {error}", expected="a file with it alone"
        ) from error


def _idle_minutes(said: str) -> int:
    if not said.isdigit() or not 5 <= int(said) <= 720:
        raise ConfigError(
            "the time after which somebody is logged out cannot be used",
            where="FLOORWALKER_SESSION_IDLE_MINUTES",
            found=said,
            expected="a whole number of minutes, 5 to 720 (a log-in ends after 12 hours in any case)",
        )
    return int(said)


def _connections(said: str) -> int:
    if not said.isdigit() or not 1 <= int(said) <= 1000:
        raise ConfigError(
            "the number of connections to the database cannot be used",
            where="FLOORWALKER_DATABASE_CONNECTIONS",
            found=said,
            expected="a whole number, 1 to 1000, well below the server's max_connections",
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
    database_connections: FLOORWALKER_DATABASE_CONNECTIONS, how many connections to PostgreSQL the requests of one web server share.
    memory_limit_megabytes: FLOORWALKER_MEMORY_MEGABYTES, what the query engine may use in one process.
    api_requests_per_minute: FLOORWALKER_API_REQUESTS_PER_MINUTE, what one API token may ask (300).
    webhook_networks: FLOORWALKER_WEBHOOK_NETWORKS, networks of one's own to which webhooks may lead, with commas, such as
    10.20.0.0/16; without it they lead to public addresses alone.
    mail: FLOORWALKER_SMTP_HOST and what belongs to it; None: nothing is sent.
    proxy_header: FLOORWALKER_PROXY_HEADER, the header by which a proxy with TLS says that it was asked by https; empty: none.
    security_contact: FLOORWALKER_SECURITY_CONTACT, where weaknesses are told, for /.well-known/security.txt; empty: none.
    session_idle_minutes: FLOORWALKER_SESSION_IDLE_MINUTES, after how long without use somebody is logged out.
    """

    home: Path
    database_url: str
    memory_limit_megabytes: int
    api_requests_per_minute: int = 300
    webhook_networks: tuple[Network, ...] = ()
    mail: Mail | None = None
    session_idle_minutes: int = 120
    proxy_header: str = ""
    security_contact: str = ""
    database_connections: int = DATABASE_CONNECTIONS

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
        requests = env.get("FLOORWALKER_API_REQUESTS_PER_MINUTE", "300")
        if not requests.isdigit() or not 1 <= int(requests) <= 100_000:
            raise ConfigError(
                "the limit of API requests cannot be used",
                where="FLOORWALKER_API_REQUESTS_PER_MINUTE",
                found=requests,
                expected="a whole number of requests a minute for one token, 1 to 100000",
            )
        return cls(
            home=home,
            database_url=url,
            memory_limit_megabytes=int(memory),
            api_requests_per_minute=int(requests),
            webhook_networks=_networks(env.get("FLOORWALKER_WEBHOOK_NETWORKS", "")),
            mail=Mail.from_environment(env),
            session_idle_minutes=_idle_minutes(env.get("FLOORWALKER_SESSION_IDLE_MINUTES") or "120"),
            proxy_header=_proxy_header(env.get("FLOORWALKER_PROXY_HEADER", "").strip()),
            security_contact=_contact(env.get("FLOORWALKER_SECURITY_CONTACT", "").strip()),
            database_connections=_connections(env.get("FLOORWALKER_DATABASE_CONNECTIONS") or str(DATABASE_CONNECTIONS)),
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
