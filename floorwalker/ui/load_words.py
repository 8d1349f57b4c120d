"""How is a sentence of a load said in the reader's language: why a row was left out, what mends it, what a receipt notes?

Sources say such sentences in English, and the lake side keeps them as they were said: the command line prints them,
programs compare them, and a receipt of last year must read as it did. Pages look a kept sentence up here, find what was put
into it, and say it anew. What is not here, such as the words of a connector of a centre's own, is shown as written.
tests/ui/test_load_words.py holds this list against everything that the sources of this product can say.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# What was found in a row; the rest of what is found is the row's own words, which nobody translates.
FOUND = (
    gettext_noop("an empty cell"),
    gettext_noop("nothing in column %(columns)s"),
    gettext_noop("%(cell)s in column %(columns)s"),
    gettext_noop("%(number)s columns"),
    gettext_noop("%(number)s fields"),
)
SENTENCES = (
    # What sources are called; a product's own name is nobody's to translate.
    gettext_noop("CSV, TSV and Excel files of any system, by a mapping"),
    gettext_noop("Simulated floor with known truth"),
    # Why a row was left out, or carried nothing.
    gettext_noop("blank line"),
    gettext_noop("bytes that are no text"),
    gettext_noop("heading"),
    gettext_noop("line above the headings"),
    gettext_noop("line too long"),
    gettext_noop("no agent"),
    gettext_noop("no event"),
    gettext_noop("no id"),
    gettext_noop("no outcome"),
    gettext_noop("no score"),
    gettext_noop("no state"),
    gettext_noop("no time"),
    gettext_noop("not readable as fields: %(problem)s"),
    gettext_noop("NUL bytes"),
    gettext_noop("quote that is never closed"),
    gettext_noop("repeated heading"),
    gettext_noop("score is no number"),
    gettext_noop("state of more than a month"),
    gettext_noop("survey without an answer"),
    gettext_noop("too few fields"),
    gettext_noop("too many fields"),
    gettext_noop("unknown word for %(field)s"),
    gettext_noop("wrong number of columns"),
    gettext_noop("%(field)s fell in the hour that the clocks skipped"),
    gettext_noop("%(field)s is in a time zone that is not the site's"),
    gettext_noop("%(field)s is no day of the calendar"),
    gettext_noop("%(field)s is no duration"),
    gettext_noop("%(field)s is no plausible time"),
    gettext_noop("%(field)s is no time"),
    gettext_noop("%(field)s: day or month first?"),
    # What was expected.
    gettext_noop("a date and time"),
    gettext_noop("a figure on the scale of the mapping"),
    gettext_noop("a date that can be read in one way"),
    gettext_noop("a day that exists"),
    gettext_noop("a number, or a word listed under %(where)s.values"),
    gettext_noop("a time between 1980 and 2099"),
    gettext_noop("a time that the clocks in %(zone)s showed"),
    gettext_noop("an event name, such as ENTERQUEUE"),
    gettext_noop("an id in every row"),
    gettext_noop("at most %(number)s days"),
    gettext_noop("at most %(number)s signs a line"),
    gettext_noop("fields with every quote closed"),
    gettext_noop("one of %(words)s"),
    gettext_noop("seconds since 1970"),
    gettext_noop("seconds, or h:mm:ss, or a number in the `unit` of the mapping"),
    gettext_noop("text"),
    gettext_noop("the abbreviation that %(zone)s has at that time, or an offset such as +01:00"),
    gettext_noop("the agent in every row"),
    gettext_noop("the state in every row"),
    gettext_noop("when it began"),
    gettext_noop("whether it was answered or abandoned"),
    gettext_noop("%(number)s columns"),
    gettext_noop("%(number)s fields, as in the headings"),
    # What mends it.
    gettext_noop("add the word under columns.%(field)s.values, or say `other:` for all others"),
    gettext_noop("complete the row, or correct `scale:` under columns.score"),
    gettext_noop("the name of the agent whose work was evaluated"),
    gettext_noop("complete the row"),
    gettext_noop("complete the row, or map another column"),
    gettext_noop("correct the line, or export the file again"),
    gettext_noop("correct the row"),
    gettext_noop("correct the row, or say `format:` under columns.%(field)s"),
    gettext_noop("correct the row, or the mapping"),
    gettext_noop("export it again"),
    gettext_noop(
        "is 03/04 the 3 April or the 4 March? Say `dates: day-month-year` or `dates: month-day-year` in the mapping"
    ),
    gettext_noop("leave `id` out of the mapping if rows may lack one"),
    gettext_noop("look at the line in the file"),
    gettext_noop("look at the line in the file; a line that was cut off when the disk was full looks like this"),
    gettext_noop("look at the line in the file; if another program writes there, give it a file of its own"),
    gettext_noop("name the zone of the times under `timezone` in the mapping"),
    gettext_noop("say under columns.outcome what `empty:` means"),
    # Which part of a row is impossible, although the row is used.
    gettext_noop("a duration below zero; it is left empty"),
    gettext_noop("a score outside its scale; it is left empty"),
    gettext_noop("evaluated before the contact began; the time of the evaluation is left empty"),
    gettext_noop("evaluated by the agent her- or himself; it counts as an evaluation by oneself, in nobody's score"),
    gettext_noop("answered before it was asked or entered its queue; the time of the answer is left empty"),
    gettext_noop("answered, but no agent is named and nobody talked; it counts as flowed out, not as answered"),
    gettext_noop("ended before it began; the end is left empty"),
    gettext_noop("ended before it was answered; the end is left empty"),
    gettext_noop("talk on a contact that nobody answered; the talk is left empty"),
    gettext_noop("the state ended before it began; the end is left empty"),
    gettext_noop("the survey was answered before it was sent; the time of the answer is left empty"),
    gettext_noop("the survey was answered before its contact began; the time of the answer is left empty"),
    gettext_noop("hold or talk below nothing or above a week; that number is left out"),
    gettext_noop("the call ends before it is answered; the written seconds are taken"),
    gettext_noop("the call had ended already; the first end counts"),
    gettext_noop("written after a later event"),
    # What a receipt notes.
    gettext_noop(
        "rows speak of times after this load, up to %(at)s UTC; the source counts as complete up to the load alone, and the time "
        "zone and the dates need a look"
    ),
    gettext_noop("sheet %(sheet)s was read; not read: %(others)s"),
    gettext_noop(
        "the mapping names no `id`: a row is named by its own cells and its place among equal rows of its file; "
        "whether two files overlap cannot be recognised"
    ),
    gettext_noop("unknown event kept: %(event)s"),
    gettext_noop("%(column)s: read as %(order)s, since its values allow nothing else; the mapping says %(said)s"),
    gettext_noop(
        "%(column)s: %(days)s dates can only have the day first and %(months)s only the month; "
        "the others were read as %(order)s"
    ),
    gettext_noop(
        "%(column)s: %(days)s dates can only have the day first and %(months)s only the month; "
        "those that allow both were rejected"
    ),
    gettext_noop("%(number)s lines are not %(encoding)s; they were read as cp1252"),
    gettext_noop(
        "%(number)s rows begin in an hour that came twice when the clocks went back: "
        "%(apart)s told apart by the order of the rows, %(first)s taken as the first of the two"
    ),
    # Why a load cannot be read again.
    gettext_noop("load the same data again on the command line: floorwalker load"),
    gettext_noop("put them back where they were, or load the same data again on the command line: floorwalker load"),
    gettext_noop("the files of this load are gone"),
    gettext_noop("what this load was asked for is not known: an earlier version kept no note of it"),
    gettext_noop("%(source)s reads no files, so there is nothing to read again"),
    gettext_noop("%(files)s: not there any more, or another file by now"),
)
PART = re.compile(r"%\((\w+)\)s")


def say_of_load(text: str) -> str:
    """A kept sentence of a load in the reader's language; one that is not known stays as it is."""
    return say_among(text, SENTENCES)


