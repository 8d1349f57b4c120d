"""Which browser libraries does Floorwalker ship, at which versions, and are the files what their makers published?

Runs npm once, in a temporary folder, takes the minified file and the licence of each library, drops the reference to
its source map (static-file storage would look for it) and writes VENDORED.md with versions, sizes and hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "floorwalker" / "ui" / "static" / "vendor"
SOURCE_MAP = re.compile(rb"\n?//[#@] sourceMappingURL=\S*\s*$")


@dataclass(frozen=True)
class Library:
    """One library: its npm name and version, the file to take, and why we have it."""

    name: str
    version: str
    file: str
    licence: str
    why: str

    @property
    def shipped_as(self) -> str:
        """The name of the shipped file: htmx.min.js, vega.min.js ..."""
        return Path(self.file).name


# Vega-Lite keeps the minor version that vl-convert has on the server: one chart, drawn alike in both places.
LIBRARIES = (
    Library("htmx.org", "2.0.11", "dist/htmx.min.js", "0BSD", "parts of a page change without loading all of it"),
    Library("vega", "6.4.0", "build/vega.min.js", "BSD-3-Clause", "draws a chart that somebody explores"),
    Library("vega-lite", "6.4.3", "build/vega-lite.min.js", "BSD-3-Clause", "turns our chart definition into Vega's"),
    Library("vega-embed", "7.3.0", "build/vega-embed.min.js", "BSD-3-Clause", "puts it in the page, without eval"),
)


def fetch(libraries: tuple[Library, ...], folder: Path) -> None:
    """Let npm fetch the libraries into the folder, running none of their scripts."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the browser's libraries. To mend: apt-get install npm")
    names = [f"{library.name}@{library.version}" for library in libraries]
    command = [
        npm,
        "install",
        "--silent",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefix",
        str(folder),
        *names,
    ]
    subprocess.run(command, check=True)  # noqa: S603


def integrity(content: bytes) -> str:
    """The subresource-integrity text of a file."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def ship(library: Library, folder: Path) -> str:
    """Put one library's file and licence in place and return its line of VENDORED.md."""
    package = folder / "node_modules" / library.name
    content = SOURCE_MAP.sub(b"\n", (package / library.file).read_bytes())
    (TARGET / library.shipped_as).write_bytes(content)
    licence = next(path for path in sorted(package.iterdir()) if path.name.upper().startswith("LICENSE"))
    shutil.copyfile(licence, TARGET / f"{library.shipped_as}.LICENSE.txt")
    columns = (
        f"`{library.shipped_as}`",
        library.name,
        library.version,
        library.licence,
        f"{len(content) // 1024} kB",
        library.why,
        f"`{integrity(content)}`",
    )
    return "| " + " | ".join(columns) + " |"


def main() -> None:
    """Fetch, strip, hash and list."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fetch(LIBRARIES, Path(folder))
        lines = [ship(library, Path(folder)) for library in LIBRARIES]
    heading = [
        "# Browser libraries",
        "",
        "Written by `make vendor`; the browser loads nothing from other hosts. Each licence stands beside its file.",
        "Vega includes D3 (ISC) and vega-embed a JSON patch library (MIT), as their makers build them.",
        "The reference to a source map is dropped from each file; nothing else is changed.",
        "",
        "| file | library | version | licence | size | why | integrity |",
        "|---|---|---|---|---|---|---|",
    ]
    (TARGET / "VENDORED.md").write_text("\n".join([*heading, *lines]) + "\n", encoding="utf-8")
    print(f"{len(lines)} libraries in {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
