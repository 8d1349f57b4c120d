"""How do tests ask the command line? In a process of its own, over a home of its own, as a person does."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.migrated import begin_home
from tests.shared_data import shared
from tests.warm import warm_parent


@dataclass(frozen=True)
class Terminal:
    """A person's terminal: where FLOORWALKER_HOME lies, and what commands answered."""

    home: Path

    def run(self, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one command; no traceback may ever be seen."""
        told = {**os.environ, "FLOORWALKER_HOME": str(self.home), **environment}
        done = warm_parent().run([str(word) for word in words], self.home.parent, told)
        assert "Traceback" not in done.stderr + done.stdout, done.stderr + done.stdout
        return done

    def ask(self, *words: str | Path, code: int = 0, **environment: str) -> str:
        """What a command says, on both outputs; its exit code must be as expected."""
        done = self.run(*words, **environment)
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        return said


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal over an empty home."""
    yield Terminal(tmp_path / "home")


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which one site, Cardiff, was set up."""
    home = begin_home(tmp_path_factory.mktemp("initialised") / "home")
    Terminal(home).ask("init", "--site", "Cardiff", "--timezone", "Europe/London", "--country", "GB")
    return home


@pytest.fixture
def cardiff(initialised: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal over a copy of that home."""
    shutil.copytree(initialised, tmp_path / "home")
    yield Terminal(tmp_path / "home")


LOG = """\
1700000000|1699999999.1|sales|NONE|ENTERQUEUE||01632960123|1
1700000005|1699999999.1|sales|PJSIP/201|CONNECT|5|1700000000.2|4
1700000095|1699999999.1|sales|PJSIP/201|COMPLETECALLER|5|90|1
"""


@pytest.fixture(scope="session")
def loaded_once(initialised: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has read one call."""
    folder = tmp_path_factory.mktemp("loaded")
    shutil.copytree(initialised, folder / "home")
    (folder / "queue_log").write_text(LOG)
    Terminal(folder / "home").ask("load", "asterisk_queue_log", folder / "queue_log")
    return folder / "home"


@pytest.fixture
def loaded(loaded_once: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal over a copy of that home."""
    shutil.copytree(loaded_once, tmp_path / "home")
    yield Terminal(tmp_path / "home")


def load_guessed(terminal: Terminal, path: Path) -> None:
    """Guess a mapping, change nothing in it, and load the file twice; receipts lie beside the home."""
    guessed = terminal.run("mapping", "guess", path)
    mapping = terminal.home.parent / "mapping.yaml"
    mapping.write_text(guessed.stdout, encoding="utf-8")
    for name in ("once", "twice"):
        receipt = terminal.run("load", "csv_files", path, "--mapping", mapping, "--json").stdout
        (terminal.home / f"{name}.json").write_text(receipt)


def _guessed(initialised: Path, folder: Path, path: str) -> Path:
    shutil.copytree(initialised, folder / "home")
    load_guessed(Terminal(folder / "home"), shared(path))
    return folder / "home"


@pytest.fixture(scope="session")
def workbook_once(initialised: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has read the workbook of calls."""
    return _guessed(
        initialised, tmp_path_factory.mktemp("workbook"), "data/pwc_call_center/01 Call-Center-Dataset.xlsx"
    )


@pytest.fixture
def workbook(workbook_once: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal over a copy of that home."""
    shutil.copytree(workbook_once, tmp_path / "home")
    yield Terminal(tmp_path / "home")


@pytest.fixture(scope="session")
def surveys_once(initialised: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has read the table of surveys."""
    return _guessed(initialised, tmp_path_factory.mktemp("surveys"), "data/csat_2000/csat_2000.csv")


@pytest.fixture
def surveys(surveys_once: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal over a copy of that home."""
    shutil.copytree(surveys_once, tmp_path / "home")
    yield Terminal(tmp_path / "home")
