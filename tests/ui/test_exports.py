"""Does a table leave as CSV without a cell that a spreadsheet takes for a formula?"""

from __future__ import annotations

import pytest

from floorwalker.ui.exports import csv_lines, guarded


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@sum(a)", "\tx", "\rx", "\n=1", "\uff1d1+1", "\uff20sum(a)"])
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("value", [-2, -0.5, None, "plain", "", "a=b"])
def test_anything_else_stays_as_it_is(value: object) -> None:
    assert guarded(value) == value


def test_lines_are_guarded_and_empty_where_nothing_is() -> None:
    assert list(csv_lines(["=a", "b"], [["=1", None], [-1, "x, y"]])) == ["'=a,b\n", "'=1,\n", '-1,"x, y"\n']
