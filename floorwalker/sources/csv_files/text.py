"""How do the bytes of a text file become lines and records, when encodings are mixed, quotes stay open and lines never end?

Nothing here opens a file: it is given a stream of bytes. Memory is bounded by a block and by the longest line allowed.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import AnyStr, BinaryIO

BLOCK = 1 << 20
LONGEST_LINE = 1 << 20
SNIFFED = 1 << 16
DELIMITERS = (",", ";", "\t", "|")
SHOWN = 200
UNREADABLE = "\0\ufffd"
QUOTES = ('"', "'")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Broken:
    """A line that is no record: where it stands, why, what was expected, and how it begins."""

    line: int
    reason: str
    expected: str
    begins: str


# Line numbers and the fields of as many records.
Chunk = tuple[Sequence[int], list[list[str]]]


@dataclass(frozen=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    mark: int
    line_end: bytes
    delimiter: str
    quote: str


def sniff(sample: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Dialect:
    """The dialect that the first bytes of a file show; what is given is not guessed."""
    mark, marked = next(((len(mark), name) for mark, name in _MARKS if sample.startswith(mark)), (0, None))
    found = encoding or marked or _encoding_without_mark(sample)
    if marked is not None and marked.startswith(("utf-16", "utf-32")):
        found, mark = marked, 0
    text = codecs.getincrementaldecoder(found)("replace").decode(sample[mark:])
    lines = [line for line in text.splitlines() if line.strip()][:60]
    line_end = b"\r" if b"\r" in sample and b"\n" not in sample else b"\n"
    quote = _quote(lines, delimiter)
    return Dialect(found, mark, line_end, delimiter or _delimiter(lines, quote), quote)


def _encoding_without_mark(sample: bytes) -> str:
    if len(sample) >= 4:
        even, odd = sample[0::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
        if max(even, odd) > 0.3 and min(even, odd) < 0.1:
            return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _quote(lines: list[str], delimiter: str | None) -> str:
    around = (delimiter,) if delimiter else DELIMITERS
    for quote in QUOTES:
        if any(f"{quote}{mark}{quote}" in line for line in lines for mark in around):
            return quote
    return QUOTES[0]


def _delimiter(lines: list[str], quote: str) -> str:
    """The delimiter that cuts most lines into the same number of fields, the first of them included."""
    best, chosen = (False, 0.0, 1), DELIMITERS[0]
    for delimiter in DELIMITERS:
        rows = _parsed(lines, delimiter, quote)
        # Last cells that are empty in many rows, or delimiters behind them in some, blur one of the two widths.
        score = max(_evenness([measure(row) for row in rows]) for measure in (len, _width)) if rows else best
        if score[2] > 1 and score > best:
            best, chosen = score, delimiter
    return chosen


def _evenness(widths: list[int]) -> tuple[bool, float, int]:
    """Whether the first row is as wide as most, the share of those, and how wide they are."""
    usual = max(sorted(set(widths)), key=widths.count)
    return widths[0] == usual, round(widths.count(usual) / len(widths), 1), usual


def _width(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)


def _parsed(lines: list[str], delimiter: str, quote: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines, delimiter=delimiter, quotechar=quote) if row]
    except csv.Error:
        return []


@dataclass(frozen=True)
class Block:
    """Some lines of a file without a gap. plain: there is no quote in them, so each is a record."""

    first: int
    lines: list[str]
    plain: bool


@dataclass
class Lines:
    """The numbered lines of a stream, in blocks. Lines that cannot be used are put into `broken` and not given out."""

    stream: BinaryIO
    dialect: Dialect
    broken: list[Broken] = field(default_factory=list)
    recovered: int = 0
    bytes_read: int = 0
    _number: int = 0

    def __iter__(self) -> Iterator[Block]:
        self.stream.seek(self.dialect.mark)
        for text in self._texts() if self._decoded_as_a_whole else self._bytes():
            lines = _keep_ends(text, self.dialect.line_end.decode())
            first, self._number = self._number + 1, self._number + len(lines)
            if "\0" in text or (self._decoded_as_a_whole and "\ufffd" in text):
                yield from self._usable(first, lines)
            else:
                yield Block(first, lines, self.dialect.quote not in text)

    @property
    def _decoded_as_a_whole(self) -> bool:
        return self.dialect.encoding.lower().replace("_", "-") not in ("utf-8", "utf8")

    def _usable(self, first: int, lines: list[str]) -> Iterator[Block]:
        """The stretches between the lines that cannot be used."""
        good: list[str] = []
        for number, line in enumerate(lines, first):
            if line.startswith(UNREADABLE) or (self._decoded_as_a_whole and "\ufffd" in line):
                self._refuse(number, "bytes that are no text", self.dialect.encoding, line.removeprefix(UNREADABLE))
            elif "\0" in line:
                self._refuse(number, "NUL bytes", "text", line)
            else:
                good.append(line)
                continue
            yield Block(number - len(good), good, False)
            good = []
        yield Block(first + len(lines) - len(good), good, False)

    def _bytes(self) -> Iterator[str]:
        """UTF-8, block by block; a line that is not UTF-8 is taken as cp1252, the usual other one."""
        for block in self._whole_lines(self.dialect.line_end):
            try:
                yield block.decode()
            except UnicodeDecodeError:
                yield "".join(map(self._decode, _keep_ends(block, self.dialect.line_end)))

    def _decode(self, line: bytes) -> str:
        for encoding in ("utf-8", "cp1252"):
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                continue
            self.recovered += encoding != "utf-8"
            return text
        return UNREADABLE + line.decode("cp1252", "replace")

    def _texts(self) -> Iterator[str]:
        """Any other encoding, decoded as one stream."""
        decoder = codecs.getincrementaldecoder(self.dialect.encoding)("replace")
        line_end = self.dialect.line_end.decode()
        rest = ""
        while block := self.stream.read(BLOCK):
            self.bytes_read += len(block)
            whole, found, after = (rest + decoder.decode(block)).rpartition(line_end)
            rest = after
            if found:
                yield whole + found
            if len(rest) > LONGEST_LINE:
                self._refuse_long(rest)
                rest = self._skip_text(decoder, line_end)
        last = rest + decoder.decode(b"", True)
        if last:
            yield last

    def _skip_text(self, decoder: codecs.IncrementalDecoder, line_end: str) -> str:
        while block := self.stream.read(BLOCK):
            self.bytes_read += len(block)
            _, found, after = decoder.decode(block).partition(line_end)
            if found:
                return after
        return ""

    def _whole_lines(self, line_end: bytes) -> Iterator[bytes]:
        rest = b""
        while block := self.stream.read(BLOCK):
            self.bytes_read += len(block)
            whole, found, after = block.rpartition(line_end)
            if found:
                yield rest + whole + found
                rest = after
            else:
                rest += block
            if len(rest) > LONGEST_LINE:
                self._refuse_long(rest[:SHOWN].decode("cp1252", "replace"))
                rest = self._skip_bytes(line_end)
        if rest:
            yield rest

    def _skip_bytes(self, line_end: bytes) -> bytes:
        """Read past the end of a line that is too long, without keeping it."""
        while block := self.stream.read(BLOCK):
            self.bytes_read += len(block)
            _, found, after = block.partition(line_end)
            if found:
                return after
        return b""

    def _refuse_long(self, begins: str) -> None:
        self._number += 1
        self._refuse(self._number, "line too long", f"at most {LONGEST_LINE} signs a line", begins)

    def _refuse(self, number: int, reason: str, expected: str, line: str) -> None:
        self.broken.append(Broken(number, reason, expected, line[:SHOWN].replace("\0", "\\0").rstrip("\r\n")))


def _keep_ends(block: AnyStr, line_end: AnyStr) -> list[AnyStr]:
    """The lines of a block, each with its end; only this end counts, unlike in `splitlines`."""
    parts: list[AnyStr] = block.split(line_end)
    lines: list[AnyStr] = [part + line_end for part in parts[:-1]]
    if parts[-1]:
        lines.append(parts[-1])
    return lines


@dataclass
class Records:
    """The records of a file, quoted line ends and all. A record whose quote stays open costs its first line only.

    width: how many fields a record must have for a quoted line end in it to be believed; None believes all.
    """

    lines: Lines
    width: int | None = None

    def __iter__(self) -> Iterator[Chunk]:
        feed = _Feed(iter(self.lines))
        while feed.next_block():
            first, rows = feed.block.first, self._plain_rows(feed.block) if feed.block.plain else None
            if rows is not None:
                yield range(first, first + len(rows)), rows
                continue
            found = list(self._careful(feed))
            if found:
                numbers, careful_rows = zip(*found, strict=True)
                yield numbers, list(careful_rows)

    def _reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.lines.dialect.delimiter, quotechar=self.lines.dialect.quote)

    def _plain_rows(self, block: Block) -> list[list[str]] | None:
        try:
            rows = list(self._reader(block.lines))
        except csv.Error:
            return None
        return rows if len(rows) == len(block.lines) else None

    def _careful(self, feed: _Feed) -> Iterator[tuple[int, list[str]]]:
        """Record by record, until the block ends with one."""
        feed.begin()
        while not feed.done():
            try:
                for row in self._reader(feed):
                    # The reader asks for more lines than there are only while a quote is open.
                    if feed.ended or (len(feed.taken) > 1 and self._wrong_width(row)):
                        self._give_up(feed, "quote that is never closed")
                        break
                    line = feed.taken[0][0]
                    feed.taken.clear()
                    yield line, row
                    if feed.done():
                        return
            except csv.Error as error:
                self._give_up(feed, f"not readable as fields: {error}")

    def _wrong_width(self, row: list[str]) -> bool:
        return self.width is not None and (len(row) < self.width or any(cell.strip() for cell in row[self.width :]))

    def _give_up(self, feed: _Feed, reason: str) -> None:
        (line, text), *rest = feed.taken
        self.lines.broken.append(Broken(line, reason, "fields with every quote closed", text[:SHOWN].rstrip("\r\n")))
        feed.again.extendleft(reversed(rest))
        feed.taken.clear()
        feed.ended = False


class _Feed:
    """Hands lines to the csv reader: those that must be read again, then new ones; remembers which the record took."""

    def __init__(self, blocks: Iterator[Block]) -> None:
        self._blocks = blocks
        self._lines: Iterator[tuple[int, str]] = iter(())
        self._left = 0
        self.block = Block(0, [], True)
        self.again: deque[tuple[int, str]] = deque()
        self.taken: list[tuple[int, str]] = []
        self.ended = False

    def next_block(self) -> bool:
        """Go on to the next block; False where there is none."""
        block = next(self._blocks, None)
        if block is None:
            return False
        self.block = block
        return True

    def begin(self) -> None:
        """Hand out the lines of the block."""
        self._lines = iter(enumerate(self.block.lines, self.block.first))
        self._left = len(self.block.lines)

    def done(self) -> bool:
        """Whether the block, and all that must be read again, is used up."""
        return not self._left and not self.again

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.again:
            item = self.again.popleft()
        else:
            while not self._left:
                if not self.next_block():
                    self.ended = True
                    raise StopIteration
                self.begin()
            item = next(self._lines)
            self._left -= 1
        self.taken.append(item)
        return item[1]
