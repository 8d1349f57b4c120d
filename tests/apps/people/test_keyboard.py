"""Are keys a person's own: listed by what she may open, changed, switched off, and refused in words where two clash?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest
from django.test import Client

from floorwalker.apps.people.keyboard import set_keys
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from floorwalker.ui.keys import KEYS, find_clashes, keys_with, read_keys
from tests.apps.conftest import NOW, Floor
from tests.apps.opening import leads_somewhere

KNOWN = re.compile(r'<script id="keys-known" type="application/json">(.*?)</script>')
PAGE = "/keyboard/"


def known(client: Client, path: str = "/") -> dict[str, Mapping[str, str]]:
    """What the script of a page is told, by command."""
    found = KNOWN.search(client.get(path).content.decode())
    assert found
    return {command["code"]: command for command in json.loads(found[1])}


def form_of(client: Client) -> dict[str, str]:
    """What the page's form holds when nobody has changed a thing."""
    page = client.get(PAGE).content.decode()
    fields = re.findall(r'<input type="text" name="(\w+)"(?: value="([^"]*)")?', page)
    return {"on": "on"} | dict(fields)


def test_the_first_map_has_no_clash() -> None:
    first = keys_with({})
    assert [*find_clashes(first)] == []
    assert all(read_keys(keys) == keys for keys in first.values())
    assert len({key.code for key in KEYS}) == len(KEYS)


def test_keys_lead_only_to_what_may_be_opened(floor: Floor) -> None:
    manager, agent = known(floor.client("boss")), known(floor.client("agent"))
    assert {"go_centre", "go_people", "go_loads", "go_teams"} <= manager.keys()
    assert not {"go_centre", "go_people", "go_loads", "go_teams", "go_audit"} & agent.keys()
    assert agent["go_agent_page"]["to"] == f"/agents/{floor.named['own'].pk}/"
    for of, codes in (("boss", manager), ("agent", agent), ("leader", known(floor.client("leader")))):
        for command in codes.values():
            assert "to" not in command or leads_somewhere(floor.client(of), of, command["to"]), (of, command["to"])
    assert "go_audit" not in form_of(floor.client("agent"))


def test_a_page_has_its_own_keys_first(floor: Floor) -> None:
    boss = floor.client("boss")
    assert next(iter(known(boss, "/notices/"))) == "read_notice"
    assert "read_notice" not in known(boss, "/measures/")


def test_a_person_changes_her_keys_and_nobody_elses(floor: Floor) -> None:
    leader = floor.client("leader")
    assert leader.post(PAGE, form_of(leader) | {"next_row": "N", "go_home": "", "filters": "x  f"}).status_code == 302
    found = known(leader)
    assert (found["next_row"]["keys"], found["filters"]["keys"]) == ("n", "x f")
    assert "go_home" not in found
    assert known(floor.client("boss"))["next_row"]["keys"] == "j"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.by, entry.verb) == ("leader", "set_keys")
    assert entry.detail == {"on": True, "keys": {"next_row": "n", "go_home": "", "filters": "x f"}}
    assert leader.post(PAGE, {"first": "1"}).status_code == 302
    assert known(leader)["next_row"]["keys"] == "j"


def test_single_keys_can_be_switched_off(floor: Floor) -> None:
    leader = floor.client("leader")
    wanted = form_of(leader)
    del wanted["on"]
    leader.post(PAGE, wanted)
    assert known(leader) == {}
    assert "Keys without Ctrl are switched off for you." in leader.get(PAGE, HTTP_HX_REQUEST="true").content.decode()
    entries = AuditEntry.objects.count()
    leader.post(PAGE, wanted)
    assert AuditEntry.objects.count() == entries  # nothing has changed, nothing is told


@pytest.mark.parametrize(
    ("code", "keys", "said"),
    [
        ("next_row", "k", "k is the key of “The row before”. Choose another one, or leave one of the two empty."),
        ("filters", "g", "g begins the keys of “Home”, g h. Choose another one."),
        ("take_along", "j e", "j e begins with j, the key of “The next row”. Choose another beginning."),
        ("help", "F1", "“F1” is not one key, nor two with a space between them. Write for example f, or g h."),
        ("help", "a b c", "“a b c” is not one key, nor two with a space between them. Write for example f, or g h."),
    ],
)
def test_what_clashes_is_refused_in_words(code: str, keys: str, said: str, floor: Floor) -> None:
    leader = floor.client("leader")
    answer = leader.post(PAGE, form_of(leader) | {code: keys})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "Error: " in page
    floor.users["leader"].refresh_from_db()
    assert floor.users["leader"].keys == {}
    with pytest.raises(Refused):
        set_keys(floor.users["leader"], {code: keys}, on=True, at=NOW)


def test_keys_of_pages_that_are_not_shown_are_kept(floor: Floor) -> None:
    agent = floor.users["agent"]
    set_keys(agent, {"go_audit": "q"}, on=True, at=NOW)
    client = floor.client("agent")
    refused = client.post(PAGE, form_of(client) | {"help": "q"})
    assert "q is the key of “Show the keys”" in refused.content.decode()
    client.post(PAGE, form_of(client) | {"next_row": "n"})
    agent.refresh_from_db()
    assert agent.keys == {"go_audit": "q", "next_row": "n"}
