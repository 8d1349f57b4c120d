"""Several processes ask the API by one token at once: `python -m tests.apps.api.rivals ask NUMBER` is one of them.

Each sends the same changes under the same keys and counts the same uses; FLOORWALKER_HOME names the installation.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from floorwalker.config import Config
from floorwalker.web.prepare import prepare
from tests.apps.people.rivals import start_together

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHANGES, USES = 15, 40


def set_up() -> str:
    """Somebody who manages people, a token of hers, and another whose uses are counted."""
    from floorwalker.apps.notices.actions import create_token
    from floorwalker.apps.people import actions

    owner = actions.add_user("programmer", "operations_manager", by="test", at=NOW)
    at = datetime.now(UTC)
    given: dict[str, Any] = {
        "may_write": True,
        "expires_at": at + timedelta(days=1),
        "owner": owner,
        "by": "programmer",
        "at": at,
    }
    create_token("Counted", ["people"], **given)
    return create_token("Rivals", ["people"], **given)[1]


def ask(number: int, rivals: int, text: str) -> list[int]:
    """Make the same teams under the same keys as every other rival; the numbers of those that were answered."""
    from django.test import Client

    from floorwalker.apps.notices.models import Token
    from floorwalker.apps.notices.tokens import count_use

    client, token = Client(SERVER_NAME="localhost"), Token.objects.get(name="Counted")
    start_together(number, rivals)
    made = []
    for change in range(CHANGES):
        headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": f"key-{change}"}
        given = {"name": f"Team {change}"}
        answer = client.post("/api/v1/teams", given, content_type="application/json", headers=headers)
        assert answer.status_code == 201, answer.content
        made.append(answer.json()["id"])
    for _ in range(USES):
        count_use(token, NOW)
    return made


def main() -> None:
    """Set up the stage (`set-up`), ask (`ask NUMBER RIVALS TOKEN`), or say what came of it (`tell`)."""
    prepare(Config.from_environment())
    from floorwalker.apps.notices.models import Answered, Token
    from floorwalker.apps.people.models import AuditEntry, Team

    task, *given = sys.argv[1:]
    if task == "set-up":
        print(set_up())
    elif task == "ask":
        print(*ask(int(given[0]), int(given[1]), given[2]))
    else:
        entries = AuditEntry.objects.filter(verb="add_team").count()
        print(Team.objects.count(), entries, Answered.objects.count(), Token.objects.get(name="Counted").window_count)


if __name__ == "__main__":
    main()
