"""Who may do what through the API? The matrix of `rights.py` for programs: one row an operation, one column a persona.

Written by hand. Each persona asks by a token for everything, so that what is refused is refused for the persona's own sake.
An operation without a row fails `test_rights_of_programs`; so does a row without an operation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from floorwalker.apps.dashboards.mailing import set_address
from floorwalker.apps.dashboards.models import SavedView
from floorwalker.apps.people.merging import merge_agents
from floorwalker.apps.people.models import Agent, Site, Team
from floorwalker.apps.standards.models import Target
from tests.apps.again import once_more
from tests.apps.coaching.kept import objective_of
from tests.apps.coaching.said import feedback_of
from tests.apps.coaching.talks import now, talks_of
from tests.apps.conftest import NOW, Floor
from tests.apps.huddles.made import a_huddle
from tests.apps.improvement.made import planned
from tests.apps.operation import Operation, does, reads
from tests.apps.quality_api import QUALITY, quality, quality_files
from tests.apps.rights import (
    ADMIN,
    ALL_FIGURES,
    AUDIT,
    CENTRE,
    COACHES,
    COACHES_OTHER,
    COACHES_TEAM,
    IMPROVES,
    LOGGED_IN,
    MANAGES_SURVEYS,
    OF_THE_OTHER,
    OF_THE_TEAM,
    PEOPLE,
    PEOPLE_EVERYWHERE,
    READS_HUDDLES,
    SEES_LOADS,
    Allowed,
    asked_survey,
)

# Whoever leads or analyses teams, without seeing everybody.
OF_TEAMS = frozenset({"leader", "other_leader", "branch_leader", "team_analyst", "site_boss"})
OWN = frozenset({"agent", "mate"})
SEES_TEAM_NAMES = PEOPLE | CENTRE
HERE_ONLY = frozenset({"site_boss"})
# The centre's targets: not whoever manages one site.
AIMS_OF_CENTRE = frozenset({"boss", "admin"})
HERS = frozenset({"leader"})


def of_agents(path: str, also: Allowed = frozenset()) -> Operation:
    """A question about one agent: own, of the same team, of another, and one who has moved from this team to the other."""
    return Operation(
        {
            "own": OF_THE_TEAM | {"agent"} | also,
            "mate": OF_THE_TEAM | {"mate"} | also,
            "other": OF_THE_OTHER | also,
            "moved": OF_THE_OTHER | also,
        },
        "get",
        path,
    )


def of_a_place(path: str, method: str = "post", /, **given: Any) -> Operation:
    """About people and teams of no site, and of the site that the site's own manager has the role for."""
    return Operation({"elsewhere": PEOPLE_EVERYWHERE, "here": PEOPLE}, method, path, given)


