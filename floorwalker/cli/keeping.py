"""How is the lake kept sound and small from the command line?"""

from __future__ import annotations

import click

from floorwalker.cli.opening import open_home
from floorwalker.cli.terminal import progress_bar
from floorwalker.facts import upkeep


@click.group()
def lake() -> None:
    """Look after the fact tables."""


@lake.command()
def compact() -> None:
    """Rewrite scattered days as one file each and remove what nobody reads any more."""
    home = open_home()
    with progress_bar("compact") as progress:
        done = upkeep.compact(home.lake, progress)
    for table in done:
        said = [
            f"{count} {what}"
            for count, what in (
                (table.days_rewritten, "days rewritten"),
                (table.files_removed, "files removed"),
            )
            if count
        ]
        if said:
            click.echo(f"{table.table}: {', '.join(said)}")
    if not done:
        click.echo("the lake is empty")
    elif not any(table.days_rewritten or table.files_removed for table in done):
        click.echo("nothing to do: no day lies in several files, and no file is left over")


@lake.command()
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Check that every key is there once and every file is whole; exit code 1 when not."""
    home = open_home()
    with progress_bar("verify") as progress:
        findings = upkeep.verify(home.lake, progress)
    for finding in findings:
        click.echo(f"{finding.table}: {finding.what}", err=True)
    if not findings:
        click.echo("the lake is sound: every key once, every file whole")
    ctx.exit(1 if findings else 0)
