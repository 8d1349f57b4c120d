"""Does the package hold everything that an installation needs, and does a plain install of it work?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.shared_data import ROOT

NEEDED = ("pyproject.toml", "README.md", "LICENSE", "floorwalker")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is left in the checkout."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in NEEDED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(target),
        ".",
    ]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    (built,) = target.glob("floorwalker-*.whl")
    return built


def test_wheel_holds_what_runs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    kinds = ("*.py", "*.yaml", "*.html", "*.css", "*.js", "*.svg")
    wanted = {str(path.relative_to(ROOT)) for kind in kinds for path in (ROOT / "floorwalker").rglob(kind)}
    wanted = {name for name in wanted if "/samples/" not in name}
    assert len(wanted) > 100
    assert sorted(wanted - held) == []
    assert any(name.endswith("VENDORED.md") for name in held)
    assert any(name.endswith("vega.min.js.LICENSE.txt") for name in held)
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in held)
    assert [name for name in held if name.startswith(("tests/", "docs/", "scripts/", "bench/"))] == []


@pytest.mark.slow
def test_plain_install_runs(wheel: Path, tmp_path: Path) -> None:
    """A fresh environment, the wheel and what it depends on, one load and one figure."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    binaries = tmp_path / "venv" / "bin"
    locked = ["install", "--quiet", "--require-hashes", "-r", ROOT / "requirements.lock"]
    subprocess.run([binaries / "pip", *locked], check=True)
    subprocess.run([binaries / "pip", "install", "--quiet", "--no-deps", wheel], check=True)
    environment = {**os.environ, "FLOORWALKER_HOME": str(tmp_path / "home")}
    command = [binaries / "floorwalker", "demo", "--agents", "12", "--days", "14"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    figures = subprocess.run(
        [binaries / "floorwalker", "kpi", "run", "contacts_offered", "--csv"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "contacts_offered" in figures.stdout
