"""What came out? A ratio beside the target that it was promised to keep, and where the time goes where it did not."""

from __future__ import annotations

import cProfile
import io
import pstats
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.rounds import Say, Timing

SHOWN = 6


@dataclass(frozen=True)
class Finding:
    """One measured ratio (or other figure) and its limit.

    target: the number in the list of targets; ours, theirs: what was divided, in words; limit None: told, not judged.
    """

    target: str
    what: str
    ours: str
    theirs: str
    value: float
    limit: float | None
    at_least: bool = False
    unit: str = "x"
    profile: tuple[str, ...] = ()

    @property
    def met(self) -> bool | None:
        """Whether the target is kept; None where there is none."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True)
class Result:
    """What one benchmark found: the findings, every timing behind them, and remarks for the reader."""

    title: str
    findings: tuple[Finding, ...]
    timings: dict[str, Timing] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """Where a run keeps its data and whom it tells how far it is."""

    folder: Path
    say: Say


def compare(
    target: str,
    what: str,
    ours: tuple[str, Timing],
    theirs: tuple[str, Timing],
    limit: float | None,
    *,
    faster: bool = False,
    profiled: Callable[[], object] | None = None,
) -> Finding:
    """The ratio of two medians: ours by theirs, or with `faster` how many times theirs took. A miss is profiled."""
    value = theirs[1].median / ours[1].median if faster else ours[1].median / theirs[1].median
    told = (f"{ours[0]}: {shown(ours[1].median)}", f"{theirs[0]}: {shown(theirs[1].median)}")
    found = Finding(target, what, *told, value, limit, at_least=faster)
    if found.met is False and profiled is not None:
        return Finding(target, what, *told, value, limit, at_least=faster, profile=hottest(profiled))
    return found


def shown(seconds: float) -> str:
    """Seconds as a person reads them."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s" if seconds < 100 else f"{seconds:.0f} s"


def hottest(work: Callable[[], object]) -> tuple[str, ...]:
    """Where a piece of work spends its own time: a library as a whole, our own code by function; the largest first."""
    profile = cProfile.Profile()
    profile.runcall(work)
    stats = pstats.Stats(profile, stream=io.StringIO())
    entries: dict[tuple[str, int, str], tuple[int, int, float, float, object]] = stats.stats  # type: ignore[attr-defined]
    spent: defaultdict[str, float] = defaultdict(float)
    for place, entry in entries.items():
        spent[_name(place)] += entry[2]
    whole = sum(spent.values()) or 1.0
    ranked = sorted(spent.items(), key=lambda item: -item[1])[:SHOWN]
    return tuple(f"{seconds / whole:.0%} {name}" for name, seconds in ranked)


def _name(place: tuple[str, int, str]) -> str:
    file, _line, function = place
    if file == "~":
        return _built_in(function)
    parts = Path(file).parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    return f"{'/'.join(parts[-2:])}: {function}"


def _built_in(function: str) -> str:
    """A library's compiled function counts for the library."""
    library = next((name for name in ("duckdb", "deltalake", "pyarrow", "numpy") if name in function), None)
    return library or re.sub(r"<built-in method (.*)>|<method '(.*)' of .*>", r"\1\2", function).strip("{}")
