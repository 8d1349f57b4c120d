"""How does a person get from a file to a first mapping of it?"""

from __future__ import annotations

from pathlib import Path

import click

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.guess import guess_mapping


@click.group()
def mapping() -> None:
    """Say which column of a file holds what."""


@mapping.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the mapping to this file.")
@click.option("--sheet", help="The sheet of a workbook; the first that is not empty where it is not given.")
def guess(file: Path, out: Path | None, sheet: str | None) -> None:
    """Guess a first mapping of FILE and print it as YAML.

    Guesses and open questions are comments in it. Nothing is loaded.
    """
    text = guess_mapping(file, sheet)
    if out is None:
        click.echo(text, nl=False)
    else:
        _write(out, text)
    questions = sum("?" in line.partition("#")[2] for line in text.splitlines()[2:])
    name = out if out is not None else "MAPPING"
    click.echo(f"{questions} lines ask you something (marked with ?).", err=True)
    click.echo(f"To load: floorwalker load csv_files {str(file)!r} --mapping {name}", err=True)


def _write(out: Path, text: str) -> None:
    """Write the mapping; one that was there before and differs is kept beside it."""
    try:
        if out.exists() and out.read_text(encoding="utf-8") != text:
            before = out.with_name(f"{out.name}.before")
            out.replace(before)
            click.echo(f"The mapping that was there is kept as {before}.", err=True)
        out.write_text(text, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            "the mapping cannot be written", where=str(out), found=str(error), expected="a file that may be written"
        ) from error
    click.echo(f"Written: {out}", err=True)
