"""Which relational database is used, and with which settings? SQLite in the home, or PostgreSQL by address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from floorwalker.config import Config
from floorwalker.errors import ConfigError

# Measured with three writers beside a long transaction: without IMMEDIATE most writes were lost (docs/decisions).
SQLITE_OPTIONS = {
    "timeout": 10,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=67108864;",
}
# A thread of the server keeps its connection from page to page, with what it has read.
SQLITE_KEPT_SECONDS = 60


def database_settings(config: Config) -> dict[str, Any]:
    """Django's DATABASES entry for the address of the configuration."""
    if config.database_url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": config.database_url.removeprefix("sqlite:///"),
            "OPTIONS": dict(SQLITE_OPTIONS),
            "CONN_MAX_AGE": SQLITE_KEPT_SECONDS,
        }
    return _postgresql(config.database_url)


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    if not name:
        raise ConfigError(
            "the database address names no database",
            where="FLOORWALKER_DATABASE_URL",
            expected="postgresql://USER:PASSWORD@HOST/NAME",
        )
    # As in libpq's own addresses: ?host=/run/postgresql is a socket, and others, such as sslmode=require, are passed on.
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }
