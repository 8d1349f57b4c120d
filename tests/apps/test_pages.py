"""Do the pages say what the facts say, safely and in few queries?"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from floorwalker.apps.dashboards import asking, fairness, trends
from floorwalker.apps.dashboards import pages as dashboards_pages
from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Membership, Queue
from floorwalker.apps.standards.models import Target
from floorwalker.facts.memory import Memory
from floorwalker.jobs.publish import publish_dimensions
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.apps.conftest import NOW, Floor
from tests.apps.opening import leads_somewhere

MOST_QUERIES = {"centre": 16, "team": 16, "agent": 16, "trend": 16, "measure": 16}
# One for the dated dimensions, one for each roll-up that the page's measures need, and where it applies one for the roster.
LAKE_STATEMENTS = {"centre": 6, "team": 5, "agent": 5, "trend": 2, "measure": 3}


def pages(floor: Floor) -> dict[str, str]:
    return {
        "centre": "/centre/",
        "team": f"/teams/{floor.teams[0].pk}/",
        "agent": f"/agents/{floor.agents[0].pk}/",
        "trend": f"/agents/{floor.agents[0].pk}/trend/average_handle_time/",
        "measure": "/measures/average_handle_time/",
    }


def test_pages_need_few_queries(floor: Floor) -> None:
    client = floor.client("boss")
    for name, address in pages(floor).items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= MOST_QUERIES[name], name


def test_pages_ask_the_lake_once_a_rollup(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    mine = threading.get_ident()
    engine = asking.lake().engine

    def remembering(plain: Callable[..., object]) -> Callable[..., object]:
        def remember(query: str, *arguments: object, **relations: object) -> object:
            if threading.get_ident() == mine:  # a worker's round of another test may still be ending
                asked.append(query)
            return plain(query, *arguments, **relations)

        return remember

    for method in ("sql", "run", "stream"):
        monkeypatch.setattr(engine, method, remembering(getattr(engine, method)))
    # What is said of people is remembered by itself (tests/insight/test_said.py).
    monkeypatch.setattr(fairness, "JUDGED", ())
    monkeypatch.setattr(trends, "JUDGED", ())
    client = floor.client("boss")
    # Nor is what was said counted, and what other tests have asked is forgotten.
    assert {client.get(address).status_code for address in pages(floor).values()} == {200}
    asking.lake().memory = Memory()
    # What there is to choose from is read once a load, not once a page.
    asking.choices_of(asking.lake().snapshot())
    for name, address in pages(floor).items():
        asked.clear()
        assert client.get(address).status_code == 200
        # What another page has asked already is not asked again.
        assert 0 < len(asked) <= LAKE_STATEMENTS[name], name
        rolled_up = [re.search(r"rollup_([a-z_]+)_[0-9a-f]{16}/", query) for query in asked]
        read = [found[1] for found in rolled_up if found]
        assert len(set(read)) == len(read) > 0, (name, read)


def test_pages_hold_no_inline_script_or_style(floor: Floor) -> None:
    client = floor.client("boss")
    for address in [*pages(floor).values(), "/measures/"]:
        answer = client.get(address)
        text = answer.content.decode()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text), address
        scripts = re.findall(r"<script[^>]*>", text)
        assert all(" src=" in tag or 'type="application/json"' in tag for tag in scripts), "data are no script"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_board_shows_the_figures_of_the_facts(floor: Floor) -> None:
    text = floor.client("leader").get(f"/teams/{floor.teams[0].pk}/?from=2023-11-20&to=2023-11-26").content.decode()
    from datetime import date

    query = KpiQuery(
        ("contacts_handled",),
        date(2023, 11, 20),
        date(2023, 11, 26),
        ("agent",),
        {"team": (bytes(floor.teams[0].key),)},
    )
    rows = {row.group["agent"]: row.answer for row in run_kpis(query, floor.lake.snapshot())}
    for agent in (floor.agents[n] for n in (0, 2)):
        answer = rows[bytes(agent.key)]
        assert f">{answer.value:,.0f}</span>" in text  # type: ignore[union-attr]
        assert agent.name in text
    for agent in (*floor.agents[1::2], floor.named["moved"]):
        assert agent.name not in text, "of the other team, or there by now"


def test_an_agents_trend_is_drawn_when_it_is_asked_for(floor: Floor) -> None:
    client = floor.client("leader")
    address = f"/agents/{floor.agents[0].pk}/"
    page = client.get(f"{address}?weeks=1").content.decode()
    assert 'class="chart"' not in page
    assert f'href="{address}trend/transfer_rate/?period=1"' in page
    drawn = client.get(f"{address}trend/transfer_rate/?weeks=1").content.decode()
    assert drawn.count('class="chart"') == 2 and f'href="{address}?period=1"' in drawn
    assert client.get(f"{address}trend/no_such_measure/").status_code == 404
    assert 'class="chart"' not in client.get(f"{address}trend/service_level/").content.decode()


def test_filters_are_kept_in_the_address(floor: Floor) -> None:
    text = floor.client("boss").get(f"/teams/{floor.teams[0].pk}/?weeks=1&queue=1").content.decode()
    assert f"/agents/{floor.agents[0].pk}/?period=1&amp;queue=1" in text


PERIOD_UNREAD = "The period that the address asks for cannot be read"
QUEUE_UNKNOWN = "The queue that the address asks for is not known here"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("weeks=zebra", {PERIOD_UNREAD}),
        ("from=yesterday&to=1", {PERIOD_UNREAD}),
        ("from=2024-01-05&to=2023-01-01", {PERIOD_UNREAD}),
        ("from=2023-11-20&to=", {PERIOD_UNREAD}),
        ("queue=9999999999999999", {QUEUE_UNKNOWN}),
        ("queue=-1&weeks=99", {QUEUE_UNKNOWN, PERIOD_UNREAD}),
        ("weeks=&from=2023-11-20&to=2023-11-24&queue=", set()),
        ("weeks=4&from=2023-11-20&to=2023-11-24", set()),
        ("", set()),
    ],
)
def test_odd_addresses_fall_back_to_the_usual_and_say_so(floor: Floor, query: str, said: set[str]) -> None:
    answer = floor.client("boss").get(f"/centre/?{query}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert {sentence for sentence in (PERIOD_UNREAD, QUEUE_UNKNOWN) if sentence in text} == said


def test_nobody_is_ranked(floor: Floor) -> None:
    text = floor.client("boss").get(f"/teams/{floor.teams[0].pk}/").content.decode()
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', text)
    assert names == sorted(names, key=str.casefold) and len(names) == 10


def test_a_target_set_on_the_page_changes_the_board_and_keeps_the_past(floor: Floor) -> None:
    client = floor.client("boss")
    why = {"reason": "The line was moved."}
    client.post("/measures/transfer_rate/target/", {"value": "99", "from_day": "2023-11-27"} | why)
    board = f"/teams/{floor.teams[0].pk}/"
    assert "at most 99" in client.get(f"{board}?from=2023-11-27&to=2023-11-28").content.decode()
    assert "at most 45%" in client.get(f"{board}?from=2023-11-20&to=2023-11-26").content.decode()
    wrong = client.post("/measures/transfer_rate/target/", {"value": "120", "from_day": ""})
    assert wrong.status_code == 422 and "There is a problem" in wrong.content.decode()


def test_agents_without_a_team_are_reached_from_the_centre(floor: Floor) -> None:
    boss = floor.client("boss")
    assert "No team yet" not in boss.get("/centre/").content.decode()
    loner = floor.agents[0]
    Membership.objects.filter(agent=loner).delete()
    publish_dimensions(floor.lake)
    found = re.search(r'<a href="(/teams/none/[^"]*)">No team yet</a>', boss.get("/centre/").content.decode())
    assert found
    text = boss.get(found[1]).content.decode()
    assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', text) == [loner.name]
    assert floor.client("leader").get("/teams/none/").status_code == 404


def test_a_period_without_facts_is_not_called_an_answer(floor: Floor) -> None:
    for address in ("/centre/", f"/teams/{floor.teams[0].pk}/", f"/agents/{floor.agents[0].pk}/"):
        text = floor.client("boss").get(f"{address}?from=2031-01-06&to=2031-01-12").content.decode()
        assert "There are no figures in this period" in text, address
        assert "Nobody misses" not in text and "No target is set for these" not in text, address


def test_without_targets_nobody_is_said_to_miss_none(floor: Floor) -> None:
    Target.objects.all().delete()
    text = floor.client("leader").get(f"/teams/{floor.teams[0].pk}/?from=2023-11-20&to=2023-11-26").content.decode()
    assert "Nobody misses" not in text and "No target is set for these measures" in text


def test_what_everybody_misses_is_put_to_nobody_alone(floor: Floor) -> None:
    Target.objects.update(value=0.0001)
    text = floor.client("leader").get(f"/teams/{floor.teams[0].pk}/?from=2023-11-20&to=2023-12-10").content.decode()
    lead = text.split('<section class="lead"', 1)[1].split("</section>", 1)[0]
    assert "look at what is nobody's alone" in lead and "everybody on the floor" in lead
    assert not re.search(r"\d+ people? needs? a look", lead)


def test_each_role_has_its_home(floor: Floor) -> None:
    homes = {
        "boss": ("How does the centre stand?", "See "),
        "leader": ("Avocet: who needs a look?", "Open the board"),
        "agent": ("How am I doing?", "Look at my"),
        "admin": ("Hello admin",),
        "nobody": ("not tied to an agent, a team or the centre yet",),
    }
    for who, told in homes.items():
        page = floor.client(who).get("/").content.decode()
        assert [words for words in told if words not in page] == [], who


def test_the_navigation_leads_only_where_the_reader_may_go(floor: Floor) -> None:
    for who in floor.users:
        client = floor.client(who)
        top = client.get("/").content.decode().partition("<nav")[2].partition("</nav>")[0]
        addresses = re.findall(r'href="([^"]+)"', top)
        assert 2 <= len(addresses) <= 6, who
        assert [address for address in addresses if not leads_somewhere(client, who, address)] == [], who


@pytest.mark.django_db
def test_log_in_with_a_password_and_out_again() -> None:
    actions.add_user("robin", "operations_manager", by="test", at=NOW, password="seven quiet lanterns")
    client = Client()
    wrong = client.post("/account/login/", {"login": "robin", "password": "no"})
    assert "There is a problem" in wrong.content.decode()
    assert (
        client.post("/account/login/", {"login": "robin", "password": "seven quiet lanterns"}).headers["Location"]
        == "/"
    )
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/").headers["Location"].startswith("/account/login/")


@pytest.mark.django_db
def test_a_password_is_changed_and_no_link_leads_nowhere() -> None:
    user = actions.add_user("robin", "operations_manager", by="test", at=NOW, password="seven quiet lanterns")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/account/password/").content.decode()
    assert "/account/reset/" not in page and page.count("At least 12 characters") == 1
    typed = {"oldpassword": "wrong", "password1": "eight loud lanterns", "password2": "eight loud lanterns"}
    assert "There is a problem" in client.post("/account/password/", typed).content.decode()
    assert client.post("/account/password/", typed | {"oldpassword": "seven quiet lanterns"}).status_code == 302
    user.refresh_from_db()
    assert user.check_password("eight loud lanterns")


def test_the_catalogue_is_in_groups_and_in_the_order_of_names(floor: Floor) -> None:
    text = floor.client("leader").get("/measures/").content.decode()
    groups = [
        re.findall(r'/measures/[a-z0-9_]+/">([^<]+)</a>', part) for part in text.split("</main>")[0].split("<h2")[1:]
    ]
    assert sum(len(names) for names in groups) == len(catalogue())
    assert len(groups) == len({kpi.table.name for kpi in catalogue().values()})
    assert all(names == sorted(names) for names in groups)


def test_a_figure_of_queues_asks_a_leader_for_no_period(floor: Floor) -> None:
    text = floor.client("leader").get("/measures/service_level/").content.decode()
    assert "This is a figure of queues, not of people" in text and 'id="weeks"' not in text


def test_a_target_begins_today_unless_told_otherwise(floor: Floor) -> None:
    text = floor.client("boss").get("/measures/transfer_rate/target/").content.decode()
    assert re.search(
        r'type="date" name="from_day" value="\d{4}-\d\d-\d\d"|name="from_day" value="\d{4}-\d\d-\d\d" type="date"', text
    )


def test_the_centre_says_that_queues_are_counted_together(floor: Floor) -> None:
    said = "All queues and channels are counted together"
    queue = Queue.objects.first()
    assert queue is not None and Queue.objects.count() > 1
    assert said in floor.client("boss").get("/centre/").content.decode()
    assert said not in floor.client("boss").get(f"/centre/?queue={queue.pk}").content.decode()


def test_a_centre_of_many_teams_turns_the_page_and_tells_the_same(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, week = floor.client("boss"), "from=2023-11-20&to=2023-11-26"

    def rows(query: str) -> list[str]:
        text = client.get(f"/centre/?{week}{query}").content.decode()
        return re.findall(r'<tr class="person">.*?</tr>', text, re.S)

    whole = rows("&sort=-transfer_rate")
    assert len(whole) > 1
    monkeypatch.setattr(dashboards_pages, "MOST_TEAMS", 1)
    turned = [row for number in range(1, len(whole) + 1) for row in rows(f"&sort=-transfer_rate&page={number}")]
    assert turned == whole, "the same rows in the same order, with their weeks"
    assert "After" in client.get(f"/centre/?{week}").content.decode()
    assert rows("&page=nonsense") == rows("&page=1")
