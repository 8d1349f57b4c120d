"""Does every page hold in Welsh, whose words are longer: nothing wrong for axe, nothing wider than a phone?"""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.browser.conftest import OpenVisit, axe, overflow
from tests.browser.pages import PAGES, Opened

# Every tenth page at each change, all of them by `make slow`: axe takes its time, and the rest of a page is asked in English.
FEW = PAGES[::18]
# They speak the language of the invitation, whatever the reader last chose here; tests/apps/surveys asks them in Welsh.
OF_AN_INVITATION = ("answer_survey", "survey_thanks", "ask_no_more")
SOME = [
    pytest.param(one, marks=() if one in FEW else pytest.mark.slow, id=one.route)
    for one in PAGES
    if one.route not in OF_AN_INVITATION
]


@pytest.mark.parametrize("opened", SOME)
def test_page_is_sound_in_welsh_on_a_phone(opened: Opened, visit: OpenVisit) -> None:
    one = visit(opened.user, width="phone")
    one.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "cy", "url": one.centre.address}])
    page = one.go(opened.path, opened.status)
    assert page.locator("html").get_attribute("lang") == "cy"
    assert axe(page) + ([f"{overflow(page)} pixels too wide"] if overflow(page) > 0 else []) == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_language_is_chosen_before_logging_in_and_back(script: bool, visit: OpenVisit) -> None:
    page = visit(script=script).go("/account/login/")
    page.get_by_role("button", name="Cymraeg").click()
    page.get_by_role("heading", name="Mewngofnodi", exact=True).wait_for()
    assert page.locator("html").get_attribute("lang") == "cy"
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Log in", exact=True).wait_for()
