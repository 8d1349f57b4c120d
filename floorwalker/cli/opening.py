"""How does a command open this installation? Its settings, its facts, and the names of those whom they concern."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.facts.snapshot import Snapshot
from floorwalker.ingest.source import Site

if TYPE_CHECKING:
    from floorwalker.apps.people.names import Names

FIRST_SITE = "Main"


@dataclass(frozen=True)
class Home:
    """One opened installation."""

    config: Config
    lake: Lake

    @cached_property
    def snapshot(self) -> Snapshot:
        """The facts as committed last."""
        return self.lake.snapshot()

    @cached_property
    def names(self) -> Names:
        """Names of agents, teams, queues and sites, read from the relational database."""
        from floorwalker.apps.people.names import Names

        return Names()


def open_home() -> Home:
    """Open the installation in FLOORWALKER_HOME, preparing an empty one."""
    from floorwalker.web.prepare import prepare

    config = Config.from_environment().prepare()
    prepare(config)
    return Home(config, Lake(config))


def publish_names(home: Home) -> None:
    """Register what loads have seen, and publish the dimensions that queries join."""
    from floorwalker.jobs.publish import register_and_publish

    register_and_publish(home.config, home.lake)


def choose_site(code: str | None, stated: Sequence[Site] = ()) -> tuple[Site, str | None]:
    """The site of a load and a remark: the one named, the only one there is, or "Main" in the machine's zone.

    stated: the sites that the source itself states, if it does; then the first of them, so that nobody need name one.
    """
    if code is None and stated:
        return stated[0], None
    from floorwalker.apps.people.models import Site as SiteRow

    rows = {row.code: Site(row.code, row.timezone, row.country or None) for row in SiteRow.objects.all()}
    if code is not None and rows:
        refuse_unknown_site(code, rows)
        return rows[code], None
    if code is None and len(rows) > 1:
        raise click.UsageError(f"there are several sites, say which with --site: {', '.join(sorted(rows))}")
    if rows:
        return next(iter(rows.values())), None
    zone = machine_zone()
    site = Site(code or FIRST_SITE, zone)
    return site, f"no site is set up yet: using {site.code} in the machine's zone, {zone}"


def refuse_unknown_site(code: str, sites: Collection[str]) -> None:
    """BadParameter that lists the sites, where there is none of that name."""
    if code not in sites:
        raise click.BadParameter(
            f"there is no site {code!r}; sites: {', '.join(sorted(sites)) or '(none yet)'}", param_hint="--site"
        )


def machine_zone() -> str:
    """The name of this machine's time zone; UTC where it has none."""
    link = Path("/etc/localtime")
    target = str(link.resolve()) if link.exists() else ""
    return target.split("zoneinfo/", 1)[1] if "zoneinfo/" in target else "UTC"
