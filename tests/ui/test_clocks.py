"""Is a moment read as it is written?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.ui.clocks import clock, read_clock


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("4:37", 277), ("0:05.5", 5.5), ("1:02:05", 3725), ("75", 75), (" 12,5 ", 12.5), ("90:00", 5400)],
)
def test_a_clock_is_read(text: str, seconds: float) -> None:
    assert read_clock(text) == seconds


@pytest.mark.parametrize("text", ["", "four", "-5", "1:2:3:4", "1e9", "99999999", "٣:٠٥", "nan", ":", "1:"])
def test_nonsense_is_none(text: str) -> None:
    assert read_clock(text) is None


@given(st.integers(0, 360_000))
def test_what_is_written_is_read_again(seconds: int) -> None:
    assert read_clock(clock(seconds)) == seconds
