"""How is a page asked for as a web server asks for it, by a reader who may go away?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Asked:
    """One request under way: what has been sent of its answer, and how its reader goes away."""

    path: str
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    read: bool = False

    async def run(self, application: Any) -> Asked:
        """Ask, and wait for the end."""
        scope = {"type": "http", "method": "GET", "path": self.path, "query_string": b"", "http_version": "1.1"}
        await application(
            {**scope, "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1)}, self._receive, self._send
        )
        return self

    async def _receive(self) -> dict[str, Any]:
        if not self.read:
            self.read = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        elif message.get("body"):
            self.body += message["body"]
            self.begun.set()
