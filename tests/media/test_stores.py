"""Is nothing read that lies outside of a store, by whatever name it is asked for?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from floorwalker.errors import SourceError
from floorwalker.media.stores import FolderStore, Held, Odd


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """A folder with two recordings, beside a secret, and everything odd that a share may hold."""
    (tmp_path / "secret.wav").write_bytes(b"secret")
    folder = tmp_path / "calls"
    (folder / "2026" / "11").mkdir(parents=True)
    (folder / "2026" / "11" / "one.wav").write_bytes(b"RIFF1")
    (folder / "two.wav").write_bytes(b"RIFF22")
    (folder / ".hidden.wav").write_bytes(b"hidden")
    (folder / "empty.wav").touch()
    (folder / "link.wav").symlink_to(tmp_path / "secret.wav")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.wav")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.wav")).write_bytes(b"x")
    (folder / "new\nline.wav").write_bytes(b"x")
    return FolderStore(folder)


def test_a_store_lists_plain_files_and_says_what_else_lies_there(store: FolderStore) -> None:
    found = list(store.files())
    held = [(one.name, one.size_bytes) for one in found if isinstance(one, Held)]
    assert held == [("2026/11/one.wav", 5), ("two.wav", 6)]
    odd = {one.name: one.why for one in found if isinstance(one, Odd)}
    assert odd == {
        "empty.wav": "empty",
        "link.wav": "link",
        "up": "link",
        "pipe.wav": "no_file",
        "\\udcff.wav": "name",
        "new\nline.wav": "name",
    }


def test_a_file_of_the_store_is_opened(store: FolderStore) -> None:
    with store.open("2026/11/one.wav") as file:
        assert file.read() == b"RIFF1"


def test_a_file_that_has_changed_is_not_the_same(store: FolderStore) -> None:
    held = store.about("two.wav")
    assert (held.name, held.size_bytes) == ("two.wav", 6)
    with store.open_as(held) as file:
        assert file.read() == b"RIFF22"
    (store.folder / "two.wav").write_bytes(b"RIFF222")
    with pytest.raises(FileNotFoundError):
        store.open_as(held)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.wav",
        "2026/../../secret.wav",
        "2026/11/../../../secret.wav",
        "/etc/passwd",
        "link.wav",
        "up/secret.wav",
        "pipe.wav",
        "2026",
        "2026/11",
        "2026//11/one.wav",
        "./two.wav",
        "two.wav/",
        "two.wav/x",
        "",
        ".",
        "..",
        "absent.wav",
        "two.wav\x00",
        "\udcff\udc00",
        "x" * 5000,
    ],
)
def test_nothing_else_is_opened(store: FolderStore, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.open(name)


def test_a_folder_that_is_swapped_for_a_link_is_not_followed(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "one.wav").write_bytes(b"other")
    (store.folder / "2026" / "11" / "one.wav").unlink()
    (store.folder / "2026" / "11").rmdir()
    (store.folder / "2026" / "11").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileNotFoundError):
        store.open("2026/11/one.wav")


def test_a_store_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        list(FolderStore(tmp_path / "unmounted").files())
    assert "unmounted" in str(error.value) and "share is mounted" in str(error.value)
