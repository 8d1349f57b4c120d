"""Which provider lets people in besides the password, and which roles do its groups bring?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from floorwalker.config import read_secret_file
from floorwalker.errors import ConfigError

FILE_NAME = "floorwalker.toml"
TABLE = "sign_on"
SECRET = "FLOORWALKER_SIGN_ON_SECRET"  # noqa: S105 - the name of a setting
FOUND_BY = ("user_name", "staff_number", "email")
KNOWN = frozenset({"name", "issuer", "client_id", "person_claim", "person_is", "groups_claim", "role"})
KNOWN_OF_ROLE = frozenset({"group", "role", "team", "site"})


@dataclass(frozen=True)
class GroupRole:
    """Whoever is in this group of the provider has this role: for a team, for a site, or for the centre."""

    group: str
    role: str
    team: str | None = None
    site: str | None = None


@dataclass(frozen=True)
class SignOn:
    """A provider of OpenID Connect, as `[sign_on]` in FLOORWALKER_HOME/floorwalker.toml names it.

    person_claim: which claim says who it is; person_is: what it is here, a user's name, or an agent's staff number or e-mail.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str
    person_claim: str = "preferred_username"
    person_is: str = "user_name"
    groups_claim: str = "groups"
    roles: tuple[GroupRole, ...] = ()


def read_sign_on(home: Path, environment: Mapping[str, str]) -> SignOn | None:
    """The provider of this installation; None where none is named."""
    path = home / FILE_NAME
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8")).get(TABLE)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError("the settings cannot be read", where=str(path), found=str(error), expected="TOML") from error
    return None if said is None else _sign_on(_table(said, path, f"[{TABLE}]", KNOWN), path, environment)


def _sign_on(said: Mapping[str, Any], path: Path, environment: Mapping[str, str]) -> SignOn:
    where = f"{path}, [{TABLE}]"
    text = {name: value for name, value in said.items() if name != "role"}
    for name in ("issuer", "client_id"):
        if not text.get(name):
            raise ConfigError("a setting is missing", where=where, expected=name)
    for name, value in text.items():
        if not isinstance(value, str):
            raise ConfigError(f"{name} cannot be used", where=where, found=repr(value), expected="text in quotes")
    _check_issuer(text["issuer"], where)
    if text.get("person_is", "user_name") not in FOUND_BY:
        raise ConfigError(
            "person_is cannot be used", where=where, found=text["person_is"], expected=", ".join(FOUND_BY)
        )
    roles = tuple(_group_role(one, path) for one in said.get("role", ()))
    # From the environment, or from a file that it names: a secret has no place beside other settings.
    secret = read_secret_file(environment, f"{SECRET}_FILE", "the secret of the provider") or environment.get(
        SECRET, ""
    )
    return SignOn(**{"name": "single sign-on", **text}, client_secret=secret, roles=roles)


def _check_issuer(issuer: str, where: str) -> None:
    parts = urlsplit(issuer)
    local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if not (local or (parts.scheme == "https" and parts.hostname)):
        raise ConfigError(
            "the provider cannot be trusted without TLS", where=where, found=issuer, expected="issuer = https://..."
        )


def _group_role(said: object, path: Path) -> GroupRole:
    row = _table(said, path, f"[[{TABLE}.role]]", KNOWN_OF_ROLE)
    if not row.get("group") or not row.get("role") or ("team" in row and "site" in row):
        raise ConfigError(
            "a group brings no role like that",
            where=f"{path}, [[{TABLE}.role]]",
            found=repr(dict(row)),
            expected="group and role, and a team or a site, or neither of them",
        )
    return GroupRole(**row)


def _table(said: object, path: Path, name: str, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(said, dict) or not said.keys() <= known:
        found = ", ".join(sorted(said.keys() - known)) if isinstance(said, dict) else repr(said)
        raise ConfigError(
            "nobody knows this setting", where=f"{path}, {name}", found=found, expected=", ".join(sorted(known))
        )
    return said
