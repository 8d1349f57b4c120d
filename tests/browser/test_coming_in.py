"""Can somebody set up and use a second factor in a browser: an app's code by the keyboard alone, a passkey by a finger?"""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.browser.centre import PASSWORD
from tests.browser.conftest import WIDTHS, OpenVisit, Visit, axe, overflow


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def looks_right(one: Visit, page: Page) -> list[str]:
    """What is wrong with the page that is open, at every width and in both schemes."""
    wrong = []
    for width, scheme in product(WIDTHS, ("light", "dark")):
        one.look_at(width, scheme)
        wrong += [*axe(page), *([f"{overflow(page)} pixels too wide"] if overflow(page) > 0 else [])]
    return wrong


def type_log_in(page: Page, user: str) -> None:
    page.get_by_label("User name").focus()
    page.keyboard.type(user)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_apps_code_is_set_up_and_typed_by_keyboard_alone(visit: OpenVisit, tmp_path: Path) -> None:
    one = visit("keeper")
    page = one.go("/account/")
    page.get_by_role("link", name="Set up an app").press("Enter")
    page.wait_for_url("**/second-factor/app/")
    assert looks_right(one, page) == []
    secret = page.locator(".secret").inner_text()
    assert page.locator("img.qr").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    page.get_by_label("Code").press_sequentially(code_of(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/codes/")
    assert looks_right(one, page) == [] and page.locator(".codes code").count() == 10
    with page.expect_download() as file:
        page.get_by_role("link", name="Keep as a file").press("Enter")
    file.value.save_as(tmp_path / "codes.txt")
    codes = (tmp_path / "codes.txt").read_text().split()
    assert len(codes) == 10
    other = visit()
    page = other.go("/account/login/")
    type_log_in(page, "keeper")
    assert page.get_by_role("heading", name="The second step").is_visible() and looks_right(other, page) == []
    # The field has the focus already; the app's code of this half minute may be spent, a recovery code is not.
    page.keyboard.type("12345")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="There is a problem").wait_for()
    page.get_by_label("Code").press_sequentially(codes[0])
    page.keyboard.press("Enter")
    page.get_by_role("link", name="My account").wait_for()
    for path in ("/account/second-factor/again/", "/account/second-factor/app/remove/"):
        other.go(path)
        assert looks_right(other, page) == []
    page.get_by_role("button", name="Remove it").press("Enter")
    page.get_by_role("link", name="Set up an app").wait_for()


@pytest.fixture
def finger(visit: OpenVisit) -> Visit:
    """A window on a device that keeps passkeys and knows a finger; passkeys need a name, not a number, for this machine."""
    one = visit()
    tool = one.context.new_cdp_session(one.page)
    tool.send("WebAuthn.enable")
    kept = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True, **kept}
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    return one


def log_out(page: Page) -> None:
    page.locator("header").get_by_role("button", name="Log out").click()
    page.wait_for_url("**/account/login/")


@pytest.mark.slow
def test_a_passkey_is_added_and_lets_somebody_in_alone(finger: Visit) -> None:
    page, address = finger.page, finger.centre.address.replace("127.0.0.1", "localhost")
    page.goto(f"{address}/account/login/")
    type_log_in(page, "carrier")
    page.goto(f"{address}/account/passkeys/new/")
    page.get_by_label("What shall it be called?").fill("Telephone")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/codes/")
    page.goto(f"{address}/account/")
    assert page.get_by_text("Telephone", exact=True).is_visible() and looks_right(finger, page) == []
    log_out(page)
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_role("link", name="My account").wait_for()
    # Beside a password it is the second step.
    log_out(page)
    type_log_in(page, "carrier")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("link", name="My account").wait_for()
    # Each page about it reads well; renamed, and in the end removed.
    page.goto(f"{address}/account/")
    page.get_by_role("link", name="Rename Telephone").click()
    page.get_by_label("Name").fill("Pocket")
    assert looks_right(finger, page) == []
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Remove Pocket").click()
    page.get_by_role("heading", name="Remove this passkey?").wait_for()
    assert looks_right(finger, page) == []
    page.goto(f"{address}/account/passkeys/again/")
    assert looks_right(finger, page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("link", name="My account").wait_for()
    # A second passkey on the same device is refused by it; that is said in words, beside the button.
    page.goto(f"{address}/account/passkeys/new/")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("The passkey was not used").wait_for()