def say_found(text: str) -> str:
    """What was found in a row: the product's words about it in the reader's language, the row's own as they are."""
    return say_among(text, FOUND)


def say_among(text: str, among: tuple[str, ...]) -> str:
    """A sentence in the reader's language, where it is one of these."""
    found = find_sentence(text, among)
    if found is None:
        return text
    sentence, parts = found
    return _(sentence) % parts if parts else _(sentence)


@lru_cache(maxsize=4096)
def find_sentence(text: str, among: tuple[str, ...] = SENTENCES) -> tuple[str, dict[str, str]] | None:
    """Which of the sentences that is, and what was put into it; whole sentences before those with gaps."""
    if text in among and not PART.search(text):
        return text, {}
    return next(((one, met.groupdict()) for one, form in _with_gaps(among) if (met := form.fullmatch(text))), None)


@cache
def _with_gaps(among: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences with gaps as patterns, those that say most by themselves first."""
    gapped = [sentence for sentence in among if PART.search(sentence)]
    return tuple((one, _pattern(one)) for one in sorted(gapped, key=lambda one: -len(PART.sub("", one))))


def _pattern(sentence: str) -> re.Pattern[str]:
    pieces = PART.split(sentence)
    form = (f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))
    return re.compile("".join(form), re.DOTALL)
