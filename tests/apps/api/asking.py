"""How do tests ask the API? In somebody's place, by a token made for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from floorwalker.apps.notices.actions import create_token
from floorwalker.apps.notices.models import Area, Token
from floorwalker.apps.people.models import User

PLACE = "/api/v1"


class Program:
    """A program with a token of somebody's."""

    def __init__(
        self,
        owner: User,
        *,
        areas: Collection[str] = tuple(Area.values),
        may_write: bool = True,
        at: datetime | None = None,
    ) -> None:
        at = at or timezone.now()
        self.token: Token
        self.token, self.text = create_token(
            "A test",
            areas,
            may_write=may_write,
            expires_at=at + timedelta(days=30),
            owner=owner,
            by=owner.username,
            at=at,
        )
        self.client = Client(raise_request_exception=False)

    def ask(self, method: str, path: str, given: Any = None, **headers: str) -> Any:
        """The answer to a request; headers: with underscores, such as If_Match."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        more: dict[str, Any] = {"headers": {"Authorization": f"Bearer {self.text}", **sent}}
        if method == "get":
            return self.client.get(PLACE + path, given or {}, **more)
        return getattr(self.client, method)(PLACE + path, given or {}, content_type="application/json", **more)

    def get(self, path: str, given: Any = None, **headers: str) -> Any:
        """The answer to a question."""
        return self.ask("get", path, given, **headers)

    def post(self, path: str, given: Any = None, **headers: str) -> Any:
        """The answer to a change."""
        return self.ask("post", path, given, **headers)
