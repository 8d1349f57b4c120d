"""Which files lie in a store of recordings, and how is one opened so that nothing outside of the store ever is?

A store is a folder: of this machine, of a share that is mounted, or of an object store that is mounted (read only will do).
Every name is walked part by part from the folder's own descriptor, and no part may be a link: whoever can write into the
folder cannot make the program read what lies elsewhere, not even by swapping a folder for a link in between.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from floorwalker.errors import SourceError

LONGEST_NAME = 1000
# Without waiting: opening a pipe would else last until somebody writes into it.
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


@dataclass(frozen=True)
class Held:
    """A file of a store: its name below the folder, with slashes; its size; when it was changed, in nanoseconds of Unix time."""

    name: str
    size_bytes: int
    changed_ns: int


@dataclass(frozen=True)
class Odd:
    """What lies in a store and is not read, by a name that can be printed, with the code of the reason."""

    name: str
    why: str


class FolderStore:
    """The files below one folder, none of them through a link."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self) -> Iterator[Held | Odd]:
        """Everything that lies there, in the order of names; SourceError where the folder cannot be read."""
        try:
            root = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise self._unreadable(error) from error
        with ExitStack() as stack:
            stack.callback(os.close, root)
            yield from self._below(root, "")

    def open(self, name: str) -> BinaryIO:
        """The file of that name, opened for reading; FileNotFoundError for whatever is no plain file of this store."""
        parts = name.split("/")
        if "\x00" in name or any(part in ("", ".", "..") for part in parts):
            raise FileNotFoundError(name)
        with ExitStack() as stack:
            try:
                here = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                stack.callback(os.close, here)
                for part in parts[:-1]:
                    here = os.open(part, READ | os.O_DIRECTORY, dir_fd=here)
                    stack.callback(os.close, here)
                found = os.open(parts[-1], READ, dir_fd=here)
            except (OSError, ValueError) as error:
                raise FileNotFoundError(name) from error
        if not stat.S_ISREG(os.fstat(found).st_mode):
            os.close(found)
            raise FileNotFoundError(name)
        return os.fdopen(found, "rb")

    def about(self, name: str) -> Held:
        """A file as it is now; FileNotFoundError for whatever is no plain file of this store."""
        with self.open(name) as file:
            return _held(name, file)

    def open_as(self, held: Held) -> BinaryIO:
        """A file that is still as it was; FileNotFoundError where it has changed since."""
        file = self.open(held.name)
        if _held(held.name, file) != held:
            file.close()
            raise FileNotFoundError(held.name)
        return file

    def _below(self, folder: int, above: str) -> Iterator[Held | Odd]:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            name = above + entry.name
            if entry.name.startswith("."):
                continue
            if not name.isprintable() or len(name) > LONGEST_NAME:
                yield Odd(name.encode("utf-8", "backslashreplace").decode("utf-8")[:LONGEST_NAME], "name")
                continue
            try:
                yield from self._one(folder, entry, name)
            except OSError:
                yield Odd(name, "unreadable")

    def _one(self, folder: int, entry: os.DirEntry[str], name: str) -> Iterator[Held | Odd]:
        about = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(about.st_mode):
            yield Odd(name, "link")
        elif stat.S_ISDIR(about.st_mode):
            inner = os.open(entry.name, READ | os.O_DIRECTORY, dir_fd=folder)
            try:
                yield from self._below(inner, f"{name}/")
            finally:
                os.close(inner)
        elif not stat.S_ISREG(about.st_mode):
            yield Odd(name, "no_file")
        elif about.st_size == 0:
            yield Odd(name, "empty")
        else:
            yield Held(name, about.st_size, about.st_mtime_ns)

    def _unreadable(self, error: OSError) -> SourceError:
        return SourceError(
            "the folder of recordings cannot be read",
            where=str(self.folder),
            found=error.strerror or str(error),
            expected="a folder that the user who runs Floorwalker may read",
            mend="see whether the share is mounted, and who may read it",
            retry=True,
        )


def _held(name: str, file: BinaryIO) -> Held:
    found = os.fstat(file.fileno())
    return Held(name, found.st_size, found.st_mtime_ns)
