"""Is every word of the product said in every language, whole, with its placeholders, and as the .po file has it?"""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from floorwalker.charts.render import draw
from floorwalker.charts.theme import Theme
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words
from tests.shared_data import ROOT, cannot_run
from tests.ui.catalogues import Message, read_po

LOCALE = ROOT / "floorwalker" / "ui" / "locale"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
HELD = re.compile(r"%\(\w+\)(?:\.\d+)?[a-z]|%%|\{\w*\}|</?[a-z][^>]*>")
MEND = "run `make messages`, fill what is empty, and run it again"


def po_of(language: str) -> Path:
    """The words of one language, for translators."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def test_every_language_that_is_offered_has_words_and_no_other() -> None:
    assert sorted(LANGUAGES) == sorted(folder.name for folder in LOCALE.iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty_unsure_or_lacks_a_plural(language: str) -> None:
    with po_of(language).with_suffix(".mo").open("rb") as file:
        header = gettext.GNUTranslations(file).info()
    forms = int(re.search(r"nplurals=(\d)", header["plural-forms"])[1])  # type: ignore[index]
    wrong = [
        message.sources
        for message in read_po(po_of(language))
        if message.fuzzy or not all(message.said) or len(message.said) != (forms if len(message.sources) == 2 else 1)
    ]
    assert not wrong, MEND


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_marks_are_those_of_the_source(language: str) -> None:
    wrong = [message.sources for message in read_po(po_of(language)) if not holds_the_same(message)]
    assert not wrong


def holds_the_same(message: Message) -> bool:
    """Whether each form holds what its source holds; the first stands for one thing, all others for several."""
    return all(
        sorted(HELD.findall(said)) == sorted(HELD.findall(message.sources[min(n, len(message.sources) - 1)]))
        for n, said in enumerate(message.said)
    )


def test_a_lost_placeholder_is_found() -> None:
    assert not holds_the_same(Message("", ("%(n)s row", "%(n)s rows"), ("%(n)s rhes", "rhesi"), fuzzy=False))
    assert not holds_the_same(Message("", ("<b>%(n)s</b>",), ("%(n)s",), fuzzy=False))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_pages_say_is_what_the_translators_wrote(language: str) -> None:
    with po_of(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    written: dict[object, str] = {}
    for message in read_po(po_of(language)):
        source = f"{message.context}\x04{message.sources[0]}" if message.context else message.sources[0]
        for n, said in enumerate(message.said):
            written[(source, n) if len(message.sources) == 2 else source] = said
    assert {key: said for key, said in compiled.items() if key} == written, MEND


def test_every_word_of_code_and_templates_has_been_given_to_the_translators(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        cannot_run("gettext is not installed")
    package = tmp_path / "floorwalker"
    left_out = shutil.ignore_patterns("locale", "static", "__pycache__", "samples", "*.yaml")
    shutil.copytree(ROOT / "floorwalker", package, ignore=left_out)
    (package / "ui" / "locale").mkdir()
    told = os.environ | {
        "PYTHONPATH": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "floorwalker.web.settings",
        "FLOORWALKER_HOME": str(tmp_path / "home"),
    }
    extract = [sys.executable, "-m", "django", "makemessages", "--extension", "html,py", "--verbosity", "0"]
    for language in LANGUAGES:
        run = subprocess.run([*extract, "--locale", language], cwd=package, env=told, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        found = read_po(package / po_of(language).relative_to(ROOT / "floorwalker"))
        assert {one.key for one in found} == {one.key for one in read_po(po_of(language))}, MEND


def test_a_measure_is_called_by_its_name_in_the_reader_s_language() -> None:
    names = [text for kpi in catalogue().values() for text in (kpi.name, kpi.meaning)]
    with translation.override("cy"):
        assert not [text for text in names if words.in_language(text) == text]
        assert words.in_language("A measure of our own") == "A measure of our own" and words.in_language("") == ""
    with translation.override("en-gb"):
        assert [words.in_language(text) for text in names] == names


def test_a_drawing_writes_months_as_its_reader_does() -> None:
    def chart(theme: Theme) -> dict[str, Any]:
        days = [{"day": f"2026-{month:02}-01"} for month in (1, 11)]
        axis = {"format": "%-d %b", "tickCount": "month"}
        return {
            "data": {"values": days},
            "mark": "point",
            "encoding": {"x": {"field": "day", "type": "temporal", "axis": axis}},
        }

    with translation.override("cy"):
        welsh = draw(chart, words.clock()).light
    with translation.override("en-gb"):
        english = draw(chart, words.clock()).light
    assert "1 Tach" in welsh and "1 Gorff" in welsh and "1 Nov" not in welsh
    assert "1 Nov" in english and "1 Tach" not in english
