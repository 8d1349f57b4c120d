"""How does a page become a PDF? Typst sets it; all text reaches the template as data, never as its source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.utils.translation import get_language

from floorwalker.errors import FloorwalkerError

PACKAGE = Path(__file__).resolve().parents[1]
# Tagged, with a title and words for every drawing, so that a screen reader can read it.
STANDARD: Literal["ua-1"] = "ua-1"


def set_page(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of a template (its path in the package) filled with data: text, numbers and SVG as text."""
    # Typst asks for the language alone: en of en-gb.
    language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    given = {"data": json.dumps(data, ensure_ascii=False), "lang": language}
    try:
        content: bytes = typst.compile(
            PACKAGE / template, root=PACKAGE, sys_inputs=given, pdf_standards=[STANDARD], timestamp=int(at.timestamp())
        )
    except typst.TypstError as error:
        raise FloorwalkerError("the PDF cannot be set", where=template, found=str(error)) from error
    return content
