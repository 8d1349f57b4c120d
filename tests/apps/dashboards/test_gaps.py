"""Does the page of gaps name what is planted, keep names from whoever may not read them, and say so where nothing is there?"""

from __future__ import annotations

import re

import pytest

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.standards.actions import set_target
from floorwalker.jobs.publish import publish_dimensions
from tests.apps.conftest import LONG_AGO, NOW, Floor
from tests.apps.dashboards.conftest import Judged

ONE_DAY = "?from=2023-11-20&to=2023-11-20"


def named(page: str) -> set[str]:
    return {agent.name for agent in Agent.objects.all() if f">{agent.name}</a>" in page}


def test_gaps_are_told_by_measure_with_whose_they_are_and_what_they_cost(judged: Judged) -> None:
    page = judged.page("boss", "/gaps/")
    assert "gaps stand out from chance, in" in page
    assert re.search(r"real: \d\d% sure", page) and "about" in page and "hours (likely" in page
    assert named(page)
    assert "may be:" not in page, "what is not sure is told on the measure's own page alone"


def test_a_measures_gaps_can_be_followed_to_where_they_lie(judged: Judged) -> None:
    page = judged.page("boss", "/gaps/average_handle_time/")
    assert "held against the same work and people in the weeks before" in page
    assert "of all) count here as no longer than nearly all of their kind" in page
    assert "By queue" in page and "By reason" in page and "By week" in page
    assert re.search(r"(adds|takes) [\d.,]+ hours", page)
    narrower = re.search(r'href="(\?[^"]*reason=[^"]*)"', page)
    assert narrower is not None
    narrow = judged.page("boss", "/gaps/average_handle_time/" + narrower[1].replace("&amp;", "&"))
    assert "By queue" in narrow or "By week" in narrow
    assert "By reason" not in narrow


def test_whoever_may_not_see_people_reads_of_teams_alone(judged: Judged) -> None:
    assert named(judged.page("boss", "/gaps/average_handle_time/"))
    assert not named(judged.page("owner", "/gaps/average_handle_time/"))


def test_an_agreed_target_is_what_gaps_are_measured_from(judged: Judged) -> None:
    set_target("average_handle_time", low=60.0, high=100.0, from_day=LONG_AGO, by=judged.users["boss"], at=NOW)
    page = judged.page("boss", "/gaps/average_handle_time/")
    assert "held against 100 s" in page, "of a band, its far end"
    assert "everybody&#x27;s: the process" in page


def test_figures_of_surveys_say_what_the_silent_may_think(judged: Judged) -> None:
    """Beside the centre's figure, a person's own, and the gaps, where comparing has a condition of its own."""
    mate = judged.users["agent"].agent
    assert mate is not None
    for name, address in (
        ("boss", "/measures/csat_top_box/?period=all"),
        ("boss", "/measures/csat_mean/?period=all"),
        ("boss", "/gaps/csat_top_box/"),
        ("agent", f"/agents/{mate.pk}/?period=all"),
    ):
        assert re.search(r"\d+% of [\d,]+ who were asked have answered", judged.page(name, address)), address
    assert "assumes that the customers of all of them answer alike" in judged.page("boss", "/gaps/csat_top_box/")
    assert "who were asked" not in judged.page("boss", "/measures/average_handle_time/?period=all")
    assert "answer alike" not in judged.page("boss", "/gaps/average_handle_time/")


def test_the_funnel_shows_people_to_those_who_may_see_them(judged: Judged) -> None:
    """A manager everybody, a leader her own team and no count of others; a process owner and an agent nobody."""
    address = "/measures/average_handle_time/funnel/"
    everybody, own = (judged.page(name, address) for name in ("boss", "leader"))
    team = {agent.name for agent in Agent.objects.in_teams(Team.objects.filter(pk=judged.teams[0].pk), NOW.date())}
    assert len(named(everybody)) > len(team) > 0
    assert named(own) and named(own) <= team
    for page in (everybody, own):
        assert "Within the inner lines:" in page and "if nobody truly differed, about" in page
        assert page.count('class="chart"') >= 2, "light and dark"
    assert "Not drawn:" not in own
    for name in ("owner", "agent"):
        judged.page(name, address, 404)
    judged.page("boss", "/measures/contacts_handled/funnel/", 404)
    assert address in judged.page("boss", "/measures/average_handle_time/")
    assert address not in judged.page("agent", "/measures/average_handle_time/")


