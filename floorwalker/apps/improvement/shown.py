"""What is whoever plans a cycle shown before she chooses: what actions like each option closed before, and whether chance may choose?

Written down with the plan, with its versions: how people and actions were chosen cannot be added later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from floorwalker.apps.coaching.learning import learn_from_past, tried_of
from floorwalker.apps.improvement.models import Cycle, Option
from floorwalker.insight.learning import VERSION, Tried
from floorwalker.insight.urgency import LEAST_POOL
from floorwalker.stats.pooled_effects import Learnt
from floorwalker.ui import learning_words

# Raised whenever what is written changes its shape; older ones are read for ever.
SHAPE = 1


@dataclass(frozen=True)
class Shown:
    """helped: by the number of each option what is known of such actions; lot_offered: whether there were people enough."""

    helped: Mapping[int, tuple[Tried, Learnt]]
    lot_offered: bool
    version: int = VERSION
    at: datetime | None = None

    def as_json(self, at: datetime) -> dict[str, Any]:
        """As it is kept."""
        rows = [{"option": pk, "tried": str(tried), **asdict(found)} for pk, (tried, found) in self.helped.items()]
        kept = {"shape": SHAPE, "at": at.isoformat(), "version": self.version}
        return kept | {"lot_offered": self.lot_offered, "helped": rows}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Shown:
        """What was kept, read back."""
        helped = {}
        for row in kept["helped"]:
            found = {name: value for name, value in row.items() if name not in ("option", "tried")}
            helped[row["option"]] = Tried(row["tried"]), Learnt(**found)
        return cls(helped, kept["lot_offered"], kept["version"], datetime.fromisoformat(kept["at"]))


@dataclass(frozen=True)
class ShownOption:
    """An option with what is, or was, known of such actions; nothing where none was written down."""

    option: Option
    helped: str


def read_shown(cycle: Cycle, people: int, on: date) -> Shown:
    """As it is known that day. people: how many single people a plan could reach."""
    learning = learn_from_past(on)
    tried = {one.pk: tried_of(one.kind, of_team=cycle.team_id is not None) for one in cycle.options.all()}
    helped = {pk: (kind, learning.of(kind, cycle.measure)) for pk, kind in tried.items()}
    return Shown(helped, people >= LEAST_POOL)


def show_options(options: Iterable[Option], shown: Shown | None) -> tuple[ShownOption, ...]:
    """Each option with its words."""
    helped = {} if shown is None else shown.helped
    return tuple(
        ShownOption(one, learning_words.closes(*helped[one.pk]) if one.pk in helped else "") for one in options
    )
