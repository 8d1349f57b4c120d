"""How is a list of a hundred thousand rows turned over, page by page, without counting them all each time?"""

from __future__ import annotations

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.functional import cached_property

from floorwalker.ui.whole_numbers import whole_number

Row = TypeVar("Row", bound=models.Model)

# So many pages beyond the one that is asked for are counted; where there are more, the page says "more than".
AHEAD = 100


class LongPaginator(Paginator[Row]):
    """Pages of a list, counted as far as somebody may turn next; is_cut: whether there are more than were counted."""

    def __init__(self, found: models.QuerySet[Row], per_page: int, near: int) -> None:
        super().__init__(found, per_page)
        self._rows, self._most = found, (near + AHEAD) * per_page

    @cached_property
    def _counted(self) -> int:
        return self._rows.order_by()[: self._most + 1].count()

    @cached_property
    def count(self) -> int:
        """How many rows there are, as far as was counted."""
        return min(self._counted, self._most)

    @property
    def is_cut(self) -> bool:
        """Whether there are more."""
        return self._counted > self._most


def page_of(found: models.QuerySet[Row], per_page: int, asked: str | None) -> Page[Row]:
    """The page that was asked for; the first where that is no page, the last where there is none so far on."""
    near = max(whole_number(asked or ""), 1)
    return LongPaginator(found, per_page, near).get_page(near)
