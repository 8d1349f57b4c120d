"""What does a .po file say? A reader of the few forms that makemessages writes, so that tests need no library for them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

QUOTED = r'((?:"(?:[^"\\]|\\.)*"(?:\n|$))+)'


@dataclass(frozen=True)
class Message:
    """One message: its source, one or two forms, and its translation, one or as many as the language has."""

    context: str
    sources: tuple[str, ...]
    said: tuple[str, ...]
    fuzzy: bool

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it this message."""
        return (self.context, *self.sources)


def read_po(path: Path) -> list[Message]:
    """Every message of a file, its header left out."""
    return [_message(block) for block in path.read_text(encoding="utf-8").split("\n\n") if _text(block, "msgid")]


def _message(block: str) -> Message:
    plural = _text(block, "msgid_plural")
    forms = len(re.findall(r"^msgstr\[\d\]", block, re.M))
    return Message(
        context=_text(block, "msgctxt"),
        sources=(_text(block, "msgid"), plural) if plural else (_text(block, "msgid"),),
        said=tuple(_text(block, f"msgstr[{n}]") for n in range(forms)) if plural else (_text(block, "msgstr"),),
        fuzzy=re.search(r"^#,.*\bfuzzy\b", block, re.M) is not None,
    )


def _text(block: str, name: str) -> str:
    found = re.search(rf"^{re.escape(name)} {QUOTED}", block, re.M)
    return "".join(ast.literal_eval(line) for line in found[1].strip().split("\n")) if found else ""
