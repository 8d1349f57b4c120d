"""Is a KPI one file and a source one folder? Each is added to a copy of the checkout, where the tests over all must pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared_data import ROOT

FOLDERS = ("floorwalker", "tests", "docs", "scripts")
# Python writes its compiled form of a module under such a name first: it may be gone before it is copied.
BEING_WRITTEN = shutil.ignore_patterns("*.pyc.*")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout without its environment, free to be changed."""
    target = tmp_path_factory.mktemp("checkout")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, target / name, ignore=BEING_WRITTEN)
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def run(folder: Path, *arguments: str, succeeds: bool = True) -> str:
    """Run Python there and return what it printed."""
    environment = {**os.environ, "FLOORWALKER_HOME": str(folder / "home")}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) is succeeds, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout + done.stderr


def files(folder: Path) -> set[Path]:
    """Every file of the product there, without what Python keeps of them."""
    found = (folder / "floorwalker").rglob("*")
    return {path for path in found if path.is_file() and "__pycache__" not in path.parts}


@pytest.mark.slow
def test_a_source_is_one_folder(copy: Path) -> None:
    before = files(copy)
    run(copy, "-m", "scripts.new_source", "heron_pbx")
    added = files(copy) - before
    assert {path.relative_to(copy / "floorwalker" / "sources").parts[0] for path in added} == {"heron_pbx"}
    passed = run(copy, "-m", "pytest", "tests/sources/test_contract.py", "-k", "heron_pbx")
    assert "7 passed" in passed
    log = copy / "floorwalker/sources/heron_pbx/samples/three_calls/calls.txt"
    receipt = run(copy, "-m", "floorwalker", "load", "heron_pbx", str(log))
    assert "not a call" in receipt
    figure = run(copy, "-m", "floorwalker", "kpi", "run", "average_talk_time", "--by", "agent", "--csv")
    assert "Wren Tallow" in figure and "180" in figure
    assert "is there already" in run(copy, "-m", "scripts.new_source", "heron_pbx", succeeds=False)
    assert "expected a name" in run(copy, "-m", "scripts.new_source", "Heron PBX", succeeds=False)


def test_a_kpi_is_one_file(copy: Path) -> None:
    before = files(copy)
    run(copy, "-m", "scripts.new_kpi", "answered_within_a_minute")
    assert [path.name for path in files(copy) - before] == ["answered_within_a_minute.yaml"]
    passed = run(copy, "-m", "pytest", "tests/kpis/test_definitions.py", "-k", "answered_within_a_minute")
    assert " passed" in passed and "failed" not in passed
    assert "Answered within a minute" in run(copy, "-m", "floorwalker", "kpi", "show", "answered_within_a_minute")
    assert "is there already" in run(copy, "-m", "scripts.new_kpi", "answered_within_a_minute", succeeds=False)


def test_a_new_kpi_is_missed_in_the_glossary(copy: Path) -> None:
    run(copy, "-m", "scripts.new_kpi", "unheard_of")
    missed = run(copy, "-m", "pytest", "tests/test_house.py", "-k", "glossary", succeeds=False)
    assert "unheard_of" in missed
