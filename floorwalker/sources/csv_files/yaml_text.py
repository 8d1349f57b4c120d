"""How is a mapping's YAML read so that every scalar stays the text that a person wrote?"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from floorwalker.errors import SourceError

LONGEST_MAPPING = 200_000
_PLAIN = re.compile(r"[A-Za-z0-9_(][A-Za-z0-9_()/.+ -]*\Z")


class _TextLoader(yaml.SafeLoader):
    """The safe loader without its guesses: `Y`, `no`, `007` and `1:30` stay what they are. A key given twice is an error."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (declared so by PyYAML)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be one word or line", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} is given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=True)


def read_yaml(text: str, name: str) -> Mapping[str, Any]:
    """The top level of a YAML text, every scalar a str; SourceError says line and column."""
    if len(text) > LONGEST_MAPPING:
        raise _not_a_mapping(name, f"{len(text)} characters")
    loader = _TextLoader(text)
    try:
        top = loader.get_single_data()
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}, column {mark.column + 1}" if mark is not None else name
        raise SourceError(
            "the mapping is not YAML",
            where=where,
            found=str(getattr(error, "problem", None) or "something that cannot be read"),
            expected="lines of the form `key: value`",
            mend='put text that holds : # { } [ ] , & * ? | < > = ! % @ or quotes into "double quotes"',
        ) from error
    finally:
        loader.dispose()
    if not isinstance(top, dict):
        raise _not_a_mapping(name, "nothing" if top in (None, "") else type(top).__name__)
    return top


def _not_a_mapping(name: str, found: str) -> SourceError:
    return SourceError(
        "this is not a mapping",
        where=name,
        found=found,
        expected="YAML with `rows:` and `columns:`",
        mend="`floorwalker mapping guess FILE --out mapping.yaml` writes a first one",
    )


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, if any is."""
    by_lower = {name.casefold(): name for name in reversed(list(known))}
    found = difflib.get_close_matches(word.casefold(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def scalar(text: str) -> str:
    """The text as it must be written in YAML: plain where no other program could take it for something else."""
    plain = _PLAIN.match(text) and text == text.strip() and not re.search(r": | #", text)
    looks_typed = re.fullmatch(r"[\d.+-]+|true|false|yes|no|on|off|null|y|n", text, re.IGNORECASE)
    words = {"yes", "no", "y", "n"}
    if plain and (not looks_typed or text.casefold() in words):
        return text
    return json.dumps(text, ensure_ascii=False)
