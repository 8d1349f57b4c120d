"""Are the rules of the house kept that no linter knows: questions, names, documentation, licences, one origin of files?"""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from floorwalker.cli import main as cli
from floorwalker.kpis.catalogue import catalogue
from tests.conftest import is_here
from tests.rooms import APART, ROOMS
from tests.shared_data import ROOT
from tests.sources.samples import source_names

PACKAGE = ROOT / "floorwalker"
WRITTEN_BY_DJANGO = "migrations"
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-setup.lock")
PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|0BSD|Zlib|CC0|Unlicense|HPND", re.IGNORECASE
)
COPYLEFT = re.compile(r"(?<!L)GPL|AGPL|Affero|LGPL|Lesser General|General Public", re.IGNORECASE)
ONLY_AS_AN_EXTRA = {"psycopg", "psycopg-binary", "psycopg-pool"}
# The names of XML vocabularies look like addresses and are none.
ADDRESS = re.compile(r"https?://(?!www\.w3\.org)")
FOREIGN = re.compile(
    r"""(?:src|href|action|poster|data-src)\s*=\s*["'](?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import"""
)


def modules() -> list[Path]:
    """Every Python file that people write and read."""
    written = [
        *PACKAGE.rglob("*.py"),
        *(ROOT / "scripts").glob("*.py"),
        *(ROOT / "docs").glob("*.py"),
        *(ROOT / "bench").rglob("*.py"),
    ]
    return sorted(path for path in written if WRITTEN_BY_DJANGO not in path.parts)


def relative(paths: list[Path]) -> list[str]:
    """The paths as a person would write them."""
    return [str(path.relative_to(ROOT)) for path in paths]


def first_line(path: Path) -> str:
    """The first line of a module's docstring, or nothing."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n\n")[0].replace("\n", " ").strip()


def packages_of(lock: str) -> dict[str, str]:
    """Name and version of everything that a lock names."""
    found = re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE
    )
    return {name.lower(): version for name, version in found}


def test_every_module_opens_with_what_it_settles() -> None:
    silent = [path for path in modules() if not first_line(path).endswith(("?", ".")) or first_line(path)[0].islower()]
    assert relative(silent) == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert relative([path for path in modules() if path.stem in NAMES_THAT_SAY_NOTHING]) == []


def test_statistics_open_nothing() -> None:
    calls = [
        f"{path.name}:{node.lineno}"
        for path in (PACKAGE / "stats").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "exec", "eval"}
    ]
    assert calls == []


def test_every_kpi_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert [name for name in catalogue() if f"`{name}`" not in glossary] == []


def command_paths(command: click.Command, context: click.Context) -> list[str]:
    """The full names of a command and all below it."""
    paths = [context.command_path]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None, f"{context.command_path} {name} is listed and is not there"
            paths += command_paths(below, click.Context(below, info_name=name, parent=context))
    return paths


def test_every_command_is_in_the_docs() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    paths = command_paths(cli, click.Context(cli, info_name="floorwalker"))
    assert len(paths) > 10
    assert [path for path in paths if f"## {path}\n" not in written] == []


def test_every_source_is_in_the_docs() -> None:
    written = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert source_names()
    assert [name for name in source_names() if f"## {name}\n" not in written] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address_and_hashes_everything(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|--index|--find-links|--extra-index|file:|@ ", text)
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(entries) == len(packages_of(lock))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def direct_dependencies() -> set[str]:
    """What pyproject.toml says is needed to run."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in project["dependencies"]}


def test_locks_agree_with_each_other_and_with_pyproject() -> None:
    run, dev = packages_of("requirements.lock"), packages_of("requirements-dev.lock")
    assert direct_dependencies() <= set(run)
    assert {name: dev.get(name) for name in run} == run
    assert not ONLY_AS_AN_EXTRA & set(run)


def test_every_dependency_has_its_reason() -> None:
    record = (ROOT / "docs" / "decisions" / "0004-dependencies.md").read_text(encoding="utf-8")
    assert sorted(name for name in direct_dependencies() if f"| {name} |" not in record) == []


