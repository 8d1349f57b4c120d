"""Is every refusal that a page can show said in the reader's language, with what was put into it?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import floorwalker
from floorwalker.errors import Refused
from floorwalker.ui.load_words import PART, find_sentence
from floorwalker.ui.refusal_words import SENTENCES, tell
from tests.ui.test_load_words import texts_of

HOME = Path(floorwalker.__file__).parent / "apps"
# What answers the command line and programs alone: no page shows it.
NOT_OF_PAGES = {"names.py", "plain.py", "programs.py", "api.py"}
FILES = [path for path in sorted(HOME.rglob("*.py")) if path.name not in NOT_OF_PAGES and path.parent.name != "api"]


def _said() -> Iterator[str]:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            node.targets[0].id: [*texts_of(node.value)]
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                for given in (*node.args[:1], *(word.value for word in node.keywords if word.arg != "where")):
                    yield from names.get(given.id, ()) if isinstance(given, ast.Name) else texts_of(given)


WORDS, PUT_IN = re.compile("[a-z]{2}"), "state"
# Without a word of its own there is nothing to translate: a value, or a name that is everybody's.
SAID = sorted({text for text in _said() if WORDS.search(text.replace(PUT_IN, "")) and text != "CSV"})


@pytest.mark.parametrize("text", SAID)
def test_every_refusal_is_known(text: str) -> None:
    found = find_sentence(text, SENTENCES)
    assert found is not None, text
    # As "you have agreed" would go into the first gap of "%(first)s to %(last)s": only what was put in is in a gap.
    assert not [part for part in found[1].values() if WORDS.search(part.replace(PUT_IN, ""))], found


def test_each_sentence_is_said_by_the_code() -> None:
    assert len(SAID) > 100
    said = "\n".join(SAID)
    for one in SENTENCES:
        assert [piece for piece in PART.split(one)[::2] if piece not in said] == [], one


def test_all_parts_of_a_refusal_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("floorwalker.ui.load_words._", lambda said: f"<{said}>")
    refused = Refused("a team needs a name", found="Ŝ", expected="1 to 200 characters", mend="choose another name")
    told = tell(refused)
    assert (told.what, told.found) == ("<a team needs a name>", "Ŝ")
    assert (told.expected, told.mend) == ("<1 to 200 characters>", "<choose another name>")
    assert str(told) == (
        "<a team needs a name>. Found: Ŝ. Expected: <1 to 200 characters>. To mend it: <choose another name>."
    )
    assert tell(Refused("nobody listed this")).what == "nobody listed this"
