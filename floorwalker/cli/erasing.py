"""How is a customer who asks to be forgotten taken out of everything?"""

from __future__ import annotations

import click

from floorwalker.cli.opening import open_home, refuse_unknown_site
from floorwalker.cli.terminal import COMMAND_LINE, now, screen


@click.group()
def customer() -> None:
    """Customers, who are known by keyed hashes only."""


@customer.command()
@click.argument("number_or_address")
@click.option("--site", "site_code", help="The site in whose country the number is read; all sites without it.")
@click.option("--dry-run", is_flag=True, help="Only say how many rows there are.")
def erase(number_or_address: str, site_code: str | None, dry_run: bool) -> None:
    """Forget the customer with this number or address, in every table and for every later load.

    Figures stay as they are, but for repeat contacts, which can no longer be told. Run again what was interrupted.
    """
    home = open_home()
    from floorwalker.apps.people.models import Site
    from floorwalker.jobs import erasing

    sites = {site.code: site.country or None for site in Site.objects.all()}
    if site_code is not None:
        refuse_unknown_site(site_code, sites)
        sites = {site_code: sites[site_code]}
    whom = erasing.find_customer(home.config, home.lake, number_or_address, set(sites.values()) or {None})
    if not whom.keys:
        raise click.BadParameter("this stands for nobody in particular", param_hint="NUMBER_OR_ADDRESS")
    if dry_run:
        rows = erasing.count(home.config, home.lake, whom)
    else:
        screen.print("erasing; a load that is under way is waited for")
        rows = erasing.erase(home.config, home.lake, whom, by=COMMAND_LINE, at=now())
    for table, count in rows.items():
        click.echo(f"{table}: {count} rows {'would be erased' if dry_run else 'erased'}")
    if not rows:
        click.echo("no rows of this customer" + ("" if dry_run else "; later loads will not bring any either"))
