"""Is mail off until it is set up, and are settings refused that would send nothing, or figures unprotected?"""

from __future__ import annotations

from pathlib import Path

import pytest

from floorwalker.config import Config, Mail
from floorwalker.errors import ConfigError

GIVEN = {
    "FLOORWALKER_SMTP_HOST": "mail.example.org",
    "FLOORWALKER_MAIL_FROM": "floor@example.org",
    "FLOORWALKER_ADDRESS": "https://floor.example.org/",
}


def test_mail_is_off_until_a_server_is_named(tmp_path: Path) -> None:
    assert Config.from_environment({"FLOORWALKER_HOME": str(tmp_path)}).mail is None


def test_a_server_needs_no_more_than_a_sender_and_an_address(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("quiet heron\n")
    assert Mail.from_environment(GIVEN) == Mail(
        "mail.example.org", 587, "starttls", "", "", "floor@example.org", "https://floor.example.org"
    )
    more = {"FLOORWALKER_SMTP_SECURITY": "tls", "FLOORWALKER_SMTP_PASSWORD_FILE": str(secret)}
    found = Mail.from_environment(GIVEN | more)
    assert found is not None and (found.port, found.password) == (465, "quiet heron")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_SECURITY", "ssl"),
        ("SMTP_SECURITY", "none"),
        ("SMTP_PORT", "0"),
        ("SMTP_PORT", "mail"),
        ("MAIL_FROM", ""),
        ("MAIL_FROM", "a@b@c"),
        ("MAIL_FROM", "floor@example.org\nBcc: x@example.org"),
        ("ADDRESS", "floor.example.org"),
        ("SMTP_PASSWORD_FILE", "/nowhere/at/all"),
    ],
)
def test_what_cannot_work_stops_the_start_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Mail.from_environment(GIVEN | {f"FLOORWALKER_{name}": value})
    assert f"FLOORWALKER_{name}" in str(refused.value)
