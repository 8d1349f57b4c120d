"""How does a browser know that its copy of a style or script is still the present one?"""

from __future__ import annotations

from pathlib import Path
from wsgiref.headers import Headers


def mark_version(headers: Headers, path: str, url: str) -> None:
    """Give a file a weak mark: compressed on its way it stays the same file, and a strong one would never match again."""
    found = Path(path).stat()
    headers["ETag"] = f'W/"{int(found.st_mtime):x}-{found.st_size:x}"'
