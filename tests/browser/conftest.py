"""How does a test open a page in a real browser? A server on loopback, a browser, and what a good page must not do."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, StorageState, sync_playwright

from tests.browser.centre import PASSWORD
from tests.migrated import begin_home
from tests.once import copied, made_once
from tests.shared_data import ROOT, cannot_run

WIDTHS = {"desk": (1366, 768), "phone": (390, 844)}
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
START_SECONDS = 90
# `make screens` takes its pictures at one fixed instant.
SERVER = "tests.browser.still" if os.environ.get("FLOORWALKER_SCREENS") else "floorwalker"
PATIENCE_MILLISECONDS = 15_000
# What a module of tests says of the home that it has filled.
KNOWN = "known.json"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of this folder are known as such."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Centre:
    """The server under test, and the ids of what it shows."""

    address: str
    known: dict[str, str]
    home: Path
    logged_in: dict[str, StorageState] = field(default_factory=dict)

    def url(self, path: str) -> str:
        """The full address of a page; {team}, {agent} and {invitation} are filled in."""
        return self.address + path.format(**self.known)


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_served(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when a page is answered: it listens before it has loaded them. A server that died shows its last words."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=START_SECONDS):
            return
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()[-2000:]}")


@contextmanager
def served(folder: Path, built_by: str) -> Iterator[Centre]:
    """An installation below that folder, filled by a module of tests once in a run, and served within the block."""
    copied(made_once(built_by, partial(_build, built_by)), folder)
    environment, known = environment_of(folder / "home"), json.loads((folder / KNOWN).read_text())
    port, log = free_port(), folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", SERVER, "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            wait_until_served(server, port, log)
            yield Centre(f"http://127.0.0.1:{port}", known, folder / "home")
        finally:
            server.terminate()
            server.wait(timeout=10)


def _build(built_by: str, folder: Path) -> None:
    """Fill a home below that folder in a process of its own; beside it lies what the tests need to know of it."""
    built = subprocess.run(
        [sys.executable, "-m", built_by],
        cwd=ROOT,
        env=environment_of(begin_home(folder / "home")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr[-3000:]
    (folder / KNOWN).write_text(built.stdout.splitlines()[-1])


def environment_of(home: Path) -> dict[str, str]:
    """Under which settings the processes of a test's installation run."""
    # A mail server at which nobody answers: its pages are looked at, nothing is sent.
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_SECURITY": "none", "SMTP_PORT": "9", "MAIL_FROM": "floor@example.org"}
    given = {"HOME": str(home), "ADDRESS": "http://127.0.0.1"} | mail
    return {**os.environ, **{f"FLOORWALKER_{name}": value for name, value in given.items()}}


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """The small centre, served until the tests end."""
    with served(tmp_path_factory.mktemp("browser"), "tests.browser.centre") as found:
        yield found


def browser_path() -> str:
    """Chromium as FLOORWALKER_CHROMIUM names it, or the system's own."""
    named = os.environ.get("FLOORWALKER_CHROMIUM")
    found = shutil.which(named) if named else shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        cannot_run(f"no browser: {named or 'chromium'} is not installed (FLOORWALKER_CHROMIUM names another)")
    assert found is not None
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser for the tests of this folder; while it is open, Django takes its process for one that must not wait."""
    path = browser_path()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, headless=True, args=list(SWITCHES))
        yield opened
        opened.close()


# A page that is meant to answer 404, or 422 to a form that is not right yet, makes the browser say so; it is checked where
# it is asked for. htmx calls a request
# that was given up (the reader typed on, the window closed) an error, in two lines; one that failed says sendError.
EXPECTED = ("status of 404", "status of 422", "htmx:sendAbort", "htmx:afterRequest")


@dataclass(eq=False)
class Visit:
    """One person in one browser window, and everything that went wrong in it."""

    context: BrowserContext
    page: Page
    centre: Centre
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str, status: int = 200) -> Page:
        """Open a page and check its status."""
        answer = self.page.goto(self.centre.url(path))
        assert answer is not None and answer.status == status, f"{path}: {answer and answer.status}"
        return self.page

    def look_at(self, width: str, scheme: str) -> None:
        """Change the window's width and the reader's wish for light or dark."""
        across, down = WIDTHS[width]
        self.page.set_viewport_size({"width": across, "height": down})
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    def log_in(self, user: str) -> Visit:
        """Log in as that user, through the page; later windows take over the session."""
        if user in self.centre.logged_in:
            return self
        self.go("/")
        self.page.get_by_label("User name").fill(user)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in", exact=True).click()
        self.page.wait_for_load_state()
        assert self.page.get_by_role("heading", name="Log in", exact=True).count() == 0, "the log-in was refused"
        self.centre.logged_in[user] = self.context.storage_state()
        return self

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains about: errors of scripts, violations of the policy."""
        if message.type == "error" and not any(words in message.text for words in EXPECTED):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def asked(self, request: Request) -> None:
        """Keep every request that leaves this machine."""
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.hostname not in ("127.0.0.1", "localhost"):
            self.complaints.append(f"{self.page.url} asked {request.url}")