def licence_of(name: str) -> str:
    """What a distribution says of its licence, in the most telling of its fields."""
    metadata = importlib.metadata.metadata(name)
    classifiers = [text for text in metadata.get_all("Classifier") or [] if text.startswith("License")]
    return (
        metadata.get("License-Expression") or "; ".join(classifiers) or (metadata.get("License") or "").split("\n")[0]
    )


def test_licences_at_run_time_fit() -> None:
    installed = {name for name in packages_of("requirements.lock") if is_installed(name)}
    assert len(installed) >= len(packages_of("requirements.lock")) - 2, (
        "all but packages of other systems are installed"
    )
    licences = {name: licence_of(name) for name in installed}
    assert {name: text for name, text in licences.items() if not PERMISSIVE.search(text)} == {}
    assert {name: text for name, text in licences.items() if COPYLEFT.search(text)} == {}


def is_installed(name: str) -> bool:
    """Whether the distribution is here; packages for other systems are not."""
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def test_licence_rule_knows_what_it_refuses() -> None:
    assert COPYLEFT.search("GPL-3.0-or-later")
    assert COPYLEFT.search("License :: OSI Approved :: GNU Affero General Public License v3")
    assert not COPYLEFT.search("MIT")
    assert not PERMISSIVE.search("Proprietary")


def test_pages_and_styles_name_no_foreign_host() -> None:
    pages = [path for pattern in ("*.html", "*.css", "*.svg") for path in PACKAGE.rglob(pattern)]
    scripts = [path for path in PACKAGE.rglob("*.js") if "vendor" not in path.parts]
    assert pages
    foreign = [path for path in pages if FOREIGN.search(path.read_text(encoding="utf-8"))]
    foreign += [path for path in scripts if ADDRESS.search(path.read_text(encoding="utf-8"))]
    assert relative(foreign) == []


def test_vendored_files_are_what_the_list_says() -> None:
    import scripts.vendor as vendor

    listed = (vendor.TARGET / "VENDORED.md").read_text(encoding="utf-8")
    for library in vendor.LIBRARIES:
        content = (vendor.TARGET / library.shipped_as).read_bytes()
        assert vendor.integrity(content) in listed, f"{library.shipped_as} was changed by hand"
        assert library.version in listed
        assert b"sourceMappingURL" not in content
        assert (vendor.TARGET / f"{library.shipped_as}.LICENSE.txt").exists()


def test_browser_and_server_draw_with_the_same_vega_lite() -> None:
    import vl_convert

    import scripts.vendor as vendor

    vendored = next(library.version for library in vendor.LIBRARIES if library.name == "vega-lite")
    assert ".".join(vendored.split(".")[:2]) in vl_convert.get_vegalite_versions()


def test_no_file_names_a_place_of_one_machine() -> None:
    readable = {".py", ".md", ".yaml", ".toml", ".html", ".css", ".txt", ".cfg", ""}
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    files = [ROOT / name for name in tracked if name and (ROOT / name).is_file() and Path(name).suffix in readable]
    place = re.compile(r"/(?:root|home/[a-z]+|work)/[a-z.]")
    named = [
        path
        for path in files
        if path != Path(__file__) and place.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert relative(named) == []


def test_every_room_has_tests() -> None:
    assert [path for path in (*ROOMS, *APART) if not (ROOT / path).exists()] == []


def test_import_contracts_hold() -> None:
    """Run here too, so that a test that adds a room can rely on it: the same command as `make check`."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("address", "here"),
    [
        (("127.0.0.1", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        ("/run/socket", True),
        (("192.0.2.1", 80), False),
        (("example.org", 443), False),
    ],
)
def test_only_loopback_counts_as_this_machine(address: object, here: bool) -> None:
    assert is_here(address) is here


def test_a_connection_to_elsewhere_is_refused() -> None:
    import socket

    with socket.socket() as connection, pytest.raises(AssertionError, match="only loopback"):
        connection.connect(("192.0.2.1", 80))
