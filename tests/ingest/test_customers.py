"""Does one customer have one key, however the number is written, and is the short way to it the library's own?"""

from __future__ import annotations

import random

import phonenumbers
import pytest

from floorwalker.ingest.customers import CustomerKeys, _by_library, normalise

COUNTRIES = ("GB", "US", "DE", "FR", "IT", "ES", "AT", "IN", "BR", "AU", "ZA", "PH", "MX", "AR", "JP", "SE", "RU", "AE")


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_short_way_gives_what_the_library_gives(country: str) -> None:
    draw = random.Random(country)
    example = str(phonenumbers.example_number(country).national_number)
    code = str(phonenumbers.country_code_for_region(country))
    starts = ["", "0", "00", "000", "1", "8", "9", "011", "01", "15", code, "0" + code, "00" + code, "+", "+" + code]
    for _ in range(3000):
        digits = "".join(draw.choice("0123456789") for _ in range(draw.randint(3, 12)))
        number = draw.choice(starts) + (example if draw.random() < 0.4 else digits)
        assert normalise(number, country) == _by_library(number, country), number


def test_one_customer_has_one_key() -> None:
    keys = CustomerKeys(b"k" * 32)
    forms = ["01632 960001", "01632960001", "+441632960001", "+44 1632 960001", "00441632960001", "tel:+441632960001"]
    assert len({keys.key(form, "GB") for form in forms}) == 1
    assert keys.key("Wren@Example.org", None) == keys.key("wren@example.org ", None)
    assert keys.key("anonymous", "GB") is None
