"""Which key signs sessions and links, and under which names may this server be reached?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from floorwalker.config import make_private
from floorwalker.errors import ConfigError
from floorwalker.sign_on import SignOn

FILE_NAME = "web-signing.key"
LEAST_LENGTH, LEAST_SIGNS = 50, 20
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def read_or_make_secret(keys: Path) -> str:
    """The signing key of this installation; made once, readable by its owner alone."""
    path = keys / FILE_NAME
    if not path.exists():
        make_private(path, secrets.token_urlsafe(64).encode())
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < LEAST_LENGTH or len(set(secret)) < LEAST_SIGNS:
        raise ConfigError(
            "the signing key is damaged or can be guessed",
            where=str(path),
            found=f"{len(secret)} characters, {len(set(secret))} different ones",
            expected=f"{LEAST_LENGTH} or more, {LEAST_SIGNS} or more different ones",
            mend="restore it from a backup, or remove it: everybody then has to log in again",
        )
    return secret


def hosts_from_environment(environment: Mapping[str, str]) -> list[str]:
    """Host names that are answered: this machine, and what FLOORWALKER_HOSTS lists with commas."""
    more = [name.strip() for name in environment.get("FLOORWALKER_HOSTS", "").split(",")]
    if "*" in more:
        raise ConfigError(
            "every host name would be answered",
            where="FLOORWALKER_HOSTS",
            found="*",
            expected="the names under which this server is reached, with commas",
        )
    return [*LOOPBACK, *(name for name in more if name)]


def provider_apps(sign_on: SignOn | None) -> list[dict[str, Any]]:
    """The provider as allauth knows it: with a proof key (PKCE), and nothing asked of it beside the token."""
    if sign_on is None:
        return []
    known = {"server_url": sign_on.issuer, "oauth_pkce_enabled": True, "fetch_userinfo": False}
    named = {"provider_id": "sign-on", "name": sign_on.name}
    return [{**named, "client_id": sign_on.client_id, "secret": sign_on.client_secret, "settings": known}]
