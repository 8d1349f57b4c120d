"""How is the lake kept sound and small from the command line?"""

from __future__ import annotations

import click

from floorwalker.cli.opening import open_home
from floorwalker.cli.terminal import now, progress_bar
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


@lake.command()
@click.option("--everything", is_flag=True, help="All of it, and not only what has changed since the last time.")
def publish(everything: bool) -> None:
    """Bring what was done in the product itself, such as answers to surveys, into the fact tables now.

    The worker does it every night, and when somebody asks for it on a page. The same again changes nothing.
    """
    home = open_home()
    from floorwalker.jobs.records import publish_records

    found = publish_records(home.config, home.lake, at=now(), everything=everything)
    for table, counts in found.items():
        click.echo(
            f"{table}: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {counts.gone} gone"
        )
    if not found:
        click.echo("nothing to publish: nobody has recorded anything that becomes a fact")
