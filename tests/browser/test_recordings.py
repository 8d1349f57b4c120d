"""Is a recording heard, followed and marked by keyboard, with nothing fetched before it plays and no more than is heard?"""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MILLISECONDS, OpenVisit

AN_HOUR_BYTES = 3600 * 8000


def fetched(page: Page) -> list[str]:
    """The parts of sounds that are asked for from now on."""
    found: list[str] = []
    page.on("request", lambda asked: "/file/" in asked.url and found.append(asked.headers.get("range", "all")))
    return found


def now(page: Page) -> float:
    """Where the sound is, in seconds."""
    return float(page.evaluate("document.querySelector('[data-leads]').currentTime"))


def test_a_conversation_is_heard_followed_and_marked_by_keyboard(visit: OpenVisit) -> None:
    page = visit("leader").go("/recordings/{recording}/")
    asked = fetched(page)
    slider = page.get_by_role("slider", name="Position in the recording")
    expect(slider).to_have_attribute("aria-valuemax", "12")
    page.keyboard.press("l")
    expect(page.locator("[data-now]")).to_have_text("0:05")
    assert asked == []  # nobody has heard anything yet
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    # Two seconds on, by the sound's own clock: beside much else it begins late.
    expect(page.locator(".turns .said")).to_contain_text("I am booking an engineer", timeout=PATIENCE_MILLISECONDS)
    assert asked and now(page) >= 5
    page.keyboard.press(".")
    expect(page.locator("[data-speed]")).to_have_text("1.25×")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.keyboard.press("j")
    slider.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "0:05 of 0:12")
    page.keyboard.press("m")
    expect(page.get_by_label("Note")).to_be_focused()
    page.keyboard.type("jl m, and . are letters here")
    page.keyboard.press("Enter")
    mark = page.locator(".marks li", has_text="are letters here")
    expect(mark.locator("a")).to_have_text("0:05")
    assert re.fullmatch(r"/recordings/\d+/marks/\d+/", mark.locator("a").get_attribute("href") or "")
    page.get_by_label("From").fill("99:00")
    page.get_by_label("From").press("Enter")
    expect(page.locator("#begins-wrong")).to_have_text("The recording ends at 0:12.")
    mark.get_by_role("button", name="Take off").press("Enter")
    expect(mark).to_have_count(0)


@pytest.mark.slow
def test_an_hour_is_heard_from_its_fiftieth_minute_over_a_slow_line(visit: OpenVisit) -> None:
    page = visit("leader").go("/recordings/{hour}/marks/{late}/")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 80, "downloadThroughput": 60_000, "uploadThroughput": 20_000}
    line.send("Network.emulateNetworkConditions", slow)
    asked, sent = fetched(page), [0]
    line.on("Network.dataReceived", lambda told: sent.append(told["dataLength"]))
    began = time.monotonic()
    page.get_by_role("button", name="Play").click()
    while now(page) < 3000.5 and time.monotonic() < began + 15:
        page.wait_for_timeout(50)
    took = time.monotonic() - began
    print(f"from the fiftieth minute of an hour after {took:.1f} s, {sum(sent):,} bytes of {AN_HOUR_BYTES:,}: {asked}")
    assert took < 10
    assert sum(sent) < AN_HOUR_BYTES / 20
    assert any(int(part.removeprefix("bytes=").split("-")[0]) > AN_HOUR_BYTES * 0.8 for part in asked)


# What a recorder of screens would have made: four seconds of a counter, painted by the browser itself.
PAINT = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [160, 120];
  const brush = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: "video/webm;codecs=vp8" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const done = new Promise((ended) => { recorder.onstop = ended; });
  recorder.start();
  for (let n = 0; n < 60; n++) {
    brush.fillStyle = `rgb(${4 * n} 0 0)`;
    brush.fillRect(0, 0, 160, 120);
    await new Promise((next) => { setTimeout(next, 67); });
  }
  recorder.stop();
  await done;
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}"""
LATE, FILM_SECONDS = 2, 4
SCREEN_NOW = "document.querySelector('[data-follows]').currentTime"


@pytest.mark.slow
def test_the_screen_runs_in_step_with_the_sound(visit: OpenVisit) -> None:
    """The screen began two seconds after the sound: it waits, follows, and is where it ought to be after a leap."""
    one = visit("leader")
    film = bytes(one.go("/recordings/{screened}/").evaluate(PAINT))
    (one.centre.home / "kept" / "screen.webm").write_bytes(film)
    page = one.go("/recordings/{screened}/")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(700)
    assert float(page.evaluate(SCREEN_NOW)) == 0 and now(page) > 0
    slider = page.get_by_role("slider")
    for keys, seconds in ((["Home", "ArrowRight"], 700), (["ArrowRight"], 700), (["Home"], 300), (["ArrowRight"], 300)):
        slider.focus()
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(seconds)
        wanted = min(max(0.0, now(page) - LATE), FILM_SECONDS)
        assert abs(wanted - float(page.evaluate(SCREEN_NOW))) < 0.5, keys
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-follows]').paused")
