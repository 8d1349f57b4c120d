"""Would the browser tests see what they look for? Each check is shown a page that is wrong."""

from __future__ import annotations

from tests.browser.conftest import OpenVisit, axe, overflow, walk

WRONG = """<!doctype html><html><head><title>x</title></head><body><main>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="2000" height="10">
<a href="#a" style="outline:none">unseen focus</a></main></body></html>"""


def test_axe_and_width_and_focus_are_seen(visit: OpenVisit) -> None:
    page = visit().page
    page.set_content(WRONG)
    found = axe(page)
    assert any(line.startswith("image-alt") for line in found)
    assert any(line.startswith("html-has-lang") for line in found)
    assert overflow(page) > 0
    assert [stop.ring for stop in walk(page)] == [False]


def test_complaints_are_heard(visit: OpenVisit) -> None:
    one = visit()
    page = one.go("/account/login/")
    with page.expect_console_message():
        page.evaluate("() => document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    assert any("Content Security Policy" in text for text in one.complaints)
    one.complaints.clear()
    page.evaluate("() => fetch('http://192.0.2.1/').catch(() => null)")
    assert any("192.0.2.1" in text for text in one.complaints)
    one.complaints.clear()