def test_where_a_measure_tells_nobody_from_another_the_funnel_names_nobody(judged: Judged) -> None:
    page = judged.page("boss", "/measures/survey_response_rate/funnel/")
    assert "no point has a name" in page and not named(page)
    assert ">not named</span>" in page


def test_a_measure_that_judges_nobody_has_no_gaps(judged: Judged) -> None:
    judged.page("boss", "/gaps/contacts_handled/", 404)
    judged.page("boss", "/gaps/nothing/", 404)


def test_of_one_day_no_person_is_named(floor: Floor) -> None:
    page = floor.client("boss").get("/gaps/?from=2023-11-20&to=2023-11-20").content.decode()
    assert "the person&#x27;s own" not in page
    assert "it cannot be told yet" in page or "work that too few others do" in page


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"/gaps/{ONE_DAY}", "Of nobody can it be told yet whether there is a gap."),
        (f"/gaps/average_handle_time/{ONE_DAY}", "Of nobody can it be told yet whether there is a gap."),
        ("/changes/", "It cannot be told yet whether anybody has changed"),
        ("/changes/processes/", "It cannot be told yet whether a kind of contact has changed."),
    ],
)
def test_where_too_little_is_known_that_is_no_answer_of_nothing_found(floor: Floor, address: str, told: str) -> None:
    """One day of a few people: that nothing stands out would be no finding."""
    page = floor.client("boss").get(address).content.decode()
    assert told in page
    assert "That is an answer, not missing data." not in page
    assert "No kind of contact changed" not in page and "false alarms of this kind a month" not in page


def test_a_board_names_who_needs_a_look_with_whose_the_gap_is(judged: Judged) -> None:
    found = [judged.page("boss", f"/teams/{team.pk}/") for team in judged.teams]
    assert any("needs a look" in page or "need a look" in page for page in found)
    for page in found:
        lead = page.split('<section class="lead"', 1)[1].split("</section>", 1)[0]
        assert lead.count("<li><a") <= 5 + lead.count("the whole team:") + lead.count("everybody on the floor:")
        if "need a look" in lead:
            assert "expected to be named wrongly" in lead
            assert "Mostly the whole team" not in lead, "what is the team's is put to no person"


def test_an_agent_reads_what_her_gap_is_made_of_and_its_steps_add_up(judged: Judged) -> None:
    page = judged.page("agent", f"/agents/{judged.users['agent'].agent_id}/")
    assert "What the gap is made of" in page
    made = re.search(r'<table class="made">.*?</table>', page, re.S)
    assert made is not None and "Everybody: the process" in made[0] and "Together" in made[0]
    assert re.search(r"Beside \d+ colleagues with the same kinds of work", page)


def test_in_a_small_team_a_member_cannot_tell_the_team_from_herself(judged: Judged) -> None:
    own = judged.users["agent"].agent
    assert own is not None
    others = Agent.objects.in_teams(Team.objects.filter(pk=judged.teams[0].pk), NOW.date()).exclude(pk=own.pk)
    for mate in list(others)[2:]:
        actions.join_team(mate, judged.teams[1], on=LONG_AGO, by=judged.users["boss"], at=NOW)
    publish_dimensions(judged.lake)
    page = judged.page("agent", f"/agents/{own.pk}/")
    assert "The team and the own part together" in page and ">The team<" not in page
    said = " ".join(re.findall(r'<p class="fair">(.*?)</p>', page, re.S))
    assert "would give colleagues away" in said
    assert re.search(r"whole team|team \d+%|own \d+%", said) is None
    assert "would give colleagues away" not in judged.page("leader", f"/agents/{own.pk}/")
    assert ">The team<" in judged.page("leader", f"/agents/{own.pk}/")
