"""Is everything that the sources can say of a load said in the reader's language, with what was put into it?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import floorwalker
from floorwalker.ui.load_words import FOUND, PART, SENTENCES, find_sentence, say_found, say_of_load

HOME = Path(floorwalker.__file__).parent
FILES = [*sorted((HOME / "sources").glob("*/*.py")), HOME / "ingest/again.py", HOME / "ingest/seen.py"]
# Where a reason, what was expected and what mends it stand among the arguments.
TOLD = {
    "Reject": (1, 3, 4),
    "reject": (1, 3, 4),
    "_reject_cells": (2, 3, 4),
    "_refuse": (1, 2),
    "Broken": (1, 2),
    "Flag": (2,),
    "_give_up": (1,),
}
CONSTANTS = {"BLANK", "REPEATED", "ABOVE", "NO_ANSWER", "FLAG_MEANINGS", "_NO_ID", "BY_HAND"}
# Made of a sentence and a name or another sentence that stand elsewhere in the code.
BUILT = {
    "no agent",
    "no state",
    "the agent in every row",
    "the state in every row",
    "%(column)s: %(days)s dates can only have the day first and %(months)s only the month; "
    "those that allow both were rejected",
    "put them back where they were, or load the same data again on the command line: floorwalker load",
}


def texts_of(node: ast.AST) -> Iterator[str]:
    """What an expression says, with something in place of what is put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "state" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from texts_of(node.body)
        yield from texts_of(node.orelse)
    elif isinstance(node, ast.Lambda):
        yield from texts_of(node.body)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from texts_of(value)
    elif isinstance(node, ast.Tuple):
        for value in node.elts:
            yield from texts_of(value)


def told_by(path: Path) -> Iterator[str]:
    """Every sentence that stands in a file where a load takes one up."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names.setdefault(node.targets[0].id, []).extend(texts_of(node.value))
    for name, said in names.items():
        if name in CONSTANTS or (name.startswith("_MEND_") and path.name == "page.py"):
            yield from (text.replace("{name}", "state") for text in said)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for place in TOLD.get(called, ()):
                if place < len(node.args):
                    given = node.args[place]
                    yield from names.get(given.id, ()) if isinstance(given, ast.Name) else texts_of(given)


SAID = sorted({text for path in FILES for text in told_by(path)})


def test_the_sources_are_read() -> None:
    assert len(SAID) > 45
    assert {"no outcome", "too many fields", "survey without an answer", "at most state days"} <= {*SAID}


@pytest.mark.parametrize("text", SAID)
def test_what_a_source_says_is_said_to_welsh_readers_too(text: str) -> None:
    found = find_sentence(text)
    # A form of a line is no sentence.
    assert found is not None or text == "time|call|queue|agent|event|...", text
    if found is not None:
        with translation.override("cy"):
            assert say_of_load(text) != text


def test_each_sentence_is_said_by_a_source_to_the_letter() -> None:
    code = re.sub(r'"\s*\n\s*(?:\+ \()?f?"', "", "\n".join(path.read_text(encoding="utf-8") for path in FILES))
    for sentence in {*SENTENCES, *FOUND} - BUILT:
        assert [piece for piece in PART.split(sentence)[::2] if piece not in code] == [], sentence


@pytest.mark.parametrize(
    ("text", "sentence", "parts"),
    [
        ("unknown word for outcome", "unknown word for %(field)s", {"field": "outcome"}),
        ("12 fields, as in the headings", "%(number)s fields, as in the headings", {"number": "12"}),
        ("one of a, in column b", "one of %(words)s", {"words": "a, in column b"}),
        (
            "'in column' in column 'in column c'",
            "%(cell)s in column %(columns)s",
            {"cell": "'in column'", "columns": "'in column c'"},
        ),
        ("no time", "no time", {}),
    ],
)
def test_what_was_put_in_is_found_again(text: str, sentence: str, parts: dict[str, str]) -> None:
    assert find_sentence(text, FOUND if sentence in FOUND else SENTENCES) == (sentence, parts)
    with translation.override("en-gb"):
        assert say_of_load(text) == say_found(text) == text


def test_what_nobody_knows_stays_as_it_is() -> None:
    with translation.override("cy"):
        assert say_of_load("100 % of a connector of our own: %(x)s") == "100 % of a connector of our own: %(x)s"


def test_the_rows_own_words_are_not_translated() -> None:
    with translation.override("cy"):
        assert say_of_load("heading") != "heading" and say_found("heading") == "heading"
        assert say_found("an empty cell") != "an empty cell"
