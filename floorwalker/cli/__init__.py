"""What can be asked of Floorwalker on the command line? A thin shell, one file a group of commands."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

import floorwalker
from floorwalker.cli.near import did_you_mean
from floorwalker.errors import FloorwalkerError, KpiError, Refused

# By command, the module that holds it: a command loads only what it needs, so that `--help` answers at once.
COMMANDS = {
    "init": "installing",
    "user": "installing",
    "token": "tokens",
    "demo": "demonstrating",
    "up": "demonstrating",
    "serve": "installing",
    "work": "installing",
    "doctor": "examining",
    "load": "loading",
    "kpi": "measuring",
    "insight": "judging",
    "mapping": "mapping",
    "rejects": "loading",
    "sources": "loading",
    "recordings": "recordings",
    "lake": "keeping",
    "customer": "erasing",
    "retention": "retaining",
    "audit": "auditing",
    "move-database": "moving",
}


class Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of first use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"floorwalker.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; where there is none, those that are called alike."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"there is no command {name!r}{did_you_mean(name, COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; errors that a person can mend are said in words. Exit code 2: that cannot be asked; else 1."""
        try:
            return super().invoke(ctx)
        except (KpiError, Refused) as error:
            # Nothing is wrong with the installation: what was asked for is not to be had.
            click.echo(f"floorwalker: {error}", err=True)
            ctx.exit(2 if isinstance(error, KpiError) else 1)
        except FloorwalkerError as error:
            click.echo(f"floorwalker: {error}", err=True)
            click.echo("  `floorwalker doctor` says in words what may be wrong with this installation", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            raise
        except OSError as error:
            place = "" if error.filename is None else f"{error.filename}: "
            click.echo(f"floorwalker: {place}the system refused: {error.strerror or error}", err=True)
            click.echo(
                "  to mend:  look whether the disk is full, and whether this user may read and write there", err=True
            )
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(floorwalker.__version__, prog_name="floorwalker")
def main() -> None:
    """Contact-centre performance management that is honest about what it knows.

    Data lives under FLOORWALKER_HOME (default .floorwalker in the present folder).
    """


if __name__ == "__main__":
    sys.exit(main())
