"""What does every page look like? docs/screens/ has each one wide and light, and narrow and dark; `make screens` renews them."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from tests.browser.conftest import WIDTHS, OpenVisit
from tests.browser.pages import PAGES, Opened
from tests.shared_data import ROOT

SCREENS = ROOT / "docs" / "screens"
LOOKS = (("desk", "light"), ("phone", "dark"))
MOST_BYTES = 12_000_000
TALLEST = {"desk": 1_200, "phone": 1_400}
QUALITY = 42


def file_of(page: Opened, width: str, scheme: str) -> Path:
    """Where the picture is kept."""
    return SCREENS / f"{page.route.replace(' ', '-')}-{WIDTHS[width][0]}-{scheme}.webp"


def index() -> str:
    """The page that shows them all, in the order of the matrix."""
    lines = [
        "# Every page\n",
        "Written by `make screens`; do not edit. An invented centre with two teams: wide and light, narrow and dark.\n",
    ]
    for page in PAGES:
        who = f"opened by {page.user}" if page.user else "before anybody has logged in"
        shown = " ".join(f'<img src="{file_of(page, *look).name}" alt="" height="420">' for look in LOOKS)
        lines += [f"## {page.route}\n", f"`{page.path}`, {who}\n", f"{shown}\n"]
    return "\n".join(lines)


def take_pictures(visit: OpenVisit) -> None:
    """Both pictures of every page, and the page that shows them; those of pages that are gone go too."""
    SCREENS.mkdir(exist_ok=True)
    for width, scheme in LOOKS:
        for page in PAGES:
            one = visit(page.user, width=width, scheme=scheme)
            one.go(page.path, page.status)
            across = WIDTHS[width][0]
            tall = min(TALLEST[width], one.page.evaluate("document.documentElement.scrollHeight"))
            taken = one.context.new_cdp_session(one.page).send(
                "Page.captureScreenshot",
                {
                    "format": "webp",
                    "quality": QUALITY,
                    "captureBeyondViewport": True,
                    "clip": {"x": 0, "y": 0, "width": across, "height": tall, "scale": 1},
                },
            )
            file_of(page, width, scheme).write_bytes(base64.b64decode(taken["data"]))
            one.context.close()
    wanted = {file_of(page, *look) for page in PAGES for look in LOOKS}
    for left in set(SCREENS.glob("*.webp")) - wanted:
        left.unlink()
    (SCREENS / "README.md").write_text(index(), encoding="utf-8")


if os.environ.get("FLOORWALKER_SCREENS"):  # a command for whoever asks, not a test that is skipped

    def test_pictures_are_taken(visit: OpenVisit) -> None:
        take_pictures(visit)


def test_every_page_has_its_pictures() -> None:
    wanted = {file_of(page, *look) for page in PAGES for look in LOOKS}
    kept = set(SCREENS.glob("*.webp"))
    assert sorted(path.name for path in wanted ^ kept) == [], "make screens renews them"
    assert all(path.read_bytes()[8:12] == b"WEBP" for path in kept)
    assert sum(path.stat().st_size for path in kept) <= MOST_BYTES
    assert (SCREENS / "README.md").read_text(encoding="utf-8") == index()
