"""How heavy is each page when it is opened for the first time? The page and all that it names, as it comes over the wire."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin
from zlib import decompress

from tests.browser.conftest import OpenVisit
from tests.browser.pages import PAGES

MOST_BYTES = 60_000
GZIP = 31  # zlib's word for a gzip header


class Named(HTMLParser):
    """What a browser fetches along with a page: styles, scripts, pictures and the icon."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and {"stylesheet", "icon", "preload", "modulepreload", "manifest"} & {*given["rel"].split()}:
            self.addresses.add(given["href"])
        if tag in {"script", "img"} and given.get("src"):
            self.addresses.add(given["src"])


def fetched(address: str, cookie: str = "") -> tuple[int, str]:
    """The bytes of head and body as they were sent, and the text that they hold."""
    request = urllib.request.Request(address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        body = answer.read()
    plain = decompress(body, GZIP) if answer.headers["Content-Encoding"] == "gzip" else body
    return len(body) + len(str(answer.headers)), plain.decode("utf-8", "replace")


@cache
def weight_of(address: str) -> int:
    """Of one file; of a style with the fonts and pictures that it names."""
    size, text = fetched(address)
    inner = re.findall(r"url\(\s*[\"']?(?!data:)([^)\"']+)", text) if address.endswith(".css") else []
    return size + sum(weight_of(urljoin(address, one)) for one in set(inner))


def test_every_page_is_light(visit: OpenVisit) -> None:
    weights: dict[str, int] = {}
    for user in {page.user for page in PAGES}:
        one = visit(user, stays=True)
        cookie = "; ".join(f"{kept['name']}={kept['value']}" for kept in one.context.cookies())
        for page in (page for page in PAGES if page.user == user):
            address = one.centre.url(page.path)
            size, text = fetched(address, cookie)
            (named := Named()).feed(text)
            assert any(".css" in part for part in named.addresses), f"{page.route} names no style"
            weights[page.route] = size + sum(weight_of(urljoin(address, part)) for part in named.addresses)
    assert {route: weight for route, weight in weights.items() if weight > MOST_BYTES} == {}
    print(f"heaviest: {sorted(weights.items(), key=lambda of: -of[1])[:3]}")
