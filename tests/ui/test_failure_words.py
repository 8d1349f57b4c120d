"""Is every reason for which a load can fail altogether said in the reader's language, and where it was left as it is?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import floorwalker
from floorwalker.ui.failure_words import SENTENCES, say_failed
from floorwalker.ui.load_words import PART, find_sentence
from floorwalker.ui.notice_words import sentence
from tests.ui.test_load_words import texts_of

HOME = Path(floorwalker.__file__).parent
# What a load comes through; `guess` answers whoever writes a mapping, and the simulated floor is loaded on the command line.
FILES = [
    *(path for path in sorted((HOME / "sources").glob("*/*.py")) if path.parts[-2] != "simulated"),
    *sorted((HOME / "ingest").glob("*.py")),
    *(HOME / "facts" / name for name in ("engine.py", "current.py", "lake.py")),
]
NOT_OF_LOADS = {"guess.py"}
# Of an engine's own words, which no list can hold.
FREE = {"the query engine state: state"}


def _said() -> Iterator[str]:
    for path in FILES:
        if path.name in NOT_OF_LOADS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("SourceError", "LakeError"):
                mends = [word.value for word in node.keywords if word.arg == "mend"]
                for given in (*node.args[:1], *mends):
                    yield from texts_of(given)


SAID = sorted({*_said()} - FREE)


@pytest.mark.parametrize("text", SAID)
def test_every_reason_is_known(text: str) -> None:
    assert find_sentence(text, SENTENCES) is not None, text


def test_each_sentence_is_said_by_the_code() -> None:
    assert len(SAID) > 50
    said = "\n".join(SAID)
    for one in SENTENCES:
        assert [piece for piece in PART.split(one)[::2] if piece not in said] == [], one


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the log is not there", ("", "the log is not there", "")),
        ("/in/a: b (c).csv: the file is empty", ("/in/a: b (c).csv: ", "the file is empty", "")),
        (
            "x.csv: the file has no column 'id', which map.yaml names (write 'nr' in the mapping)",
            ("x.csv: ", "the file has no column %(name)s, which %(mapping)s names", "write %(hint)s in the mapping"),
        ),
        (
            "the query engine needs more memory than it may use "
            "(set FLOORWALKER_MEMORY_MEGABYTES higher (500 by default); nothing was changed)",
            (
                "",
                "the query engine needs more memory than it may use",
                "set FLOORWALKER_MEMORY_MEGABYTES higher (500 by default); nothing was changed",
            ),
        ),
    ],
)
def test_a_kept_reason_is_taken_apart(text: str, parts: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert say_failed(text) == text
    monkeypatch.setattr("floorwalker.ui.load_words._", lambda said: f"<{said}>")
    where, what, mend = parts
    told = say_failed(text)
    assert told.startswith(f"{where}<") and told.count("<") == (2 if mend else 1) + where.count("<")
    for said in filter(None, (what, mend)):
        assert PART.split(said)[0] in told


def test_what_is_not_known_stays_as_it_is() -> None:
    for text in ("KeyError", "a connector of our own: says this (and that)", "", "(", ": "):
        assert say_failed(text) == text


def test_a_notice_says_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("floorwalker.ui.load_words._", lambda said: f"<{said}>")
    given = {"title": "Queue log", "origin": "Main", "problem": "a.csv: the file is empty"}
    with translation.override("en-gb"):
        assert "a.csv: <the file is empty>" in sentence("load_failed", given)
