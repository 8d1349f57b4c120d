"""What goes because it is old, tonight or now?"""

from __future__ import annotations

import click

from floorwalker.cli.opening import open_home
from floorwalker.cli.terminal import now


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say how much there is.")
def retention(dry_run: bool) -> None:
    """Let go what is older than `[retention]` in floorwalker.toml keeps it, as the worker does each night.

    Of recordings where they lie, with waveforms, listens and marks: the files are their store's. Of surveys what customers
    wrote, links, and hashes of addresses: what they scored stays.
    """
    home = open_home()
    from floorwalker.jobs.retaining import let_go

    rows = let_go(home.config.home, now(), dry_run=dry_run)
    for kind, count in rows.items():
        click.echo(f"{kind}: {count} {'would go' if dry_run else 'went'}")
    if not rows:
        click.echo("nothing is older than it is kept")
