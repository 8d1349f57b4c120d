"""A web process whose requests share three connections: `python -m tests.apps.pooled` prints what came of it as JSON.

It asks the product's own ASGI application, with pages (pooled_pages.py) that hold a connection as long as a test wants; the database of
FLOORWALKER_DATABASE_URL may be empty. No page reads a session, so nothing of it is needed.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import psycopg

from floorwalker.config import Config
from floorwalker.web.prepare import start_django
from tests.web.asked import Asked

MOST = 3
CROWD = 8 * MOST


class Story:
    """What happens to the process, one thing after another, and who is connected meanwhile."""

    def __init__(self, application: Any, outside: psycopg.Connection) -> None:
        self.application, self.outside = application, outside

    def connected(self) -> list[int]:
        """The server's processes for this database, without the one that asks."""
        found = self.outside.execute(
            "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            " and backend_type = 'client backend'"
        )
        return [pid for (pid,) in found]

    def begin(self, path: str, count: int) -> tuple[list[Asked], list[asyncio.Task[Asked]]]:
        """So many requests at once."""
        asked = [Asked(path) for _ in range(count)]
        return asked, [asyncio.create_task(one.run(self.application)) for one in asked]

    async def many(self, path: str, count: int) -> list[Asked]:
        """So many answers to requests at once."""
        return await asyncio.gather(*self.begin(path, count)[1])

    async def told(self) -> dict[str, Any]:
        """All of it."""
        found: dict[str, Any] = {"before": len(self.connected())}
        crowd = await self.many("/who/", CROWD)
        found["crowd"] = [one.status for one in crowd]
        found["shared"] = len({one.body for one in crowd})
        found["after the crowd"] = len(self.connected())
        for pid in (before := self.connected()):
            self.outside.execute("select pg_terminate_backend(%s, 5000)", [pid])
        again = await self.many("/who/", CROWD)
        found["after a restart"] = [one.status for one in again]
        found["survivors"] = sorted(set(before) & {int(one.body) for one in again})
        found |= await self._streams() | await self._exhausted() | await self._given_up()
        return found

    async def _streams(self) -> dict[str, Any]:
        from tests.apps.pooled_pages import LET_GO

        asked, tasks = self.begin("/stream/", 2 * MOST)
        await asyncio.wait_for(asyncio.gather(*(one.begun.wait() for one in asked)), 30)
        beside = await self.many("/who/", MOST)
        LET_GO["streams"].set()
        await asyncio.gather(*tasks)
        return {"beside streams": [one.status for one in beside], "streams": [one.body.decode() for one in asked]}

    async def _exhausted(self) -> dict[str, Any]:
        from django.db import connection

        from tests.apps.pooled_pages import LET_GO

        _asked, tasks = self.begin("/held/", MOST)
        while self._waiting_pages() < MOST:
            await asyncio.sleep(0.01)
        # A test waits less long than a reader; only here, where nobody can get one.
        connection.pool.timeout, waited = 0.2, connection.pool.timeout  # type: ignore[attr-defined]
        (page,), (program,) = await self.many("/who/", 1), await self.many("/api/v1/held/", 1)
        connection.pool.timeout = waited  # type: ignore[attr-defined]
        LET_GO["pages"].set()
        held = [(await task).status for task in tasks]
        return {
            "exhausted": [page.status, page.headers.get("retry-after"), page.body.decode()],
            "program": [program.status, program.headers["content-type"], program.body.decode()],
            "held": held,
        }

    def _waiting_pages(self) -> int:
        from django.db import connection

        taken = connection.pool.get_stats()  # type: ignore[attr-defined]
        return int(taken["pool_size"] - taken["pool_available"]) if taken["pool_size"] == MOST else 0

    async def _given_up(self) -> dict[str, Any]:
        from tests.apps.pooled_pages import LET_GO

        LET_GO["pages"].clear()
        asked, tasks = self.begin("/held/", MOST)
        while self._waiting_pages() < MOST:
            await asyncio.sleep(0.01)
        for one in asked:
            one.gone.set()
        LET_GO["pages"].set()
        await asyncio.gather(*tasks)
        return {"after readers left": [one.status for one in await self.many("/who/", CROWD)]}


def main() -> None:
    """Tell the story of this process."""
    start_django()
    from django.conf import settings
    from django.db import connection

    settings.ROOT_URLCONF = "tests.apps.pooled_pages"
    with psycopg.connect(Config.from_environment().database_url, autocommit=True) as outside:
        connection.ensure_connection()
        command = len(Story(None, outside).connected())
        from floorwalker.web.asgi import application

        found = asyncio.run(Story(application, outside).told())
    print(json.dumps({"command": command, **found}))


if __name__ == "__main__":
    main()
