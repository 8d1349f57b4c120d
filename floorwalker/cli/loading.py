"""How does a centre's own data come in from the command line? load, rejects and sources."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.near import near_or_all
from floorwalker.cli.opening import FIRST_SITE, Home, choose_site, open_home, publish_names
from floorwalker.cli.terminal import COMMAND_LINE, now, progress_bar, screen, stoppable
from floorwalker.errors import SourceError
from floorwalker.ingest.load import find_source, source_names
from floorwalker.ingest.load import load as run_load
from floorwalker.ingest.order import Order
from floorwalker.ingest.receipt import Receipt
from floorwalker.ingest.source import Request, Site, Source
from floorwalker.ingest.store import IntakeStore
from floorwalker.jobs.rolling import roll_up_load

FOLLOW_SECONDS = 1.0


@click.command()
@click.argument("source")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    "mapping_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the columns mean.",
)
@click.option("--site", "site_code", help="The site that the data is of; needed where there are several.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="A setting of the source; origin=... names the system.",
)
@click.option("--follow", is_flag=True, help="Go on reading as the log grows, until stopped.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
@click.pass_context
def load(
    ctx: click.Context,
    source: str,
    paths: tuple[Path, ...],
    mapping_path: Path | None,
    site_code: str | None,
    settings: tuple[str, ...],
    follow: bool,
    as_json: bool,
) -> None:
    """Load data from PATHS with a SOURCE, and print the receipt. Loading the same again changes nothing."""
    given = _settings(settings)
    given_origin = given.pop("origin", None)
    found = _source(source)
    _refuse_what_it_does_not_take(found, paths, mapping_path, follow)
    _check_settings(found, given)
    home = open_home()
    site, remark = choose_site(site_code, _stated_sites(found, paths, given, home))
    if remark is not None:
        screen.print(remark)
    origin = given_origin or site.code
    order = Order(
        source=source,
        paths=paths,
        site=site,
        origin=origin,
        settings=given,
        mapping=_read_mapping(mapping_path) if mapping_path else None,
        mapping_path=str(mapping_path) if mapping_path else None,
        follow=follow,
        after_merge=roll_up_load,
    )
    show: Callable[[Receipt], None] = _print_json if as_json else _print_receipt
    if follow:
        _follow(order, home, show)
        return
    receipt = _load_once(order, home)
    if receipt is not None:
        show(receipt)
        nothing_readable = receipt.records.used == 0 and receipt.records.rejected.total() > 0
        ctx.exit(1 if nothing_readable else 0)


def _settings(given: tuple[str, ...]) -> dict[str, str]:
    settings: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="--set")
        if name == "origin" and not value.strip():
            raise click.BadParameter("origin= names no system; leave it out for the site's own", param_hint="--set")
        settings[name] = value
    return settings


def _check_settings(source: Source, given: dict[str, str]) -> None:
    """BadParameter where the source has no such setting, or no such value of it."""
    try:
        source.settle(given)
    except SourceError as error:
        raise click.BadParameter(f"{error.what}\nExpected: {error.expected}", param_hint="--set") from error


def _source(name: str) -> Source:
    if name not in source_names():
        near = near_or_all(name, source_names())
        raise click.BadParameter(f"there is no source {name!r}{near}", param_hint="SOURCE")
    return find_source(name)


def _refuse_what_it_does_not_take(source: Source, paths: tuple[Path, ...], mapping: Path | None, follow: bool) -> None:
    """UsageError for a path, mapping or --follow that this source would pass over, or a path that it needs."""
    if paths and not source.reads_files:
        raise click.UsageError(f"{source.name} reads no files: leave out {', '.join(map(str, paths))}")
    if not paths and source.reads_files:
        raise click.UsageError(f"{source.name} reads files: name them, or a folder of them, after it")
    if follow and not source.can_follow:
        able = [name for name in source_names() if find_source(name).can_follow]
        raise click.UsageError(f"--follow reads a log as it grows: {', '.join(able)} can do that, {source.name} cannot")
    if mapping is not None and not source.needs_mapping:
        raise click.UsageError(f"{source.name} knows its own columns and takes no mapping: leave out --mapping")
    if mapping is None and source.needs_mapping:
        raise click.UsageError(
            f"{source.name} needs --mapping FILE; `floorwalker mapping guess FILE --out mapping.yaml` writes a first one"
        )


def _read_mapping(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            "this is not a mapping",
            where=str(path),
            found=str(error),
            expected="a text file in YAML",
            mend="`floorwalker mapping guess FILE --out mapping.yaml` writes a first one",
        ) from error


def _stated_sites(source: Source, paths: tuple[Path, ...], given: dict[str, str], home: Home) -> tuple[Site, ...]:
    """The sites that a source states by itself; nothing where it is told by --site."""
    if source.sites is None:
        return ()
    nowhere, settings = Site(FIRST_SITE, "UTC"), source.settle(given)
    return source.sites(Request(paths=paths, site=nowhere, origin="", settings=settings, sql=home.lake.engine.sql))


def _load_once(order: Order, home: Home) -> Receipt | None:
    with progress_bar(order.source) as progress, stoppable() as should_stop:
        receipt = run_load(order, home.config, home.lake, now=now, progress=progress, should_stop=should_stop)
    if receipt is not None:
        publish_names(home)
    return receipt


def _follow(order: Order, home: Home, show: Callable[[Receipt], None]) -> None:
    screen.print(f"following {', '.join(map(str, order.paths))}; Ctrl-C stops")
    began = False
    with stoppable() as should_stop:
        while not should_stop():
            try:
                receipt = run_load(order, home.config, home.lake, now=now, should_stop=should_stop)
            except SourceError as error:
                # A log that is just being rotated is there again in a moment; one that never was is named wrongly.
                if not (error.retry and began):
                    raise
                receipt = None
            began = True
            if receipt is None:
                time.sleep(FOLLOW_SECONDS)
            else:
                publish_names(home)
                show(receipt)


def _print_json(receipt: Receipt) -> None:
    click.echo(json.dumps(receipt.as_dict(), ensure_ascii=False))


def _print_receipt(receipt: Receipt) -> None:
    out = Console()
    records = receipt.records
    out.print(
        f"Load {receipt.load_id} of {receipt.source}, site {receipt.site}"
        + (" (stopped on request)" if receipt.stopped else "")
    )
    ignored = "".join(f", {count} {reason}" for reason, count in sorted(records.ignored.items()))
    out.print(
        f"Records: {records.read} read = {records.used} used + {records.ignored.total()} ignored + "
        f"{records.rejected.total()} rejected{ignored}"
    )
    for reason, count in sorted(records.rejected.items()):
        out.print(f"  rejected: {count} {reason}")
    table = Table("facts", *(("produced", "new", "changed", "unchanged", "gone")), box=None)
    for name, counts in receipt.facts.items():
        table.add_row(
            name, *(str(n) for n in (counts.produced, counts.new, counts.changed, counts.unchanged, counts.gone))
        )
    if receipt.facts:
        out.print(table)
    for code, count in sorted(receipt.flags.items()):
        out.print(f"  flagged: {count} {code} (floorwalker rejects --flags --load {receipt.load_id})")
    for note in receipt.notes:
        out.print(f"  note: {note}")
    if receipt.complete_through is not None:
        out.print(f"Complete through {receipt.complete_through:%Y-%m-%d %H:%M:%S} UTC")


@click.command()
@click.option("--load", "load_id", help="Of this load only.")
@click.option("--flags", is_flag=True, help="Rows that were used although part of them is impossible.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def rejects(load_id: str | None, flags: bool, as_json: bool) -> None:
    """List rows that could not be used, each with its line, what was found and how to mend it."""
    home = open_home()
    store = IntakeStore(home.config.intake)
    if load_id is not None and store.find_load(load_id) is None:
        raise click.BadParameter(f"there is no load {load_id!r}; a receipt names its load", param_hint="--load")
    rows = store.flags(load_id) if flags else store.rejects(load_id)
    _note_listed("flags" if flags else "rejects", load_id, len(rows))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not rows:
        click.echo("nothing was flagged" if flags else "nothing was rejected")
    for row in rows:
        click.echo(_flag_line(row) if flags else _reject_line(row))


def _note_listed(what: str, load_id: str | None, rows: int) -> None:
    """Rows of the data were shown: the trail says which were asked for and how many, nothing of what is in them."""
    from floorwalker.apps.people.audit import record

    record(COMMAND_LINE, "list_rejects", what, now(), load=load_id, rows=rows)


def _flag_line(row: dict[str, Any]) -> str:
    return printable(f"{row['file']}, line {row['line']}: {row['code']}: {row['meaning']}")


def _reject_line(row: dict[str, Any]) -> str:
    said = (
        f"{row['file']}, line {row['line']}: {row['reason']}: found {row['found']}, expected {row['expected']}; "
        f"to mend: {row['mend']}"
    )
    return f"{printable(said)}\n    {printable(row['record'][:200])}"


def printable(text: str) -> str:
    """Text from data as a terminal may show it: what would move its cursor or change its colours is spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def sources(as_json: bool) -> None:
    """List what Floorwalker can read, and how far each system has been read."""
    home = open_home()
    completeness = home.snapshot.current.completeness
    rows: list[dict[str, Any]] = []
    for name in source_names():
        source = find_source(name)
        through = {origin: at.isoformat() for (loaded, origin), at in sorted(completeness.items()) if loaded == name}
        settings = {setting.name: setting.meaning for setting in source.settings}
        rows.append({"source": name, "title": source.title, "settings": settings, "complete_through": through})
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['source']}: {row['title']}")
        for name, meaning in row["settings"].items():
            click.echo(f"    --set {name}=...  {meaning}")
        for origin, at in row["complete_through"].items():
            click.echo(f"    read from {origin} through {at}")
