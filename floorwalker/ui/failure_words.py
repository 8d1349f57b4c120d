"""How is it said in the reader's language why a load failed altogether?

It is kept as the command line prints it, `where: what (what mends it)`, without what was found, which may be somebody's number
(docs/decisions/0025). A page looks both sentences up here; where it was, such as a file, stays as it is, and so does what is
not here. tests/ui/test_failure_words.py holds this list against what the code can say.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from floorwalker.ui.load_words import find_sentence, say_among

SENTENCES = (
    # What was given is no queue log.
    gettext_noop("no file was named"),
    gettext_noop("the log is not there"),
    gettext_noop("the log was rotated away while it was read"),
    gettext_noop("the log was replaced while it was read"),
    gettext_noop("no queue_log lies in this folder"),
    gettext_noop("there is no such file"),
    gettext_noop("the file cannot be read to its end"),
    gettext_noop("copy it again; of a damaged archive, load what `zcat` still gets out of it"),
    gettext_noop("this is no queue_log"),
    # What was given is no table.
    gettext_noop("there is nothing to read"),
    gettext_noop("the file cannot be opened"),
    gettext_noop("the file is empty"),
    gettext_noop("the file is of a kind that cannot be read here"),
    gettext_noop("unpack it, or save it as .xlsx or CSV"),
    gettext_noop("the file holds no rows"),
    gettext_noop("there is no heading in line %(header_row)s"),
    gettext_noop("the file has no column %(name)s, which %(mapping)s names"),
    gettext_noop("write %(hint)s in the mapping"),
    gettext_noop("name one of the columns found in the mapping"),
    gettext_noop("the workbook has no sheet %(wanted)s"),
    gettext_noop("write `sheet: %(hint)s`"),
    gettext_noop("name one of the sheets found, or leave `sheet` out for the first"),
    gettext_noop("the workbook cannot be read"),
    gettext_noop("open it in a spreadsheet program and save it again as .xlsx or CSV"),
    gettext_noop("the workbook would unpack to far more than a workbook of its size"),
    gettext_noop("if it is what it claims to be, save it as CSV and load that"),
    # The mapping.
    gettext_noop("csv_files needs a mapping"),
    gettext_noop("`floorwalker mapping guess FILE --out mapping.yaml` writes a first one"),
    gettext_noop("this is not a mapping"),
    gettext_noop("the mapping is not YAML"),
    gettext_noop('put text that holds : # { } [ ] , & * ? | < > = ! % @ or quotes into "double quotes"'),
    gettext_noop("the mapping cannot be understood at `%(key)s`"),
    gettext_noop("write `%(hint)s`"),
    gettext_noop("correct the mapping; sources/csv_files/README.md describes every key"),
    # What was asked of a source.
    gettext_noop("there is no source %(name)s"),
    gettext_noop("`floorwalker sources` lists them with what each reads"),
    gettext_noop("%(source)s cannot be followed"),
    gettext_noop("%(source)s needs a mapping"),
    gettext_noop("%(source)s has no setting %(name)s"),
    gettext_noop("%(name)s cannot be %(value)s"),
    gettext_noop("a file vanished while it was about to be read"),
    gettext_noop("load again; where another program moves files, let it do so when the load has ended"),
    # What a source gave.
    gettext_noop("the source gives columns that table %(table)s does not have"),
    gettext_noop("the source lost records or counted them twice"),
    gettext_noop("this is a defect of the source; nothing was loaded"),
    gettext_noop("%(rows)s rows have no %(column)s"),
    gettext_noop("column %(column)s holds words that it cannot hold"),
    # The lake.
    gettext_noop("the query engine needs more memory than it may use"),
    gettext_noop("set FLOORWALKER_MEMORY_MEGABYTES higher (500 by default); nothing was changed"),
    gettext_noop("the lake was written by a newer floorwalker"),
    gettext_noop("install the version that wrote it, or a newer one"),
    gettext_noop("the folder of the lake cannot be used"),
    gettext_noop("see that it can be read and written, and that its disk is there"),
    gettext_noop("a table of the lake cannot be opened"),
    gettext_noop("ask again: an erasure may have just replaced it; if it stays so, restore the lake from a backup"),
    gettext_noop("the lake cannot be read"),
    gettext_noop("the lake's list of versions cannot be read"),
    gettext_noop("restore this file from a backup; the tables beside it are unharmed"),
    gettext_noop("somebody else is writing"),
)


def say_failed(text: str) -> str:
    """Why a load failed, as it is kept, in the reader's language; what is not known stays as it is."""
    for head, mend in _ends(text):
        for where, what in _begins(head):
            if find_sentence(what, SENTENCES) is not None:
                said = f"{where}{say_among(what, SENTENCES)}"
                return f"{said} ({say_among(mend, SENTENCES)})" if mend else said
    return text


def _ends(text: str) -> Iterator[tuple[str, str]]:
    """What may come before what mends it, and that; a sentence may hold brackets of its own."""
    if text.endswith(")"):
        for place in range(len(text)):
            if text.startswith(" (", place) and find_sentence(text[place + 2 : -1], SENTENCES) is not None:
                yield text[:place], text[place + 2 : -1]
    yield text, ""


def _begins(text: str) -> Iterator[tuple[str, str]]:
    """Where it may have been, with its colon, and what was wrong there; nowhere first."""
    yield "", text
    for place in range(len(text)):
        if text.startswith(": ", place):
            yield text[: place + 2], text[place + 2 :]
