"""Does every text of every page come through gettext? A language that marks what it says shows what does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, Model, TextField
from django.urls import reverse
from django.utils.translation import trans_real

from floorwalker.apps.dashboards.models import FloorEvent, SavedView
from floorwalker.apps.notices.models import Hook, Token
from floorwalker.apps.people.models import Agent, AuditEntry, Queue, Site, Team, User
from floorwalker.facts.tables import TABLES, Channel
from tests.apps.conftest import Floor
from tests.apps.rights import ROUTES, addresses
from tests.turns import part_of, turn

# What stands between these is said by gettext, with whatever was put into it.
BEGIN, END = "⟦", "⟧"
HIDDEN = frozenset(("script", "style", "code", "pre", "svg"))
LETTERS = re.compile(r"[^\W\d_]{2,}")
# The reference for programs is its OpenAPI description, and the trail tells acts and details as programs read them: in English.
FOR_PROGRAMS = frozenset(("api_page", "audit"))
# What the small centre's log has in its columns, the name of a row's key, and the second part of Django's own "yes,no".
DATA = (
    "JSON",
    "YAML",
    "PDF",
    "UTC",
    "handled",
    "inbound",
    "outbound",
    "sales",
    "service",
    "claims",
    "test",
    "key",
    "no",
    # An act of the trail that opening a page writes.
    "disclose",
)
# Contexts in which people write what is shown as they wrote it.
WRITTEN_IN = ("standards", "evaluations", "recordings", "surveys", "coaching", "improvement", "huddles")
SAID_ATTRIBUTES = frozenset(("aria-label", "alt", "title", "placeholder"))


class Marked(trans_real.DjangoTranslation):
    """English, with a mark around all that it says."""

    def gettext(self, message: str) -> str:
        """A message, marked; the date and number words of Django too."""
        # Of a message that is told apart by its context the message alone is shown.
        return BEGIN + message.rpartition("\x04")[2] + END

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The singular or plural, marked."""
        return BEGIN + (msgid1 if n == 1 else msgid2) + END


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever language a page asks for is the marking one."""
    language = Marked("en-gb")
    monkeypatch.setattr(trans_real, "translation", lambda code: language)
    trans_real.activate("en-gb")
    yield
    monkeypatch.undo()
    trans_real.activate("en-gb")


class Texts(HTMLParser):
    """All that a page shows or reads aloud, code left out, one text an element."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is read aloud; code and drawings begin."""
        if tag in HIDDEN:
            self.hidden.append(tag)
        if not self.hidden:
            self.found += [value for name, value in attrs if name in SAID_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        """Code and drawings end."""
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        """Note what is shown."""
        if not self.hidden and data.strip():
            self.found.append(" ".join(data.split()))


def unmarked(page: str) -> list[str]:
    """What of a page's texts has letters outside of the marks."""
    texts = Texts()
    texts.feed(page)
    # A marked message may hold elements, so its marks may lie in several texts: depth is counted across them.
    found, depth = [], 0
    for text in texts.found:
        outside = ""
        for sign in text:
            depth += (sign == BEGIN) - (sign == END)
            if depth == 0 and sign != END:
                outside += sign
        if LETTERS.search(outside):
            found.append(outside.strip())
    return found


def _written(model: type[Model]) -> Iterator[str]:
    """What people wrote into the fields of a table: titles, wordings, remarks, forms; not the codes that have words of their own."""
    for field in model._meta.concrete_fields:
        if isinstance(field, CharField | TextField) and not field.choices:
            yield from (text for text in model._default_manager.values_list(field.name, flat=True) if text)
        elif isinstance(field, JSONField):
            for value in model._default_manager.values_list(field.name, flat=True):
                yield from _strings(value)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def left_alone(floor: Floor) -> re.Pattern[str]:
    """What is not translated: names of people, places and things, keys, figures with their units, columns, acts of the trail."""
    named = [*Agent.objects.values_list("name", flat=True), *User.objects.values_list("username", flat=True)]
    named += [*Team.objects.values_list("name", flat=True), *Site.objects.values_list("code", flat=True)]
    named += [*Queue.objects.values_list("name", flat=True), *Hook.objects.values_list("name", flat=True)]
    named += [*SavedView.objects.values_list("name", flat=True), *Token.objects.values_list("name", flat=True)]
    named += FloorEvent.objects.values_list("title", flat=True)
    named += [
        text
        for context in WRITTEN_IN
        for model in apps.get_app_config(context).get_models()
        for text in _written(model)
    ]
    named += [name for _code, name in settings.LANGUAGES] + [
        "Floorwalker",
        "Asterisk queue_log",
        "New Person",
        "staff.csv",
        "CSV",
    ]
    coded = [name for table in TABLES.values() for name in (table.name, *(column.name for column in table.columns))]
    coded += [*AuditEntry.objects.values_list("verb", flat=True), "asterisk_queue_log", *Channel, *DATA]
    exact = {*named, *coded, *(name.replace("_", " ") for name in coded)}
    words = "|".join(re.escape(name) for name in sorted(exact, key=len, reverse=True) if name)
    return re.compile(rf"(?<!\w)(?:\d+ (?:min|s|h)|{words}|PJSIP/\d+|\w+@\d+|[0-9a-f]{{8}}|https://\S+)(?!\w)")


ASKED = [route for route in sorted(ROUTES.keys() - FOR_PROGRAMS) if ROUTES[route].method != "post"]


def test_every_text_of_a_page_comes_through_gettext(floor: Floor, marked: None) -> None:
    """Of half the pages at each change, of the other half the day after; of all for several readers by `make slow`."""
    hold(floor, "boss", part_of(ASKED, 2, turn()))


@pytest.mark.slow
@pytest.mark.parametrize("who", ["boss", "admin", "leader"])
def test_every_text_of_every_page_comes_through_gettext(floor: Floor, marked: None, who: str) -> None:
    hold(floor, who, ASKED)


def hold(floor: Floor, who: str, asked: Sequence[str]) -> None:
    """Open these pages as that reader: whatever they say is marked."""
    by_route, alone = addresses(floor), left_alone(floor)
    client, opened, found = floor.client(who), 0, {}
    for route in asked:
        for arguments in by_route.get(route, {"": {}}).values():
            answer = client.get(reverse(route, kwargs=arguments))
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                opened += 1
                said = [text for text in unmarked(answer.content.decode()) if LETTERS.search(alone.sub("", text))]
                found |= {route: said} if said else {}
    assert opened > 10 and found == {}


def test_a_text_that_is_not_translated_is_seen() -> None:
    page = f'<p>{BEGIN}Said <b>Wren</b>{END}, not said</p><a aria-label="nor this"><code>code</code></a>'
    assert unmarked(page) == [", not said", "nor this"]
