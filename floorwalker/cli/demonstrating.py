"""How is a demo floor built and shown from the command line?"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from floorwalker.cli.installing import LARGEST_PORT, PORT
from floorwalker.cli.opening import Home, open_home
from floorwalker.cli.terminal import progress_bar, stoppable

DEMO_AGENTS = 60
DEMO_DAYS = 182
DEMO_SEED = 1
STOP_SECONDS = 5
# What the simulated source takes; asked here, before anything is opened.
AGENTS = click.IntRange(2, 10_000)
DAYS = click.IntRange(1, 3_660)


@click.command()
@click.option("--agents", type=AGENTS, default=DEMO_AGENTS, show_default=True, help="People on the floor.")
@click.option("--days", type=DAYS, default=DEMO_DAYS, show_default=True, help="Days simulated.")
@click.option(
    "--seed", type=click.IntRange(0), default=DEMO_SEED, show_default=True, help="The same seed gives the same floor."
)
@click.pass_context
def demo(ctx: click.Context, agents: int, days: int, seed: int) -> None:
    """Build a simulated floor with a known truth, its people and their log-ins."""
    home = open_home()
    if not _build(home, agents, days, seed):
        click.echo("stopped; run it again to build the floor whole")
        ctx.exit(1)
    _print_log_ins(home)


@click.command()
@click.option(
    "--port", type=click.IntRange(1, LARGEST_PORT), default=PORT, show_default=True, help="The port on this machine."
)
@click.pass_context
def up(ctx: click.Context, port: int) -> None:
    """Show the demo floor: build it where it is missing, then serve pages and background work until stopped."""
    home = open_home()
    from floorwalker.jobs.demo import log_ins_file

    if not log_ins_file(home.config).exists() and not _build(home, DEMO_AGENTS, DEMO_DAYS, DEMO_SEED):
        click.echo("stopped; run it again to build the floor whole")
        ctx.exit(1)
    _print_log_ins(home)
    with _worker():
        ctx.invoke(_serve(), port=port)


def _serve() -> click.Command:
    from floorwalker.cli.installing import serve

    return serve


def _build(home: Home, agents: int, days: int, seed: int) -> bool:
    from floorwalker.jobs.demo import build_demo

    with progress_bar("demo floor") as progress, stoppable() as should_stop:
        receipt = build_demo(
            home.config, home.lake, agents=agents, days=days, seed=seed, progress=progress, should_stop=should_stop
        )
    return receipt is not None and not receipt.stopped


def _print_log_ins(home: Home) -> None:
    from floorwalker.jobs.demo import log_ins_file

    path = log_ins_file(home.config)
    click.echo(f"Demo log-ins (kept in {path}):")
    click.echo(path.read_text(encoding="utf-8"), nl=False)


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    """The background worker, in a process of its own that ends with this one, also when a service manager ends it."""
    signal.signal(signal.SIGTERM, _leave)
    worker = subprocess.Popen([sys.executable, "-m", "floorwalker", "work"], stdout=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()


def _leave(number: int, frame: FrameType | None) -> None:
    """End by way of every `finally`: the server hands a signal on to whoever minded it before."""
    raise SystemExit(128 + number)
