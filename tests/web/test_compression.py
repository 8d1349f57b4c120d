"""Are pages and files small on their way, and does compressing them give nothing away?"""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

# A first visit may take 60 kB; the largest page needs a fifth of it.
WITHOUT_FIGURES_BYTES = 30_000
FILES = ("/static/floor/floor.css", "/static/vendor/htmx.min.js", "/static/floor/explore.js", "/static/floor/mark.svg")
ACCEPTS = {"accept-encoding": "gzip"}


def body(answer: object) -> bytes:
    return b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore[attr-defined,call-overload]


@pytest.mark.django_db
def test_a_first_visit_is_small() -> None:
    client = Client(headers=ACCEPTS)
    page = client.get("/account/login/")
    assert page.headers["Content-Encoding"] == "gzip"
    text = gzip.decompress(page.content).decode()
    assert {name for name in FILES if name in text} == set(FILES)
    sizes = {name: len(body(client.get(name))) for name in FILES}
    assert len(page.content) + sum(sizes.values()) <= WITHOUT_FIGURES_BYTES, sizes


def test_files_are_compressed_and_asked_for_again_only_when_changed() -> None:
    for name in FILES:
        plain, packed = Client().get(name), Client(headers=ACCEPTS).get(name)
        whole = body(plain)
        assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body(packed)) == whole
        mark = packed.headers["ETag"]
        assert mark.startswith('W/"') and mark == plain.headers["ETag"]
        again = Client(headers=ACCEPTS | {"if-none-match": mark}).get(name)
        assert again.status_code == 304 and body(again) == b""


@pytest.mark.django_db
def test_neither_the_token_nor_the_length_repeats() -> None:
    """What BREACH needs: a secret that stays the same beside a length that tells."""
    client = Client(headers=ACCEPTS)
    client.get("/account/login/")
    answers = [client.get("/account/login/").content for _visit in range(20)]
    tokens = [re.findall(rb'csrfmiddlewaretoken" value="(\w+)"', gzip.decompress(answer)) for answer in answers]
    assert len({token for some in tokens for token in some}) == 20
    assert len({len(answer) for answer in answers}) > 5
