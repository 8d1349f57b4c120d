"""How are recordings found on the command line, and which of them have no contact?"""

from __future__ import annotations

import json

import click

from floorwalker.cli.near import near_or_all
from floorwalker.cli.opening import Home, open_home, publish_names
from floorwalker.cli.terminal import now
from floorwalker.media.settings import StoreSettings, read_stores


@click.group()
def recordings() -> None:
    """Recordings and transcripts: they stay where they lie, and are matched to contacts.

    Where they lie is told in floorwalker.toml; see docs/operating.md.
    """


@recordings.command("find")
@click.argument("store", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a store.")
def find(store: str | None, as_json: bool) -> None:
    """Look through STORE, or through all stores, and match what is new to contacts."""
    home = open_home()
    chosen = _chosen(home, store)
    publish_names(home)
    from floorwalker.apps.recordings.finding import find_recordings
    from floorwalker.ui.recording_words import say_left_out

    failed = False
    for settings in chosen:
        search = find_recordings(settings, home.lake.snapshot(), by=None, at=now())
        failed = failed or bool(search.problem)
        if as_json:
            names = ("store", "files", "new", "changed", "gone", "matched", "left_out", "coverage", "problem")
            click.echo(json.dumps({name: getattr(search, name) for name in names}))
            continue
        click.echo(
            f"{search.store}: {search.files} files, {search.new} new, {search.changed} changed, {search.gone} gone; "
            f"{search.matched} matched to a contact this time"
        )
        for code, count in sorted(search.left_out.items()):
            click.echo(f"  {count} left out: {say_left_out(code)}")
        handled, recorded = (sum(one[name] for one in search.coverage) for name in ("handled", "recorded"))
        if handled:
            click.echo(
                f"  of {handled} telephone contacts of the last four weeks, {handled - recorded} have no recording"
            )
        if search.problem:
            click.echo(f"  stopped: {search.problem}", err=True)
    if failed:
        raise SystemExit(1)


@recordings.command("unmatched")
@click.argument("store", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
def unmatched(store: str | None, as_json: bool) -> None:
    """List the files whose contact is not known, each with why."""
    home = open_home()
    chosen = _chosen(home, store)
    from floorwalker.apps.recordings.models import Recording
    from floorwalker.ui.recording_words import say_why_not

    rows = (
        Recording.objects.here()
        .filter(contact_key=None, store__in=[one.name for one in chosen])
        .order_by("store", "name")
    )
    if as_json:
        for row in rows.iterator():
            began = row.began_at.isoformat() if row.began_at else None
            told = {"store": row.store, "name": row.name, "contact": row.said_contact, "agent": row.said_agent}
            click.echo(json.dumps(told | {"began_at": began, "why": row.why_not}))
        return
    for row in rows.iterator():
        began = f"{row.began_at:%Y-%m-%d %H:%M:%S} UTC" if row.began_at else ""
        about = ", ".join(filter(None, (row.said_contact and f"contact {row.said_contact}", row.said_agent, began)))
        click.echo(f"{row}: {say_why_not(row.why_not)}{about and f' ({about})'}")


def _chosen(home: Home, store: str | None) -> list[StoreSettings]:
    """The store that is named, else all; UsageError where there is none."""
    known = read_stores(home.config.home)
    if not known:
        raise click.UsageError("no store of recordings is set up: name one in floorwalker.toml, [recordings.NAME]")
    if store is None:
        return list(known.values())
    if store not in known:
        raise click.UsageError(f"there is no store {store!r}{near_or_all(store, known)}")
    return [known[store]]
