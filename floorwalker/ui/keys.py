"""Which keys work where? All of them as data in one place: pages list them, the script reads them, a person changes them.

A command is worked by one key, or by two one after the other (`g h`); never by a key that is held, which is the browser's
and the screen reader's. What a key does is found on the page: the part that bears `data-key` with the command's code
(ui/static/floor/keyboard.js). A command of one page only (`page`, a route's name) comes there before those of all pages, so
that a page on which somebody works for hours may have the best keys for its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.errors import Refused

MOST_KEYS = 2


class Group(StrEnum):
    """Under which heading a command is listed."""

    EVERYWHERE = "everywhere"
    GO = "go"
    ROWS = "rows"
    FIGURES = "figures"
    NOTICES = "notices"
    RECORDING = "recording"
    MARKING = "marking"


HEADINGS: dict[Group, str | Promise] = {
    Group.EVERYWHERE: gettext_lazy("Everywhere"),
    Group.GO: gettext_lazy("Go to a page"),
    Group.ROWS: gettext_lazy("In tables and lists"),
    Group.FIGURES: gettext_lazy("On pages with figures"),
    Group.NOTICES: gettext_lazy("On the page of notices"),
    Group.RECORDING: gettext_lazy("Where a recording is heard"),
    Group.MARKING: gettext_lazy("While a contact is evaluated"),
}


@dataclass(frozen=True)
class Key:
    """One command: its code, the keys that it has at first, its name, where it is listed, and the pages that have it.

    page: the names of their routes, with spaces between them; nothing: every page.
    """

    code: str
    keys: str
    name: str | Promise
    group: Group
    page: str = ""


# Pages with a player (recordings/_player.html).
PLAYER = "recording recording_mark mark_recording evaluation mark_evaluation"

KEYS = (
    Key("help", "?", gettext_lazy("Show the keys"), Group.EVERYWHERE),
    Key("search", "/", gettext_lazy("Search: this page's list, or everything"), Group.EVERYWHERE),
    Key("up", "u", gettext_lazy("One level up"), Group.EVERYWHERE),
    Key("go_home", "g h", gettext_lazy("Home"), Group.GO),
    Key("go_agent_page", "g f", gettext_lazy("My figures"), Group.GO),
    Key("go_my_objectives", "g j", gettext_lazy("My objectives"), Group.GO),
    Key("go_feedback", "g k", gettext_lazy("Feedback"), Group.GO),
    Key("go_gaps", "g g", gettext_lazy("Gaps"), Group.GO),
    Key("go_centre", "g c", gettext_lazy("Centre"), Group.GO),
    Key("go_teams", "g b", gettext_lazy("Boards of the teams"), Group.GO),
    Key("go_changes", "g e", gettext_lazy("Changes"), Group.GO),
    Key("go_cycles", "g x", gettext_lazy("Improvement"), Group.GO),
    Key("go_people", "g p", gettext_lazy("People"), Group.GO),
    Key("go_loads", "g d", gettext_lazy("Data"), Group.GO),
    Key("go_audit", "g a", gettext_lazy("Audit"), Group.GO),
    Key("go_measures", "g m", gettext_lazy("Measures"), Group.GO),
    Key("go_standards", "g s", gettext_lazy("Standards"), Group.GO),
    Key("go_targets", "g t", gettext_lazy("What we aim for"), Group.GO),
    Key("go_surveys", "g y", gettext_lazy("What customers say"), Group.GO),
    Key("go_saved_views", "g v", gettext_lazy("Saved views"), Group.GO),
    Key("go_notices", "g n", gettext_lazy("Notices"), Group.GO),
    Key("go_recordings", "g r", gettext_lazy("Recordings"), Group.GO),
    Key("go_my_queue", "g q", gettext_lazy("My queue"), Group.GO),
    Key("go_coaching", "g l", gettext_lazy("Coaching"), Group.GO),
    Key("go_evaluations", "g o", gettext_lazy("Evaluations"), Group.GO),
    Key("go_forms", "g w", gettext_lazy("Evaluation forms"), Group.GO),
    Key("go_account", "g i", gettext_lazy("My account"), Group.GO),
    Key("next_row", "j", gettext_lazy("The next row"), Group.ROWS),
    Key("previous_row", "k", gettext_lazy("The row before"), Group.ROWS),
    Key("filters", "f", gettext_lazy("To the period and the filters"), Group.FIGURES),
    Key("before", "b", gettext_lazy("The period or page before"), Group.FIGURES),
    Key("after", "a", gettext_lazy("The period or page after"), Group.FIGURES),
    Key("take_along", "e", gettext_lazy("To the files to take along"), Group.FIGURES),
    Key("save_view", "s", gettext_lazy("Save this page as a view"), Group.FIGURES),
    Key(
        "read_notice",
        "r",
        gettext_lazy("I have read this: the notice that is chosen, or the first"),
        Group.NOTICES,
        "notices",
    ),
    Key("begin_drawn", "n", gettext_lazy("Begin the oldest contact that was drawn for me"), Group.MARKING, "my_queue"),
    Key("begin_calibrated", "n", gettext_lazy("Begin the next contact of this session"), Group.MARKING, "calibration"),
    Key("back_5", "j", gettext_lazy("Back 5 seconds"), Group.RECORDING, PLAYER),
    Key("on_5", "l", gettext_lazy("Forward 5 seconds"), Group.RECORDING, PLAYER),
    Key("slower", ",", gettext_lazy("Slower"), Group.RECORDING, PLAYER),
    Key("faster", ".", gettext_lazy("Faster"), Group.RECORDING, PLAYER),
    Key("mark_here", "m", gettext_lazy("Mark this moment"), Group.RECORDING, PLAYER),
    Key("to_transcript", "t", gettext_lazy("To the transcript"), Group.RECORDING, PLAYER),
    *(
        Key(code, keys, name, Group.MARKING, "mark_evaluation")
        for code, keys, name in (
            ("answer_1", "1", gettext_lazy("The first answer, or the first cause of a miss")),
            ("answer_2", "2", gettext_lazy("The second answer or cause")),
            ("answer_3", "3", gettext_lazy("The third answer or cause")),
            ("answer_4", "4", gettext_lazy("The fourth answer or cause")),
            ("answer_5", "5", gettext_lazy("The fifth answer or cause")),
            ("answer_6", "6", gettext_lazy("The sixth cause")),
            ("answer_7", "7", gettext_lazy("The seventh cause")),
            ("answer_8", "8", gettext_lazy("The eighth cause")),
            ("answer_9", "9", gettext_lazy("The ninth cause")),
            ("not_applicable", "0", gettext_lazy("Does not apply")),
            ("comment", "c", gettext_lazy("To what was heard")),
            ("root_cause", "r", gettext_lazy("To the root cause of a miss")),
            ("next_question", "n", gettext_lazy("The next question")),
            ("previous_question", "p", gettext_lazy("The question before")),
        )
    ),
)
BY_CODE = {key.code: key for key in KEYS}

# What the browser, or a key that is held, does by itself: told with the others, and not to be changed.
FIXED: tuple[tuple[str | Promise, str | Promise, Group], ...] = (
    (gettext_lazy("Ctrl K"), gettext_lazy("Search everything (on a Mac: ⌘ K)"), Group.EVERYWHERE),
    (gettext_lazy("Esc"), gettext_lazy("Close what is open over the page"), Group.EVERYWHERE),
    (gettext_lazy("Enter"), gettext_lazy("Open the row"), Group.ROWS),
    (gettext_lazy("Space"), gettext_lazy("Play, or pause"), Group.RECORDING),
    (gettext_lazy("Ctrl Enter"), gettext_lazy("Submit (on a Mac: ⌘ Enter)"), Group.MARKING),
    (gettext_lazy("Enter"), gettext_lazy("From words or a number to the next question"), Group.MARKING),
)


def read_keys(text: str) -> str:
    """One key, or two with a space between them, in the one way of writing it; nothing is a command without a key."""
    found = text.lower().split()
    if len(found) > MOST_KEYS or any(len(one) != 1 or not one.isprintable() for one in found):
        said = _("“%(found)s” is not one key, nor two with a space between them. Write for example f, or g h.")
        raise Refused(said % {"found": text})
    return " ".join(found)


def keys_with(own: Mapping[str, str]) -> dict[str, str]:
    """The keys of every command, by its code: a person's own where she has some, else the first ones."""
    return {key.code: own.get(key.code, key.keys) for key in KEYS}


