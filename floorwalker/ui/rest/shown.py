"""In which small shapes do all contexts take the number of a record, and a day?"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Path

from floorwalker.ui.days import EARLIEST, LATEST

# Beyond it, programs in JavaScript no longer tell one number from the next.
LARGEST = 2**53 - 1

Id = Annotated[int, Path(ge=1, le=LARGEST)]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST, description=f"a day, {EARLIEST} to {LATEST}")]
