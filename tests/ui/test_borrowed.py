"""Are the words that we translate for libraries still the libraries' own, and does a Welsh reader get them?"""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import django
import pytest
from django.utils import translation
from django.utils.translation import gettext

from floorwalker.ui import borrowed

LIBRARIES = {"ALLAUTH": Path(allauth.__file__).parent, "DJANGO": Path(django.__file__).parent}


def words_of(library: Path) -> str:
    """All that a library's code and message templates say, with its quotes, breaks and placeholders made alike."""
    files = [*library.rglob("*.py"), *library.glob("templates/*/messages/*.txt")]
    text = " ".join(path.read_text(encoding="utf-8") for path in files if "locale" not in path.parts)
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", re.sub(r'"\s*\n\s*"', "", text))


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_is_said_by_the_library_to_the_letter(library: str) -> None:
    said = words_of(LIBRARIES[library])
    sources = [one for one in getattr(borrowed, library) if isinstance(one, str)]
    assert len(sources) > 5 and not [one for one in sources if one not in said]


@pytest.mark.parametrize("source", [one for one in borrowed.ALLAUTH + borrowed.DJANGO if isinstance(one, str)])
def test_a_welsh_reader_does_not_get_the_library_s_english(source: str) -> None:
    with translation.override("cy"):
        assert gettext(source) != source
