"""Are API tokens made, listed and ended on the command line?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from tests.cli.conftest import Terminal


def test_a_token_is_made_listed_and_ended(cardiff: Terminal) -> None:
    cardiff.ask("user", "add", "robin", "--role", "operations_manager")
    made = cardiff.ask("token", "create", "Wallboard", "--user", "robin", "--area", "figures")
    found = re.search(r"fw_([0-9a-f]{8})_[\w-]{43}", made)
    assert found is not None
    listed = cardiff.ask("token", "list")
    assert found[1] in listed and found[0] not in listed
    assert all(word in listed for word in ("Wallboard", "robin", "read", "figures", "never"))
    assert "ended" in cardiff.ask("token", "end", found[1])
    assert "ended" in cardiff.ask("token", "list", "--user", "robin")


def test_what_cannot_be_is_said(cardiff: Terminal) -> None:
    cardiff.ask("user", "add", "robin", "--role", "operations_manager")
    assert "there is no user 'robbin': did you mean 'robin'?" in cardiff.ask(
        "token", "create", "A", "--user", "robbin", code=2
    )
    assert "is not a day" in cardiff.ask("token", "create", "A", "--user", "robin", "--until", "soon", code=2)
    late = (datetime.now(UTC) + timedelta(days=400)).date().isoformat()
    assert "within a year" in cardiff.ask("token", "create", "A", "--user", "robin", "--until", late, code=1)
    assert "there is no token '00000000'" in cardiff.ask("token", "end", "00000000", code=2)
