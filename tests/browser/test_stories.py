"""Does what a person does on a page work, with script and without?"""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenVisit


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_another_period_is_shown_and_kept_in_the_address(script: bool, visit: OpenVisit) -> None:
    page = visit("leader", script=script).go("/teams/{team}/")
    page.get_by_label("Period", exact=True).select_option("")
    page.get_by_label("From", exact=True).fill("2023-11-20")
    page.get_by_label("To", exact=True).fill("2023-11-24")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**from=2023-11-20*")
    assert "20 Nov 2023 to 24 Nov 2023" in page.locator("main").inner_text()
    assert "to=2023-11-24" in page.url
    shown = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == shown


def test_exploring_a_chart_breaks_no_rule(visit: OpenVisit) -> None:
    """The fixture fails the test for any violation of the policy or request to another host."""
    page = visit("leader").go("/measures/average_handle_time/")
    page.get_by_role("button", name="Explore this chart").click()
    page.locator(".explored svg").first.wait_for()
    assert page.locator(".explored svg path").count() > 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_weeks_are_drawn_when_they_are_opened(script: bool, visit: OpenVisit) -> None:
    page = visit("leader", script=script).go("/agents/{agent}/")
    trend = page.locator("details.trend").first
    trend.locator("summary").first.click()
    if not script:
        trend.get_by_role("link", name="Show the weeks").click()
        page.wait_for_url("**/trend/**")
    drawing = page.locator(".picture svg").first
    drawing.wait_for(state="attached")
    assert page.locator(".picture").count() == 1
    assert page.locator(".picture svg:visible").count() == 1
    page.locator(".weeks summary").click()
    assert page.locator(".weeks tbody tr:visible").count() >= 2


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_a_chosen_appearance_stays(script: bool, visit: OpenVisit) -> None:
    page = visit("leader", script=script).go("/measures/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor") if script else ""
    page.get_by_role("button", name="Dark", exact=True).click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto(page.url)
    assert page.locator("html").get_attribute("data-theme") == "dark"
    if script:
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_what_one_may_not_see_is_not_there(visit: OpenVisit) -> None:
    visit("agent").go("/centre/", 404)


def test_paper_is_light_on_a_dark_screen(visit: OpenVisit) -> None:
    one = visit("leader", scheme="dark")
    page = one.go("/measures/average_handle_time/")
    page.emulate_media(media="print", color_scheme="dark")
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert ink == "rgb(0, 0, 0)"
    assert page.locator(".on-light svg").is_visible() and not page.locator(".on-dark svg").is_visible()
    assert not page.locator("header.top").is_visible()


def test_a_load_is_read_again_without_script(visit: OpenVisit) -> None:
    page = visit("boss", script=False).go("/data/")
    page.get_by_role("link", name="rows wait for repair").first.click()
    page.get_by_label("Reason").select_option("too few fields")
    page.get_by_role("button", name="Show").click()
    assert "reason=too+few+fields" in page.url and "1 row: too few fields" in page.locator("main").inner_text()
    page.get_by_role("link", name="Load of queue_log").click()
    page.get_by_role("button", name="Read again").click()
    assert (
        "will be read again in the background"
        in page.locator("p[role=status]").filter(has_text="read again").inner_text()
    )
    assert page.get_by_role("button", name="Read again").count() == 0, "it is asked for"
