"""Is every route of the product opened in the browser by some test?"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.pages import NOT_PAGES, PAGES


def route_names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all routes, those of included contexts too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name == "ninja":
            continue  # for programs, not for browsers
        if isinstance(pattern, URLResolver):
            yield from route_names(pattern.url_patterns)
        else:
            yield str(pattern.name or pattern.pattern)


def test_every_route_is_opened() -> None:
    opened = {page.route for page in PAGES} | NOT_PAGES
    assert sorted(set(route_names(get_resolver().url_patterns)) - opened) == []
