"""How fast does a million contacts come about? Reported, not asserted: `pytest -m slow -s` shows it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from floorwalker.sources.simulated.fetch import fetch
from floorwalker.sources.simulated.map import map_page
from tests.sources.simulated.simulated_floor import ask_for


@pytest.mark.slow
def test_a_million_contacts(record_property: Callable[[str, object], None]) -> None:
    request = ask_for(agents="400", days="90")
    began, contacts = time.perf_counter(), 0
    for page in fetch(request):
        contacts += map_page(page, request).rows["contact"].num_rows
    seconds = time.perf_counter() - began
    record_property("contacts_per_second", round(contacts / seconds))
    print(f"\n{contacts} contacts in {seconds:.1f} s, {contacts / seconds:.0f} a second")
    assert contacts > 1_000_000
