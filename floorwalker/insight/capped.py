"""How much did caps of very long contacts matter to a judgement? Told with it, so that nobody has to take it on trust."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.stats.cells import Array


@dataclass(frozen=True)
class Capped:
    """So many of all contacts took longer than the cap of their kind, and counted as so many seconds, on average."""

    contacts: int
    all: int
    seconds: float

    @property
    def share(self) -> float:
        """Of all contacts."""
        return self.contacts / self.all

    @classmethod
    def of(cls, beyond: Array, at_cap: Array | None, contacts: Array) -> Capped | None:
        """From sums; None where nothing lay beyond any cap."""
        count = float(beyond.sum())
        if at_cap is None or not count:
            return None
        return cls(round(count), round(float(contacts.sum())), float(at_cap.sum()) / count)
