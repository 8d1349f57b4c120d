"""Is bad input answered with what was found and what was expected, before anything is done, and never with a traceback?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from floorwalker.cli import main
from floorwalker.cli.loading import printable
from tests.cli.conftest import Terminal


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["init", "--site", "Leeds", "--timezone", "Europe/Nowhere"], "is not a time zone such as Europe/London"),
        (["init", "--site", "Leeds", "--country", "Britain"], "is not a country by its two letters, such as GB"),
        (["init", "--timezone", "Europe/London"], "name it with --site"),
        (["serve", "--port", "99999"], "99999 is not in the range"),
        (["kpi", "run", "service_level", "--json", "--csv"], "choose one"),
        (["user", "add", "Wren", "--role", "boss"], "'boss' is not one of"),
        (["load", "csv_files", "x", "--mapping", "missing.yaml"], "does not exist"),
        (["nothing"], "No such command"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_opened(words: list[str], answer: str) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2 and answer in done.output


def test_what_does_not_fit_this_home_is_refused_in_words(loaded: Terminal, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_bytes(b"\xf6\x00\xff")
    said = loaded.ask("load", "csv_files", mapping, "--mapping", mapping, code=1)
    assert "this is not a mapping" in said and "mapping guess" in said
    assert "there is no load 'nothing'" in loaded.ask("rejects", "--load", "nothing", code=2)
    assert "known from the first load" in loaded.ask("user", "add", "Wren", "--role", "agent", code=2)
    assert "with another country" in loaded.ask(
        "init", "--site", "Cardiff", "--timezone", "Europe/London", "--country", "FR", code=1
    )


def test_what_a_log_holds_cannot_speak_to_the_terminal() -> None:
    assert printable("Zoë \x1b[31m\x00\u202e") == "Zoë \\x1b[31m\\x00\\u202e"
