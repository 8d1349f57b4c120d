"""Is an installation behind a proxy with TLS as strict as it can be, and one with a weak secret not started at all?"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from floorwalker.config import Config
from floorwalker.errors import ConfigError
from floorwalker.web.secrets import FILE_NAME, read_or_make_secret
from tests.migrated import begin_home
from tests.shared_data import ROOT

SAID = """
import django; django.setup()
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["floor.example"]
for given in ({}, {"X-Forwarded-Proto": "https"}, {"X-Other-Proto": "https"}):
    answer = Client().get("/.well-known/security.txt", headers={"host": "floor.example", **given})
    print(answer.status_code, answer.headers.get("Location"), answer.headers.get("Strict-Transport-Security"))
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)
"""


def in_a_process(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "floorwalker.web.settings",
        "FLOORWALKER_HOME": str(home),
        "FLOORWALKER_DATABASE_URL": f"sqlite:///{home / 'floorwalker.sqlite3'}",
        **more,
    }
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_django_finds_nothing_to_warn_of_behind_tls(tmp_path: Path) -> None:
    asked = ("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    done = in_a_process(tmp_path, *asked, FLOORWALKER_PROXY_HEADER="X-Forwarded-Proto")
    assert done.returncode == 0, done.stderr
    without = in_a_process(tmp_path, *asked)
    assert without.returncode != 0 and "security.W004" in without.stderr and "security.W012" in without.stderr


def test_the_named_header_alone_is_believed(tmp_path: Path) -> None:
    more = {"FLOORWALKER_PROXY_HEADER": "X-Forwarded-Proto", "FLOORWALKER_SECURITY_CONTACT": "mailto:it@floor.example"}
    done = in_a_process(tmp_path, "-c", SAID, **more)
    plain, told, other, cookies = done.stdout.splitlines()
    assert plain == other == "301 https://floor.example/.well-known/security.txt None", done.stderr
    assert told == "200 None max-age=31536000" and cookies == "True True"


@pytest.mark.parametrize("weak", ["short", "a" * 64, "abcabcabc" * 10])
def test_a_weak_secret_stops_the_start(tmp_path: Path, weak: str) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / FILE_NAME).write_text(weak)
    with pytest.raises(ConfigError, match="can be guessed"):
        read_or_make_secret(tmp_path / "keys")


def test_serve_does_not_start_with_a_weak_secret(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / FILE_NAME).write_text("a" * 64)
    done = in_a_process(begin_home(tmp_path), "-m", "floorwalker", "serve", "--port", "8917")
    assert done.returncode != 0 and "can be guessed" in done.stdout + done.stderr


def test_bad_settings_are_named(tmp_path: Path) -> None:
    for name, wrong in (
        ("FLOORWALKER_PROXY_HEADER", "X-Forwarded-Proto: https"),
        ("FLOORWALKER_SECURITY_CONTACT", "it@floor.example"),
    ):
        with pytest.raises(ConfigError) as found:
            Config.from_environment({"FLOORWALKER_HOME": str(tmp_path), name: wrong})
        assert found.value.where == name and found.value.found == wrong


@pytest.mark.django_db
def test_where_weaknesses_are_told_is_said_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404
    said = replace(settings.FLOORWALKER, security_contact="mailto:it@floor.example")
    monkeypatch.setattr(settings, "FLOORWALKER", said)
    answer = Client().get("/.well-known/security.txt")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/plain")
    assert answer.content.decode().startswith("Contact: mailto:it@floor.example\nExpires: 20")


@pytest.mark.django_db
def test_pages_ask_the_browser_for_passkeys_and_for_nothing_else() -> None:
    said = Client().get("/account/login/").headers["Permissions-Policy"]
    assert "camera=()" in said and "microphone=()" in said and "publickey-credentials-get=(self)" in said
