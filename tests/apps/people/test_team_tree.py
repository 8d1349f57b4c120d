"""Is each team shown inside the one that it is part of, however deep they lie?"""

from __future__ import annotations

from html.parser import HTMLParser

from django.test import Client

from floorwalker.apps.people.models import Team
from tests.apps.conftest import Floor

DEEP = 30


class Depths(HTMLParser):
    """How many lists of the tree each team's link stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.lists = 0
        self.of: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "ul" and (self.lists or said.get("class") == "tree"):
            self.lists += 1
        if tag == "a" and self.lists:
            self.of[int((said["href"] or "").strip("/").split("/")[-1])] = self.lists

    def handle_endtag(self, tag: str) -> None:
        if tag == "ul" and self.lists:
            self.lists -= 1


def depths(client: Client) -> dict[int, int]:
    read = Depths()
    read.feed(client.get("/people/teams/").content.decode())
    assert read.lists == 0, "a list of the tree is not closed"
    return read.of


def test_each_team_stands_one_list_deeper_than_what_it_is_part_of(floor: Floor) -> None:
    above, chain = floor.teams[0], []
    for step in range(DEEP):
        above = Team.objects.create(name=f"Step {step}", parent=above, key=(step + 1).to_bytes(16, "big"))
        chain.append(above)
    of = depths(floor.client("boss"))
    assert set(of) == set(Team.objects.values_list("pk", flat=True))
    for team in Team.objects.all():
        assert of[team.pk] == (1 if team.parent_id is None else of[team.parent_id] + 1), team
    assert of[chain[-1].pk] == of[floor.teams[0].pk] + DEEP