SAID = {
    "leaning": "strength",
    "about": "measure:transfer_rate",
    "behaviour": "She said whom she passed the call to.",
    "effect": "The customer waited without worry.",
    "seen": "The call at noon.",
}
ANY_FIGURES = CENTRE | OF_THE_TEAM | OF_THE_OTHER | OWN
OPERATIONS: dict[str, Operation] = {
    "read_me": reads("/me"),
    "list_sites": reads("/sites"),
    "list_queues": reads("/queues"),
    "list_teams": reads("/teams"),
    "make_team": of_a_place("/teams"),
    "read_team": Operation(
        {
            "team": OF_THE_TEAM | SEES_TEAM_NAMES - HERE_ONLY | OWN,
            "other_team": OF_THE_OTHER | SEES_TEAM_NAMES,
            "branch": ALL_FIGURES | {"branch_leader"} | SEES_TEAM_NAMES - HERE_ONLY,
        },
        "get",
        "/teams/{team}",
    ),
    "write_team": of_a_place("/teams/{spare_team}", "put", name="Dunlins"),
    "list_agents": reads("/agents"),
    "read_agent": of_agents("/agents/{agent}", PEOPLE_EVERYWHERE),
    "write_agent": of_a_place("/agents/{spare}", "put", name="A New Name"),
    "list_memberships": of_a_place("/agents/{spare}/memberships", "get"),
    "add_membership": of_a_place("/agents/{spare}/memberships", from_day="2026-11-01"),
    "end_membership": of_a_place("/agents/{spare}/leave", from_day="2026-11-10"),
    "list_identities": reads("/identities", PEOPLE),
    "list_names": reads("/names", PEOPLE),
    "confirm_name": of_a_place("/agents/{spare}/confirm"),
    "ignore_name": of_a_place("/agents/{nobody}/ignore"),
    "merge": of_a_place("/agents/{spare}/merges"),
    "list_merges": reads("/merges", PEOPLE),
    "split": of_a_place("/merges/{merge}/split"),
    "list_users": reads("/users", ADMIN),
    "read_mail_address": reads("/users/{mailed}/mail-address", ADMIN),
    "set_mail_address": does("/users/{user}/mail-address", ADMIN, address="nobody@example.org"),
    "give_role": does("/users/{user}/roles", ADMIN, role="assessor", from_day="2026-11-20"),
    "take_role": does("/roles/{role}/end", ADMIN, from_day="2026-11-20"),
    "list_entries": reads("/audit", AUDIT),
    "list_looks": Operation(
        {"own": AUDIT | {"agent"}, "mate": AUDIT | {"mate"}, "other": AUDIT, "moved": AUDIT},
        "get",
        "/agents/{agent}/looks",
    ),
    "list_notices": reads("/notices"),
    "read_notice": does("/notices/{notice}/read", SEES_LOADS),
    "list_loads": reads("/loads", SEES_LOADS),
    "read_load": reads("/loads/{load}", SEES_LOADS - {"site_boss"}),
    "read_again": does("/loads/{load}/again", SEES_LOADS - {"site_boss"}),
    "list_repairs": reads("/repairs", SEES_LOADS),
    "list_rejects": reads("/rejects", SEES_LOADS),
    "list_targets": reads("/targets"),
    "make_target": does("/targets", AIMS_OF_CENTRE, measure="transfer_rate", value=0.4, from_day="2026-11-20"),
    "stop_target": does("/targets/{target}/end", AIMS_OF_CENTRE, from_day="2026-11-20"),
    "list_survey_plans": reads("/surveys/plans", MANAGES_SURVEYS),
    "hand_in_contacts": does(
        "/surveys/plans/{plan}/contacts",
        MANAGES_SURVEYS,
        source="asterisk_queue_log",
        origin="Main",
        contacts=[{"contact": "1.2", "email": "somebody@example.org"}],
    ),
    "take_survey_links": does("/surveys/plans/{plan}/links", MANAGES_SURVEYS),
    "list_feedback": Operation(
        {
            "own": COACHES_TEAM | {"agent"},
            "mate": COACHES_TEAM | {"mate"},
            "other": COACHES_OTHER,
            "moved": COACHES_OTHER,
        },
        "get",
        "/agents/{agent}/feedback",
    ),
    "give_feedback": Operation(
        {
            "own": COACHES_TEAM | {"mate"},
            "mate": COACHES_TEAM | {"agent"},
            "other": COACHES_OTHER,
            "moved": COACHES_OTHER,
        },
        "post",
        "/agents/{agent}/feedback",
        SAID,
    ),
    "decide_matter": does("/matters/{matter}/decisions", frozenset({"agent"}), decision="thanks", because="It helped."),
    # Of the first team.
    "list_meetings": reads("/teams/{team}/meetings", READS_HUDDLES),
    "list_team_goals": reads("/teams/{team}/goals", READS_HUDDLES),
    "read_meeting": reads("/meetings/{meeting}", READS_HUDDLES),
    "add_meeting_action": does("/meetings/{meeting}/actions", COACHES_TEAM, words="Ask", due_on="2026-11-30", owner=1),
    "list_measures": reads("/measures"),
    "read_measure": reads("/measures/transfer_rate"),
    "read_figures": Operation(
        {
            "": ANY_FIGURES,
            "centre": CENTRE,
            "everybody": ALL_FIGURES,
            "teams": OF_TEAMS,
            "own": OWN,
            # Nobody is singled out for those who see the centre and not its agents one by one.
            "by agent": ANY_FIGURES - {"site_boss", "process_owner"},
            "by agent in the centre": frozenset({"boss"}),
        },
        "get",
        "/figures",
    ),
    "list_gaps": reads("/gaps", CENTRE),
    "list_measure_gaps": reads("/gaps/average_handle_time", CENTRE),
    "read_competence": reads("/competence/average_handle_time", OF_THE_TEAM | OF_THE_OTHER),
    "list_priorities": reads("/priorities", IMPROVES - {"process_owner"}),
    "list_changes": reads("/changes", CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    "list_statements": of_agents("/agents/{agent}/statements"),
    "list_processes": reads("/processes", CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    "read_centre_board": reads("/centre/board", CENTRE),
    "read_team_board": Operation(
        {"team": OF_THE_TEAM, "other_team": OF_THE_OTHER, "branch": ALL_FIGURES | {"branch_leader"}},
        "get",
        "/teams/{team}/board",
    ),
    "read_agent_figures": of_agents("/agents/{agent}/figures"),
    "list_cycles": reads("/cycles", IMPROVES | OWN),
    "read_cycle": Operation(
        {"own": COACHES_TEAM | {"agent"}, "team": COACHES_TEAM, "other": COACHES_OTHER}, "get", "/cycles/{cycle}"
    ),
    "list_views": reads("/views"),
    "save_view": does("/views", LOGGED_IN, name="Mine", path="/measures/transfer_rate/"),
    "rename_view": does("/views/{view}", HERS, "patch", name="Hers"),
    "delete_view": does("/views/{view}", HERS, "delete"),
    "restore_view": does("/views/{view}/restore", HERS),
    **QUALITY,
    "list_coaching_sessions": reads("/coaching/sessions"),
    "list_coaching_proposals": reads("/coaching/proposals", COACHES),
    "list_objectives": reads("/coaching/objectives"),
    "list_trainings": reads("/coaching/trainings"),
    "read_objective": Operation({"own": COACHES_TEAM | {"agent"}}, "get", "/coaching/objectives/{objective_id}"),
    "read_coaching_session": Operation(
        {"own": COACHES_TEAM | {"agent"}, "other": COACHES_OTHER, "colleague": COACHES_TEAM | OWN},
        "get",
        "/coaching/sessions/{session_id}",
    ),
    "plan_coaching_session": Operation({"own": COACHES_TEAM, "other": COACHES_OTHER}, "post", "/coaching/sessions"),
}

ASKED = {"measure": "transfer_rate"}


def places(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    """By operation and by what it concerns, what stands in its address; `given` is sent with it.

    It is acted out once a process where this is asked for before anything else; recordings are files, made each time.
    """
    return {**once_more("places", lambda: _in_the_database(floor)), **quality_files(floor)}


def _in_the_database(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    agents = {name: {"agent": agent.pk} for name, agent in floor.named.items()}
    teams = {
        "team": {"team": floor.teams[0].pk},
        "other_team": {"team": floor.teams[1].pk},
        "branch": {"team": floor.branch.pk},
    }
    saved = {"route": "measures", "created_at": NOW}
    view, _made = SavedView.objects.get_or_create(user=floor.users["leader"], name="Hers", defaults=saved)
    figures = {
        "": ASKED,
        **{name: ASKED | {"scope": name} for name in ("centre", "everybody", "teams", "own")},
        "by agent": ASKED | {"by": "agent"},
        "by agent in the centre": ASKED | {"by": "agent", "scope": "centre"},
    }
    one = {
        "user": floor.users["nobody"].pk,
        "mailed": set_address("mate@example.org", by=floor.users["mate"], at=NOW).user_id,
        "role": floor.users["nobody"].grants.get().pk,
        "notice": floor.notice.pk,
        "load": floor.load_id,
        "target": Target.objects.get(measure="service_level").pk,
        "view": view.pk,
        "plan": asked_survey(floor)[0].pk,
        "matter": feedback_of(floor).matter_id,
        "team": floor.teams[0].pk,
        "meeting": a_huddle(floor).pk,
    }
    hers = Site.objects.get(code="Bangor")
    spares = {"elsewhere": _spare(1, None, floor.teams[0]), "here": _spare(6, hers, floor.teams[1])}
    when = (now() + timedelta(days=1)).isoformat()
    talks = {
        name: {"given": {"agents": [floor.named[name].pk], "planned_for": when, "topic": "How calls are passed on"}}
        for name in ("own", "other")
    }
    return {
        "list_coaching_sessions": {"": {}},
        **{name: {"": one} for name in OPERATIONS if name not in QUALITY},
        **{name: _of_spares(name, spares) for name, row in OPERATIONS.items() if "here" in row.allowed},
        "list_coaching_proposals": {"": {}},
        "read_coaching_session": talks_of(floor)["coaching_session"],
        "plan_coaching_session": talks,
        "add_meeting_action": {
            "": one | {"given": {"owner": floor.users["mate"].pk, "due_on": f"{now() + timedelta(days=7):%Y-%m-%d}"}}
        },
        "read_objective": {"own": {"objective_id": objective_of(floor.agents[0], floor.users["leader"]).pk}},
        "read_team": teams,
        "read_team_board": teams,
        **dict.fromkeys(("read_agent", "list_looks", "read_agent_figures", "list_statements"), agents),
        "read_cycle": {
            what: {"cycle": planned(floor, about).pk}
            for what, about in (("own", floor.agents[0]), ("team", floor.teams[0]), ("other", floor.agents[1]))
        },
        **dict.fromkeys(("list_feedback", "give_feedback"), agents),
        "read_figures": {name: {"given": asked} for name, asked in figures.items()},
        **quality(floor),
    }


def _spare(first: int, site: Site | None, team: Team) -> dict[str, Any]:
    """People and a team of one site, or of none, that a change may have, and into which team; first: of their keys."""
    agents = [Agent.objects.create(name=f"Spare {first + n}", key=bytes([first + n]) * 16, site=site) for n in range(5)]
    return {
        "spare": agents[2].pk,
        "nobody": agents[3].pk,
        "was": agents[4].pk,
        "merge": merge_agents(agents[0], agents[1], by="test", at=NOW).pk,
        "spare_team": Team.objects.create(name=f"Dunlin {first}", key=bytes([100 + first]) * 16, site=site).pk,
        "team": team.pk,
        "site": None if site is None else site.pk,
    }


def _of_spares(name: str, spares: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What such a change is told besides."""

    def given(where: str, one: Mapping[str, Any]) -> dict[str, Any]:
        told = {
            "make_team": {"name": f"Curlew {where}", "site": one["site"]},
            "write_team": {"name": f"Dunlins {where}", "site": one["site"]},
            "add_membership": {"team": one["team"]},
            "merge": {"was": one["was"]},
        }
        return dict(told.get(name, {}))

    return {where: {**one, "given": given(where, one)} for where, one in spares.items()}
