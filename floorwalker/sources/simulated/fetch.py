"""How does a simulated floor reach a load: as pages of whole days, and its truth as a file beside them?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from floorwalker.errors import SourceError
from floorwalker.ingest.source import Page, Request, Site
from floorwalker.sources.simulated.day import SiteDay
from floorwalker.sources.simulated.floor import build_floor
from floorwalker.sources.simulated.names import divide_among_sites
from floorwalker.sources.simulated.parameters import read_parameters

RECORDS_A_PAGE = 60_000


def fetch(request: Request) -> Iterator[Page]:
    """Let the floor happen, in pages of whole site-days; afterwards write its truth, where that was asked for."""
    parameters = read_parameters(request.settings)
    truth_file = request.settings.get("truth_file")
    if truth_file:
        _check_writable(Path(truth_file))
    floor = build_floor(parameters)
    first = 1
    gathered: list[SiteDay] = []
    for day in floor.run():
        gathered.append(day)
        if sum(one.size for one in gathered) >= RECORDS_A_PAGE:
            page = _page(gathered, first)
            first += sum(one.size for one in gathered)
            gathered = []
            yield page
    if gathered:
        yield _page(gathered, first)
    if truth_file:
        text = json.dumps(floor.truth(), indent=1, ensure_ascii=False)
        Path(truth_file).write_text(text + "\n", encoding="utf-8")


def _page(days: list[SiteDay], first: int) -> Page:
    return Page(file=f"simulated floor, {days[0].on}", first_line=first, records=tuple(days), size=len(days))


def _check_writable(path: Path) -> None:
    try:
        path.touch()
    except OSError as error:
        raise SourceError(
            "the truth cannot be written",
            where=f"--set truth_file={path}",
            found=str(error.strerror),
            expected="a file that this user may write",
        ) from error


def size(request: Request) -> int:
    """How many site-days there will be, for progress."""
    parameters = read_parameters(request.settings)
    return parameters.days * len(divide_among_sites(parameters.agents))


def sites(request: Request) -> tuple[Site, ...]:
    """The sites of the floor that is asked for."""
    return tuple(share.site for share in divide_among_sites(read_parameters(request.settings).agents))