OpenVisit = Callable[..., Visit]


@pytest.fixture(scope="package")
def windows(browser: Browser) -> dict[tuple[str | None, bool], Visit]:
    """By user, with script and without, the window that stays open from page to page."""
    return {}


@pytest.fixture
def visit(browser: Browser, centre: Centre, windows: dict[tuple[str | None, bool], Visit]) -> Iterator[OpenVisit]:
    """Open windows: visit("leader", width="phone", scheme="dark", script=False); complaints fail the test at its end.

    With stays=True the one in which that user has looked at other pages: styles and scripts are there. A test that leaves
    something behind in the browser, such as a cookie, opens its own.
    """
    with visiting(browser, centre, windows) as open_visit:
        yield open_visit


@contextmanager
def visiting(browser: Browser, centre: Centre, windows: dict[tuple[str | None, bool], Visit]) -> Iterator[OpenVisit]:
    """Windows on a centre; those in `windows` stay open when the block ends."""
    visits: list[Visit] = []

    def open_visit(
        user: str | None = None,
        *,
        width: str = "desk",
        scheme: str = "light",
        script: bool = True,
        stays: bool = False,
    ) -> Visit:
        if not stays:
            return open_window(user, width, scheme, script)
        if (user, script) not in windows:
            windows[user, script] = open_window(user, width, scheme, script)
        one = windows[user, script]
        one.look_at(width, scheme)
        if one not in visits:
            visits.append(one)
        return one

    def open_window(user: str | None, width: str, scheme: str, script: bool) -> Visit:
        across, down = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": across, "height": down},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="en-GB",
            storage_state=centre.logged_in.get(user) if user is not None else None,
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        one = Visit(context, context.new_page(), centre)
        one.page.on("console", one.heard)
        one.page.on("pageerror", lambda error: one.complaints.append(f"{one.page.url}: {error}"))
        one.page.on("request", one.asked)
        visits.append(one)
        return one.log_in(user) if user is not None else one

    yield open_visit
    complaints = [complaint for one in visits for complaint in one.complaints]
    for one in visits:
        if one in windows.values():
            one.complaints.clear()
        else:
            one.context.close()
    assert complaints == []


def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page, one line each with rule, element and reason."""
    found = Axe().run(page)
    return [
        f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    pixels: int = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels


FOCUSED = """() => {
  const on = document.activeElement;
  if (!on || on === document.body) return null;
  const box = on.getBoundingClientRect(), style = getComputedStyle(on);
  const order = [...document.querySelectorAll('*')].indexOf(on);
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  return {
    name: (on.getAttribute('aria-label') || on.innerText || on.getAttribute('name') || on.tagName).trim().slice(0, 60),
    tag: on.tagName, order, ring,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@dataclass(frozen=True)
class Stop:
    """One stop of the Tab key."""

    name: str
    tag: str
    order: int
    ring: bool
    seen: bool


def walk(page: Page, most: int = 400) -> list[Stop]:
    """Where the Tab key leads, from the top of the page until it leaves or comes round again."""
    stops: list[Stop] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if stops and found is not None and found["order"] == stops[-1].order:
            continue  # a date is one element with a stop for each of its parts
        if found is None or any(stop.order == found["order"] for stop in stops):
            return stops
        stops.append(Stop(**found))
    raise AssertionError(f"the Tab key did not come round in {most} steps")
