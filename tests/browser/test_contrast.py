"""Is every word on the main pages seen against what lies behind it, as the browser paints it, in every theme?

WCAG 2.2 asks for 4.5 to 1, and 3 to 1 for large text (1.4.3); the theme of more contrast promises 7 to 1 for all (1.4.6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenVisit, Visit
from tests.browser.pages import PAGES, Opened

MAIN = frozenset(
    """account_login home centre team_board agent_page agent_trend measure_page measures search people person
    loads load audit notices account tokens targets style""".split()
)


@dataclass(frozen=True)
class Theme:
    """One way in which pages are painted: what the reader chose, what the system wishes, and what is promised."""

    chosen: str
    scheme: str
    wish: str
    promised: float
    promised_large: float


THEMES = {
    "light": Theme("light", "dark", "no-preference", 4.5, 3),
    "dark": Theme("dark", "light", "no-preference", 4.5, 3),
    "light by system": Theme("system", "light", "no-preference", 4.5, 3),
    "dark by system": Theme("system", "dark", "no-preference", 4.5, 3),
    "contrast, light": Theme("contrast", "light", "no-preference", 7, 7),
    "contrast, dark": Theme("contrast", "dark", "no-preference", 7, 7),
    "contrast by system, light": Theme("light", "light", "more", 7, 7),
    "contrast by system, dark": Theme("system", "dark", "more", 7, 7),
}

# Every text that is painted, with its contrast: its colour (an SVG's fill) over all backgrounds behind it, thinned by opacity.
MEASURE = """([promised, promisedLarge]) => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const read = (text) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const lightness = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [lightness(one), lightness(other)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  // The body paints the whole window: what lies behind it never shows.
  const sky = [255, 255, 255, 1];
  const lineage = (element) => element ? [...lineage(element.parentElement), element] : [];
  const behind = (element) => lineage(element).reduce((under, one) => over(read(getComputedStyle(one).backgroundColor), under), sky);
  const thinned = (element) => lineage(element).reduce((share, one) => share * Number(getComputedStyle(one).opacity), 1);
  const weak = []; let seen = 0;
  const judge = (element, text) => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (element.matches(':disabled') || box.width <= 1 || box.height <= 1) return;
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return;
    if (element.closest('.unseen, .skip')) return;
    const ground = behind(element);
    const paint = read(element.closest('svg') ? style.fill : style.color);
    paint[3] *= thinned(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = ratio(over(paint, ground), ground);
    seen += 1;
    if (found < (large ? promisedLarge : promised)) {
      const place = `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') || ''}">`;
      weak.push(`${found.toFixed(2)}: ${text.trim().slice(0, 50)} ${place}`);
    }
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    const painted = !['SCRIPT', 'STYLE', 'OPTION', 'TEXTAREA'].includes(parent.tagName);
    if (walk.currentNode.data.trim() && painted) judge(parent, walk.currentNode.data);
  }
  const fields = document.querySelectorAll('input:not([type=hidden]), select, textarea');
  fields.forEach((field) => judge(field, field.value || 'field'));
  return { seen, weak: [...new Set(weak)] };
}"""


def paint(one: Visit, theme: Theme) -> None:
    """Choose the theme as the reader does, and wish as her system does."""
    one.context.add_cookies([{"name": "theme", "value": theme.chosen, "url": one.centre.address}])
    contrast: Any = theme.wish
    scheme: Any = theme.scheme
    one.page.emulate_media(color_scheme=scheme, contrast=contrast)


def measure(page: Page, theme: Theme) -> tuple[int, list[str]]:
    """How many texts are painted, and which of them too weakly."""
    found = page.evaluate(MEASURE, [theme.promised, theme.promised_large])
    return found["seen"], found["weak"]


# The pages with the most kinds of parts at each change, the others by `make slow`.
FEW = ("team_board", "account_login")
SOME = [
    pytest.param(one, marks=() if one.route in FEW else pytest.mark.slow, id=one.route)
    for one in PAGES
    if one.route in MAIN
]


@pytest.mark.parametrize("opened", SOME)
def test_every_word_stands_out(opened: Opened, visit: OpenVisit) -> None:
    one = visit(opened.user)
    wrong: dict[str, list[str]] = {}
    for name, theme in THEMES.items():
        paint(one, theme)
        seen, weak = measure(one.go(opened.path, opened.status), theme)
        assert seen > 8
        if weak:
            wrong[name] = weak
    assert wrong == {}


def test_the_measuring_finds_what_is_weak(visit: OpenVisit) -> None:
    page = visit("leader").go("/measures/")
    page.evaluate("() => { document.querySelector('h1').style.color = 'rgb(150 150 150)'; }")
    page.evaluate("() => { document.querySelector('main p').style.opacity = '0.4'; }")
    _seen, weak = measure(page, THEMES["light"])
    assert any("What is measured here?" in line for line in weak)
    assert any("Every measure has one definition" in line for line in weak)


def test_themes_differ_and_words_are_black_or_white_at_most_contrast(visit: OpenVisit) -> None:
    one = visit("leader")
    seen = {}
    for name, theme in THEMES.items():
        paint(one, theme)
        page = one.go("/measures/")
        style = "() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]; }"
        seen[name] = tuple(page.evaluate(style))
    assert seen["light"] == seen["light by system"] != seen["dark"] == seen["dark by system"]
    assert seen["contrast, light"] == seen["contrast by system, light"] == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    assert seen["contrast, dark"] == seen["contrast by system, dark"] == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_colours_that_the_system_forces_keep_what_is_chosen(visit: OpenVisit) -> None:
    one = visit("boss")
    one.page.emulate_media(forced_colors="active")
    page = one.go("/centre/")
    pressed = page.locator(".theme [aria-pressed=true]")
    assert pressed.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.locator("#open-palette").click()
    page.locator("#palette-asked").fill("a")
    option = page.locator("[role=option][aria-selected=true]")
    option.wait_for()
    other = page.locator("[role=option][aria-selected=false]").first
    back = "e => getComputedStyle(e).backgroundColor"
    assert option.evaluate(back) != other.evaluate(back)
