"""Is each word of the field one word in Welsh, wherever it is said?"""

from __future__ import annotations

import re

import pytest

from tests.ui.catalogues import read_po
from tests.ui.test_languages import po_of

HELD = re.compile(r"%\(\w+\)(?:\.\d+)?[a-z]")
# By English word: its one Welsh word with its mutations and plurals, and the words that are none of it.
TERMS = {
    "evaluator": (r"evaluators?", r"ng?werthusw|g?werthusw", r"asesw|asesydd"),
    "evaluation": (r"evaluations?", r"g?werthusiad|g?werthus", r"\bh?asesiad"),
    "agent": (r"agents?", r"asiant", r"asiantau\b|gweithred(?:wr|ydd)"),
    "contact": (r"contacts?", r"[cg]?h?yswllt|[cg]?h?ysylltiad", r"cyswlltau"),
    "standard": (r"standards?", r"safon", r"safonnau"),
    "calibration": (r"calibrations?", r"g?raddnod", r"calibr"),
    "appeal": (r"appeals?", r"ap[eê]l", r"\bapêlau"),
}
# Here the English word is part of a name, or says something else.
OTHER = {"With a heading: contact, e-mail, and language where you know it."}


@pytest.mark.parametrize("term", TERMS)
def test_a_word_of_the_field_is_one_word_in_welsh(term: str) -> None:
    english, welsh, never = (re.compile(pattern, re.I) for pattern in TERMS[term])
    whole = re.compile(rf"\b(?:{english.pattern})\b", re.I)
    told = [
        (message.sources[0], said)
        for message in read_po(po_of("cy"))
        for said in message.said
        if any(whole.search(HELD.sub("", source)) for source in message.sources) and message.sources[0] not in OTHER
    ]
    assert len(told) > 10
    assert not [pair for pair in told if not welsh.search(pair[1])]
    assert not [pair for pair in told if never.search(pair[1])]
