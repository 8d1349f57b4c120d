"""Does every page answer while somebody else writes for three seconds? Pages write too: looks, sessions, the trail."""

from __future__ import annotations

import re
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from tests.browser.centre import PASSWORD
from tests.browser.conftest import Centre, OpenVisit
from tests.browser.pages import PAGES

HELD_SECONDS = 3.0
AT_ONCE = 6


@contextmanager
def writing_elsewhere(home: Path) -> Iterator[None]:
    """Hold the database's one write lock, as a large load of names would, and let it go after three seconds."""
    with ThreadPoolExecutor(1) as apart:
        held = apart.submit(_hold, home / "floorwalker.sqlite3", begun := [False])
        while not begun[0]:
            time.sleep(0.01)
        yield
        held.result()


def _hold(database: Path, begun: list[bool]) -> None:
    connection = sqlite3.connect(database, isolation_level=None, timeout=10)
    connection.execute("begin immediate")
    begun[0] = True
    time.sleep(HELD_SECONDS)
    connection.execute("rollback")
    connection.close()


def status_of(address: str, cookie: str) -> int:
    request = urllib.request.Request(address, headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def log_in(centre: Centre, user: str) -> str:
    """Where a log-in by the form leads."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(centre.url("/account/login/"), timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    given = {"csrfmiddlewaretoken": token[1], "login": user, "password": PASSWORD}
    headers = {"Referer": centre.url("/account/login/")}
    request = urllib.request.Request(centre.url("/account/login/"), urlencode(given).encode(), headers)
    with opener.open(request, timeout=30) as answer:
        return str(answer.url)


def test_pages_answer_while_somebody_else_writes(centre: Centre, visit: OpenVisit) -> None:
    cookies: dict[str | None, str] = {None: ""}
    for user in sorted({page.user for page in PAGES if page.user is not None}):
        kept = visit(user, stays=True).context.cookies()
        cookies[user] = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in kept)
    wanted = {page.route: page.status for page in PAGES}
    with writing_elsewhere(centre.home), ThreadPoolExecutor(AT_ONCE) as readers:
        coming = readers.submit(log_in, centre, "leader")
        asked = {page.route: readers.submit(status_of, centre.url(page.path), cookies[page.user]) for page in PAGES}
        found = {route: answer.result() for route, answer in asked.items()}
        assert "/account/login/" not in coming.result()
    assert found == wanted
