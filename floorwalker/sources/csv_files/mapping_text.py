"""How does the text of a mapping file become a mapping?

The text is YAML, read as plain words (no yes/no, number or date is guessed by YAML), into frozen dataclasses. Whatever
cannot be understood is an error that names file, key, what was found, what was expected and how to mend it.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from typing import Any

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.fields import FIELDS, FieldKind, RowKind
from floorwalker.sources.csv_files.mapping import (
    ATTRIBUTES_AT_MOST,
    DATE_ORDERS,
    EMPTY_WORDS,
    FORMATS,
    NO_HEADING,
    UNITS,
    FileMapping,
    MappedField,
)
from floorwalker.sources.csv_files.words import MET_WORDS
from floorwalker.sources.csv_files.yaml_text import nearest, read_yaml

_TOP = ("rows", "sheet", "header_row", "delimiter", "encoding", "decimal", "timezone", "dates", "empty", "columns")
_TOP_KEYS = (*_TOP, "attributes", "criteria", "defaults")
_COLUMN_KEYS = ("column", "values", "empty", "other", "format", "unit", "scale")


def parse_mapping(text: str, name: str) -> FileMapping:
    """The mapping that the text states; SourceError names the key that cannot be understood."""
    return _Reader(name).read(read_yaml(text, name))


class _Reader:
    """Reads one mapping; keeps the file's name for its errors."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, top: Mapping[str, Any]) -> FileMapping:
        self._known(top, _TOP_KEYS, "")
        rows = RowKind(self._choice(top, "rows", tuple(RowKind)) or RowKind.CONTACTS)
        fields = {key: self._field(key, value, rows) for key, value in self._section(top, "columns").items()}
        attributes = {key: self._attribute(key, value) for key, value in self._section(top, "attributes").items()}
        mapping = FileMapping(
            name=self.name,
            rows=rows,
            fields=fields,
            attributes=attributes,
            criteria={key: self._criterion(key, value, rows) for key, value in self._section(top, "criteria").items()},
            defaults=self._defaults(self._section(top, "defaults"), rows),
            sheets=tuple(self._words(top, "sheet")),
            header_row=self._header_row(top),
            delimiter=self._delimiter(top),
            encoding=self._encoding(top),
            decimal=self._choice(top, "decimal", (".", ",")),
            timezone=self._timezone(top),
            dates=self._choice(top, "dates", DATE_ORDERS),
            empty=frozenset(EMPTY_WORDS) | {word.strip().casefold() for word in self._words(top, "empty")},
        )
        self._complete(mapping)
        return mapping

    # sections

    def _field(self, key: str, value: Any, rows: RowKind) -> MappedField:
        where = f"columns.{key}"
        allowed = tuple(name for name, known in FIELDS.items() if rows in known.rows)
        self._known({key: value}, allowed, "columns.")
        known = FIELDS[key]
        keys = self._column_keys(value, where)
        columns = self._columns(keys, where)
        if len(columns) > 1 and known.kind is not FieldKind.INSTANT:
            raise self._wrong(where, ", ".join(columns), "one column; only times may stand in two (date and time)")
        return MappedField(
            name=key,
            columns=columns,
            values=self._values(keys, where, known.words),
            empty=self._meaning(keys, "empty", where, known.words),
            other=self._meaning(keys, "other", where, known.words),
            format=self._only_for(keys, "format", where, known.kind is FieldKind.INSTANT, FORMATS),
            unit=self._only_for(keys, "unit", where, known.kind is FieldKind.DURATION, UNITS),
            scale=self._scale(keys, where, known.kind),
        )

    def _attribute(self, key: str, value: Any) -> MappedField:
        where = f"attributes.{key}"
        keys = self._column_keys(value, where)
        self._known(keys, ("column", "values", "empty", "other"), f"{where}.")
        return MappedField(
            name=key,
            columns=self._columns(keys, where)[:1],
            values=self._values(keys, where, ()),
            empty=self._meaning(keys, "empty", where, ()),
            other=self._meaning(keys, "other", where, ()),
        )

    def _criterion(self, key: str, value: Any, rows: RowKind) -> MappedField:
        where = f"criteria.{key}"
        if rows is not RowKind.EVALUATIONS:
            raise self._wrong(where, str(value), "no `criteria`: they belong to `rows: evaluations`")
        keys = self._column_keys(value, where)
        self._known(keys, ("column", "values", "empty", "other", "scale"), f"{where}.")
        scale = self._scale(keys, where, FieldKind.SCORE) if "scale" in keys else (0.0, 1.0)
        return MappedField(
            name=key,
            columns=self._columns(keys, where)[:1],
            values=self._values(keys, where, ()) or ({} if "scale" in keys else dict(MET_WORDS)),
            empty=self._meaning(keys, "empty", where, ()),
            other=self._meaning(keys, "other", where, ()),
            scale=scale,
        )

    def _defaults(self, section: Mapping[str, Any], rows: RowKind) -> dict[str, str]:
        kinds = (FieldKind.TEXT, FieldKind.CODE)
        allowed = tuple(
            n for n, f in FIELDS.items() if rows in f.rows and f.kind in kinds and n not in ("id", "contact")
        )
        self._known(section, allowed, "defaults.")
        for key, value in section.items():
            words = FIELDS[key].words
            if not isinstance(value, str) or (words and value not in words):
                raise self._wrong(f"defaults.{key}", str(value), ", ".join(words) or "one word or line")
        return dict(section)

    def _complete(self, mapping: FileMapping) -> None:
        instead = _INSTEAD.get(mapping.rows)
        if mapping.begins not in mapping.fields and instead not in mapping.fields:
            raise self._wrong("columns", ", ".join(mapping.fields) or "nothing", f"a column for `{mapping.begins}`")
        needed = _OF_ROWS[mapping.rows]
        if needed not in mapping.fields and needed not in mapping.defaults:
            raise self._wrong(f"columns.{needed}", "nothing", _NEEDED[needed])
        if mapping.rows in _WHOSE and "agent" not in mapping.fields:
            raise self._wrong(
                "columns.agent", "nothing", f"the column that names the agent whose {_WHOSE[mapping.rows]}"
            )
        if len(mapping.attributes) > ATTRIBUTES_AT_MOST:
            raise self._wrong("attributes", f"{len(mapping.attributes)} of them", f"{ATTRIBUTES_AT_MOST} at most")
        both = mapping.fields.get("reason"), mapping.fields.get("disposition")
        if both[0] is not None and both[1] is not None and both[0].columns == both[1].columns:
            raise self._wrong(
                "columns.disposition",
                f"the same column as `reason`: {both[0].columns[0]}",
                "`reason` where it is known before the agent acts, else `disposition`",
            )

    # parts

    def _section(self, top: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = top.get(key) or {}
        if not isinstance(value, dict):
            raise self._wrong(key, str(value), "lines of the form `name: column`, indented")
        return value

    def _column_keys(self, value: Any, where: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            self._known(value, _COLUMN_KEYS, f"{where}.")
            return value
        return {"column": value}

    def _columns(self, keys: Mapping[str, Any], where: str) -> tuple[str, ...]:
        value = keys.get("column")
        columns = value if isinstance(value, list) else [value]
        if not columns or len(columns) > 2 or not all(isinstance(name, str) and name for name in columns):
            raise self._wrong(where, "no column" if not value else str(value), "the heading of a column")
        return tuple(columns)

    def _values(self, keys: Mapping[str, Any], where: str, words: tuple[str, ...]) -> dict[str, str]:
        values = keys.get("values") or {}
        if not isinstance(values, dict):
            raise self._wrong(f"{where}.values", str(values), "lines of the form `word in the file: meaning`")
        for word, meaning in values.items():
            self._meaning({word: meaning}, word, f"{where}.values", words)
        return {word.strip().casefold(): str(meaning) for word, meaning in values.items()}

    def _meaning(self, keys: Mapping[str, Any], key: str, where: str, words: tuple[str, ...]) -> str | None:
        value = keys.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or (words and value not in words):
            hint = nearest(str(value), words)
            raise self._wrong(f"{where}.{key}", str(value), ", ".join(words) or "one word or line", hint)
        return value

    def _only_for(
        self, keys: Mapping[str, Any], key: str, where: str, applies: bool, choices: tuple[str, ...]
    ) -> str | None:
        if key in keys and not applies:
            raise self._wrong(f"{where}.{key}", str(keys[key]), f"no `{key}`: this is not a {_FOR[key]}")
        return self._choice(keys, key, choices, f"{where}.")

    def _scale(self, keys: Mapping[str, Any], where: str, kind: FieldKind) -> tuple[float, float] | None:
        if kind is not FieldKind.SCORE and "scale" not in keys:
            return None
        try:
            worst, best = (float(bound) for bound in keys.get("scale", ()))
        except (TypeError, ValueError):
            worst, best = 0.0, 0.0
        if kind is not FieldKind.SCORE or worst == best:
            raise self._wrong(f"{where}.scale", str(keys.get("scale")), "on `score`: [worst, best], such as [1, 5]")
        return worst, best

    def _header_row(self, top: Mapping[str, Any]) -> int | None:
        value = top.get("header_row")
        if value is None:
            return None
        if value == "none":
            return NO_HEADING
        if not (isinstance(value, str) and value.isdecimal() and int(value) > 0):
            raise self._wrong("header_row", str(value), "the line number of the headings, or none")
        return int(value)

    def _delimiter(self, top: Mapping[str, Any]) -> str | None:
        value = {"tab": "\t", "\\t": "\t"}.get(str(top.get("delimiter")), top.get("delimiter"))
        if value is not None and not (isinstance(value, str) and len(value) == 1):
            raise self._wrong("delimiter", str(value), 'one character in quotes, such as ";", or tab')
        return value

    def _encoding(self, top: Mapping[str, Any]) -> str | None:
        value = self._text(top, "encoding")
        if value is None:
            return None
        try:
            "a".encode(value)
        except LookupError:
            raise self._wrong("encoding", value, "utf-8, utf-16, cp1252 or another name that Python knows") from None
        return value

    def _timezone(self, top: Mapping[str, Any]) -> str | None:
        value = self._text(top, "timezone")
        if value is not None and value not in zoneinfo.available_timezones():
            hint = nearest(value, sorted(zoneinfo.available_timezones()))
            raise self._wrong("timezone", value, "a zone of the IANA list, such as Europe/London", hint)
        return value

    def _words(self, top: Mapping[str, Any], key: str) -> list[str]:
        value = top.get(key) or []
        words = value if isinstance(value, list) else [value]
        if not all(isinstance(word, str) for word in words):
            raise self._wrong(key, str(value), "a list of words")
        return words

    def _text(self, keys: Mapping[str, Any], key: str) -> str | None:
        value = keys.get(key)
        if value is not None and not isinstance(value, str):
            raise self._wrong(key, str(value), "one word or line")
        return value

    def _choice(self, keys: Mapping[str, Any], key: str, choices: tuple[str, ...], where: str = "") -> str | None:
        value: str | None = keys.get(key)
        if value is not None and value not in choices:
            raise self._wrong(f"{where}{key}", str(value), ", ".join(choices), nearest(str(value), choices))
        return value

    def _known(self, keys: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
        for key in keys:
            if key not in allowed:
                raise self._wrong(f"{where}{key}", f"{key!r}", f"one of {', '.join(allowed)}", nearest(key, allowed))

    def _wrong(self, key: str, found: str, expected: str, hint: str | None = None) -> SourceError:
        return SourceError(
            f"the mapping cannot be understood at `{key}`",
            where=f"{self.name}: {key}",
            found=found,
            expected=expected,
            mend=f"write `{hint}`" if hint else "correct the mapping; sources/csv_files/README.md describes every key",
        )


# What may set a row's day where no column says when the contact began.
_INSTEAD = {RowKind.SURVEYS: "survey_answered", RowKind.EVALUATIONS: "evaluated"}
_OF_ROWS = {
    RowKind.CONTACTS: "outcome",
    RowKind.SURVEYS: "score",
    RowKind.EVALUATIONS: "score",
    RowKind.STATES: "state",
}
_WHOSE = {RowKind.STATES: "time it is", RowKind.EVALUATIONS: "work was evaluated"}
_FOR = {"format": "time", "unit": "duration"}
_NEEDED = {
    "outcome": "what makes a row an answered or an abandoned contact: a column with `values`, or `defaults: {outcome: answered}`",
    "score": "the column that holds the score",
    "state": "the column that says what the agent was doing, with `values`",
}