def only_changes(keys: Mapping[str, str]) -> dict[str, str]:
    """What differs from the first map: what nobody changed follows the product when it changes."""
    return {code: keys[code] for code, key in BY_CODE.items() if code in keys and keys[code] != key.keys}


def find_clashes(keys: Mapping[str, str]) -> Iterator[tuple[Key, str]]:
    """Each command that cannot be told from another, with the reason in words; the one that was changed is the one named."""
    changed_last = sorted(KEYS, key=lambda key: keys[key.code] != key.keys)
    for number, key in enumerate(changed_last):
        for other in changed_last[:number]:
            if _meet(key, other) and (reason := _reason(keys[key.code], other, keys[other.code])):
                yield key, reason
                break


def _meet(key: Key, other: Key) -> bool:
    """Whether two commands hold on the same page; one of a page alone comes before those of all pages."""
    pages, others = set(key.page.split()), set(other.page.split())
    return bool(pages & others) or not (pages or others)


def _reason(mine: str, other: Key, theirs: str) -> str:
    if not mine or not theirs:
        return ""
    given = {"keys": mine, "other": other.name, "others": theirs}
    if mine == theirs:
        return _("%(keys)s is the key of “%(other)s”. Choose another one, or leave one of the two empty.") % given
    if theirs.startswith(mine):
        return _("%(keys)s begins the keys of “%(other)s”, %(others)s. Choose another one.") % given
    if mine.startswith(theirs):
        return _("%(keys)s begins with %(others)s, the key of “%(other)s”. Choose another beginning.") % given
    return ""
