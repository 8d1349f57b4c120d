"""Who may do what at every address? The matrix that the product is held against: one row a route, one column a persona.

Written by hand and not from the product's own tables, so that a mistake there does not excuse itself. A route without a
row fails `test_rights_matrix`; so does a row without a route.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from floorwalker.apps.coaching.appraising import make_pack
from floorwalker.apps.coaching.filing import matter_of
from floorwalker.apps.coaching.models import SelfAssessment
from floorwalker.apps.coaching.reflecting import write_reflection
from floorwalker.apps.dashboards.actions import note_event
from floorwalker.apps.dashboards.models import EventKind, SavedView
from floorwalker.apps.evaluations.building import begin_version
from floorwalker.apps.evaluations.grouping import ask_question
from floorwalker.apps.notices.actions import create_token
from floorwalker.apps.notices.hooking import add_hook
from floorwalker.apps.people.merging import merge_agents
from floorwalker.apps.people.models import Agent, Identity, Site, User
from floorwalker.apps.people.taking_over import keep_draft
from floorwalker.apps.recordings.actions import add_mark
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.models import Process, RootCause, Target
from floorwalker.apps.surveys.instruments import draft_survey, publish_survey, revise_survey
from floorwalker.apps.surveys.models import Answer, Batch, Fate, Invitation, Plan
from floorwalker.apps.surveys.planning import Rule, make_plan
from tests.apps.again import once_more
from tests.apps.coaching.courses import trainings_of
from tests.apps.coaching.kept import objective_of
from tests.apps.coaching.said import feedback_of
from tests.apps.coaching.talks import talks_of
from tests.apps.conftest import LONG_AGO, NOW, Floor
from tests.apps.evaluations.calibrated import marked_session, session_of
from tests.apps.evaluations.drawn import draw_of, plan_of
from tests.apps.evaluations.made import appealed, evaluations, published_form
from tests.apps.huddles.made import (
    a_goal,
    a_huddle,
    a_note,
    a_practice,
    a_pulse,
    a_question,
    an_action,
    customers_thanks,
    thanks_and_praise,
)
from tests.apps.improvement.made import planned
from tests.apps.recordings.rows import keep_recording
from tests.apps.standards.made import adjusted_target, process_of, published_standard

PERSONAS = (
    *(
        "anonymous",
        "nobody",
        "agent",
        "mate",
        "leader",
        "other_leader",
        "former_leader",
        "branch_leader",
        "team_analyst",
    ),
    *("analyst", "boss", "site_boss", "process_owner", "assessor", "verifier", "privacy", "admin"),
)
LOGGED_IN = frozenset(PERSONAS) - {"anonymous"}
ALL_FIGURES = frozenset({"analyst", "boss"})
# Seen from the first team: its leader, the leader of the branch above it, and the analyst for it.
OF_THE_TEAM = ALL_FIGURES | {"leader", "branch_leader", "team_analyst"}
OF_THE_OTHER = ALL_FIGURES | {"other_leader", "site_boss"}
CENTRE = frozenset({"boss", "site_boss", "process_owner"})
SETS_TARGETS = frozenset({"boss", "site_boss", "admin"})
SETS_FOR_CENTRE = SETS_TARGETS - {"site_boss"}
ADJUSTS = frozenset({"boss", "site_boss"})
# People of the first team, and who leads it: whoever is asked to read what is expected there.
ASKED = frozenset({"agent", "mate", "leader", "branch_leader"})
OF_THE_TEAM_STANDARD = ASKED | {"team_analyst", "analyst", "process_owner"} | SETS_FOR_CENTRE
AUDIT = frozenset({"privacy", "admin"})
PRIVACY = frozenset({"privacy"})
PEOPLE = frozenset({"boss", "site_boss", "admin"})
PEOPLE_EVERYWHERE = PEOPLE - {"site_boss"}
ADMIN = frozenset({"admin"})
MANAGES_FORMS = frozenset({"analyst", "boss"})
EVALUATES = frozenset({"analyst", "team_analyst", "leader", "other_leader", "branch_leader"})
CALIBRATES = frozenset({"analyst", "team_analyst", "leader"})
COACHES_TEAM = frozenset({"boss", "leader", "branch_leader"})
COACHES_OTHER = frozenset({"boss", "other_leader", "site_boss"})
COACHES = COACHES_TEAM | COACHES_OTHER
SEES_LOADS = frozenset({"boss", "site_boss", "admin"})
HEARS = CENTRE | OF_THE_TEAM | OF_THE_OTHER | {"agent", "mate"}
# Coaching and improving: of the first team, of the other, and whoever does it anywhere.
IMPROVES = COACHES | {"process_owner"}
MANAGES_SURVEYS = frozenset({"boss", "admin"})
NOBODY: frozenset[str] = frozenset()
READS_HUDDLES = COACHES_TEAM | {"agent", "mate"}
MAY_CHECK = COACHES_TEAM | {"analyst", "team_analyst"}
STAGES = ("released", "submitted", "begun")

Allowed = frozenset[str]
STANDARD_ROUTES = (
    *("standard", "standard_notice", "standard_display", "read_standard", "ask_about", "consultation", "draft"),
    *("publish_standard", "readers", "withdraw_standard", "next_version", "review_standard"),
)


@dataclass(frozen=True)
class Row:
    """One route: by what it concerns, who may; how it is asked, and with what."""

    allowed: Mapping[str, Allowed]
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)


def everybody(method: str = "get") -> Row:
    """For whoever is logged in."""
    return Row({"": LOGGED_IN}, method)


def only(who: Allowed, method: str = "get") -> Row:
    """For some, whatever it concerns."""
    return Row({"": who}, method)


def of_a_place(method: str = "get", data: Mapping[str, Any] | None = None) -> Row:
    """About people, teams and queues of no site, and of the site that the site's own manager has the role for."""
    return Row({"elsewhere": PEOPLE_EVERYWHERE, "here": PEOPLE}, method, data or {})


def of_an_agent(method: str = "get") -> Row:
    """About one agent: own, of the same team, of another, and one who has moved from this team to the other."""
    return Row(
        {
            "own": OF_THE_TEAM | {"agent"},
            "mate": OF_THE_TEAM | {"mate"},
            "other": OF_THE_OTHER,
            "moved": OF_THE_OTHER,
        },
        method,
    )


def of_an_evaluated_agent(method: str = "get") -> Row:
    """As `of_an_agent`, for those who evaluate; the agents themselves for their own."""
    return Row({what: allowed - {"boss", "site_boss"} for what, allowed in of_an_agent().allowed.items()}, method)


def of_a_talk(method: str = "get", **data: str) -> Row:
    """For the coach who gives it alone: one with somebody of the first team, and one with somebody of the other."""
    return Row({"own": frozenset({"leader"}), "other": frozenset({"other_leader"})}, method, data)


def of_a_coached_agent(method: str = "get") -> Row:
    """As `of_an_agent`, for those who coach; the agents themselves for their own."""
    return Row(
        {
            "own": COACHES_TEAM | {"agent"},
            "mate": COACHES_TEAM | {"mate"},
            "other": COACHES_OTHER,
            "moved": COACHES_OTHER,
        },
        method,
    )


NOTE = {"what": "Longer since the new system", "whose": "process"}

ROUTES: dict[str, Row] = {
    "home": everybody(),
    "search": everybody(),
    "style": everybody(),
    "centre": only(CENTRE),
    "centre_file": only(CENTRE),
    "gaps": only(CENTRE),
    "measure_gaps": only(CENTRE),
    "priorities": only(IMPROVES - {"process_owner"}),
    "priorities_file": only(IMPROVES - {"process_owner"}),
    "changes": only(CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    "processes": only(CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    "gaps_file": only(CENTRE),
    "measure_gaps_file": only(CENTRE),
    "changes_file": only(CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    "processes_file": only(CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    "level_trend": only(CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    "events": only(CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    # The analyst's event: taken off by herself and by whoever sets targets and sees figures, and by nobody else.
    "remove_floor_event": only(frozenset({"boss", "site_boss", "analyst"}), "post"),
    "team_trend": Row({"team": OF_THE_TEAM, "other_team": OF_THE_OTHER, "branch": ALL_FIGURES | {"branch_leader"}}),
    "team_trend_note": Row(
        {"team": OF_THE_TEAM, "other_team": OF_THE_OTHER, "branch": ALL_FIGURES | {"branch_leader"}}, "post", NOTE
    ),
    "agent_trend_note": Row(of_an_agent().allowed, "post", NOTE),
    "teams": everybody(),
    "without_team": only(ALL_FIGURES),
    "without_team_file": only(ALL_FIGURES),
    "team_board": Row({"team": OF_THE_TEAM, "other_team": OF_THE_OTHER, "branch": ALL_FIGURES | {"branch_leader"}}),
    "team_file": Row({"team": OF_THE_TEAM, "other_team": OF_THE_OTHER, "branch": ALL_FIGURES | {"branch_leader"}}),
    "agent_page": of_an_agent(),
    "agent_file": of_an_agent(),
    "agent_trend": of_an_agent(),
    "agent_hours": of_an_agent(),
    "team_hours": Row({"team": OF_THE_TEAM, "other_team": OF_THE_OTHER, "branch": ALL_FIGURES | {"branch_leader"}}),
    "measures": everybody(),
    "measure_page": everybody(),
    # Whoever has figures of her own, of a team or of the centre: the file is of nothing else.
    "measure_file": only(CENTRE | OF_THE_TEAM | OF_THE_OTHER | {"agent", "mate"}),
    # Whoever sees people one by one, all of them or a team's.
    "measure_funnel": only(ALL_FIGURES | OF_THE_TEAM | OF_THE_OTHER),
    "measure_competence": only(ALL_FIGURES | OF_THE_TEAM | OF_THE_OTHER),
    "set_measure_target": Row({"": SETS_TARGETS}, "post"),
    "targets": everybody(),
    # Of the centre's, which is beyond whoever manages one site; and of a team there.
    "end_measure_target": Row({"": frozenset({"boss", "admin"}), "other_team": SETS_TARGETS}),
    # Whoever agrees to targets of single people, of the centre or of one site; the person is of another site.
    "adjustments": only(ADJUSTS),
    "adjustment": only(ADJUSTS - {"site_boss"}),
    "causes": everybody(),
    "owned_processes": everybody(),
    "owned_process": everybody(),
    "cycles": only(IMPROVES | {"agent", "mate"}),
    "new_cycle": only(IMPROVES),
    # About an agent of the first team, that team, somebody of the other team, and a process of the whole centre.
    "cycle": Row(
        {"own": COACHES_TEAM | {"agent"}, "team": COACHES_TEAM, "other": COACHES_OTHER, "process": IMPROVES},
    ),
    **{
        route: Row(
            {
                "own": COACHES_TEAM,
                "team": COACHES_TEAM,
                "other": COACHES_OTHER,
                "process": frozenset({"boss", "process_owner"}),
            },
            method,
        )
        for route, method in (
            *(("plan_cycle", "get"), ("cycle_log", "get"), ("review_cycle", "get"), ("decide_cycle", "get")),
            *(("draw_teams", "post"), ("draw_people", "post")),
        )
    },
    "aims": everybody(),
    "new_aim": only(SETS_TARGETS),
    "aim": only(SETS_FOR_CENTRE),
    "standards": everybody(),
    "new_standard": only(SETS_TARGETS),
    # Of the first team, published: its people, whoever reads its targets and who keeps it. Its next version is talked about.
    "standard": only(OF_THE_TEAM_STANDARD),
    "standard_notice": only(OF_THE_TEAM_STANDARD),
    "standard_display": only(OF_THE_TEAM_STANDARD),
    "read_standard": only(ASKED),
    "ask_about": only(ASKED | SETS_FOR_CENTRE),
    "consultation": only(ASKED | SETS_FOR_CENTRE),
    **dict.fromkeys(
        ("draft", "publish_standard", "answer_remark", "withdraw_standard", "review_standard"), only(SETS_FOR_CENTRE)
    ),
    # Those who keep it see everybody, leaders their own people.
    "readers": only(SETS_FOR_CENTRE | {"leader", "branch_leader"}),
    "next_version": only(SETS_FOR_CENTRE, "post"),
    # The centre's list: not for whoever manages one site.
    "cause": only(SETS_FOR_CENTRE),
    # Whoever has figures of others or of her own, and whoever decides how customers are asked.
    "surveys": only(HEARS | MANAGES_SURVEYS),
    "survey_figures_now": only(HEARS | MANAGES_SURVEYS, "post"),
    "survey_words": only(HEARS | MANAGES_SURVEYS),
    # Written about an agent of the first team: the administrator decides about surveys and reads nobody's.
    "erase_survey_words": only(frozenset({"boss"}), "post"),
    "survey_list": only(MANAGES_SURVEYS),
    "survey": only(MANAGES_SURVEYS),
    "preview_survey": only(MANAGES_SURVEYS),
    "publish_survey": only(MANAGES_SURVEYS, "post"),
    "survey_plans": only(MANAGES_SURVEYS),
    "survey_plan": only(MANAGES_SURVEYS),
    "end_survey_plan": only(MANAGES_SURVEYS, "post"),
    "survey_contacts": only(MANAGES_SURVEYS),
    "survey_choices": only(MANAGES_SURVEYS),
    "my_objectives": only(frozenset({"agent", "mate"})),
    "objectives": of_a_coached_agent(),
    "propose_objective": of_a_coached_agent(),
    "development_plan": of_a_coached_agent(),
    "self_assessment": only(frozenset({"agent", "mate"})),
    # The first agent's: hers alone, and shared with those who coach her today.
    "both_views": Row({"own": frozenset({"agent"}), "shared": COACHES_TEAM | {"agent"}}),
    "share_self_assessment": only(frozenset({"agent"}), "post"),
    "reflections": of_a_coached_agent(),
    "appraisals": of_a_coached_agent(),
    "appraisal": only(COACHES_TEAM | {"agent"}),
    "appraisal_file": only(COACHES_TEAM | {"agent"}),
    "share_entry": Row({"": frozenset({"agent"})}, "post", {"user": "0"}),
    # Proposed by the leader to the first agent: hers, and of those who coach her today.
    "objective": only(COACHES_TEAM | {"agent"}),
    "agree_objective": only(COACHES_TEAM | {"agent"}, "post"),
    "end_objective": Row({"": COACHES_TEAM | {"agent"}}, "post", {"because": "Other things come first"}),
    "check_in_objective": Row({"": COACHES_TEAM | {"agent"}}, "post", {"said": "The notes help"}),
    "feedback": everybody(),
    "choose_receiver": everybody(),
    "given_feedback": everybody(),
    # By a colleague within the last day: hers to take back.
    "take_feedback_back": only(frozenset({"mate"}), "post"),
    "matter": Row({"own": COACHES_TEAM | {"agent"}, "team": COACHES_TEAM, "process": frozenset({"process_owner"})}),
    # The receiver alone.
    "answer_feedback": Row({"": frozenset({"agent"})}, "post", {"words": "I see."}),
    "agent_feedback": Row(
        {
            "own": COACHES_TEAM | {"agent"},
            "mate": COACHES_TEAM | {"mate"},
            "other": COACHES_OTHER,
            "moved": COACHES_OTHER,
        }
    ),
    # Colleagues of the same site too, and nobody to herself.
    "give_feedback": Row(
        {
            "own": COACHES_TEAM | {"mate"},
            "mate": COACHES_TEAM | {"agent"},
            "other": COACHES_OTHER,
            "moved": COACHES_OTHER,
        }
    ),
    "team_feedback": Row(
        {"team": COACHES_TEAM, "other_team": COACHES_OTHER, "branch": frozenset({"boss", "branch_leader"})}
    ),
    "process_feedback": only(frozenset({"process_owner"})),
    "saved_views": everybody(),
    "save_view": Row({"": LOGGED_IN}, "post", {"name": "Mine", "path": "/measures/transfer_rate/"}),
    # A view of the leader's: nobody else's business, whatever their role.
    "rename_view": Row({"": frozenset({"leader"})}, "post", {"name": "Hers"}),
    "delete_view": only(frozenset({"leader"}), "post"),
    "restore_view": only(frozenset({"leader"}), "post"),
    "view_mail": only(frozenset({"leader"})),
    "end_mail": only(frozenset({"leader"}), "post"),
    "mail_address": everybody(),
    "verify_mail": everybody(),
    "mail_address_of": only(ADMIN),
    "looks": Row({"own": AUDIT | {"agent"}, "mate": AUDIT | {"mate"}, "other": AUDIT, "moved": AUDIT}),
    "audit": only(AUDIT),
    "kept_of_me": everybody(),
    "kept_of_me_file": everybody(),
    **dict.fromkeys(("privacy", "kept_of_user", "kept_of_user_file"), only(PRIVACY)),
    **{
        route: Row({"own": PRIVACY, "mate": PRIVACY, "other": PRIVACY, "moved": PRIVACY})
        for route in ("kept_of_agent", "kept_of_agent_file")
    },
    "notices": everybody(),
    "read_notice": only(SEES_LOADS, "post"),
    "reminders": everybody(),
    "tokens": everybody(),
    # A token of the leader's: hers to end, and of those who connect systems.
    "end_token": only(frozenset({"leader", "admin"}), "post"),
    "hooks": only(ADMIN),
    "hook": only(ADMIN),
    "change_hook": Row({"": ADMIN}, "post", {"do": "try"}),
    "api_page": everybody(),
    "openapi": everybody(),
    "loads": only(SEES_LOADS),
    # A load of another site than the one that the site's manager has the role for (tests/apps/intake/test_one_site.py).
    "load": only(SEES_LOADS - {"site_boss"}),
    "read_again": only(SEES_LOADS - {"site_boss"}, "post"),
    "rejects": only(SEES_LOADS),
    "rejects_csv": only(SEES_LOADS),
    "keyboard": everybody(),
    "account": everybody(),
    "account_change_password": everybody(),
    "account_set_password": everybody(),
    "account_reauthenticate": everybody(),
    "end_other_sessions": everybody("post"),
    # A session, a passkey and codes of nobody here: one's own are one's own business (tests/web/test_second_factor.py).
    "end_session": only(NOBODY, "post"),
    "mfa_index": everybody(),
    "mfa_reauthenticate": everybody(),
    "mfa_activate_totp": everybody(),
    "mfa_deactivate_totp": only(NOBODY),
    "mfa_view_recovery_codes": only(NOBODY),
    "mfa_generate_recovery_codes": everybody(),
    "mfa_download_recovery_codes": only(NOBODY),
    "mfa_list_webauthn": everybody(),
    "mfa_add_webauthn": everybody(),
    "mfa_reauthenticate_webauthn": everybody(),
    "mfa_edit_webauthn": only(NOBODY),
    "mfa_remove_webauthn": only(NOBODY),
    "people": only(PEOPLE),
    "person": of_a_place(),
    "describe": of_a_place("post"),
    "move": of_a_place("post"),
    "working_pattern": of_a_place("post"),
    "skills": of_a_place("post"),
    "merge": of_a_place("post"),
    "split": of_a_place("post"),
    "names": only(PEOPLE),
    "settle_names": Row({"": PEOPLE}, "post", {"all": "alone"}),
    "settle_name": of_a_place("post", {"as": "new"}),
    "directory": only(PEOPLE_EVERYWHERE),
    "directory_draft": only(PEOPLE_EVERYWHERE),
    "take_directory_over": Row({"": PEOPLE_EVERYWHERE}, "post", {"moves_on": "2026-11-20"}),
    "team_tree": only(PEOPLE),
    "edit_team": of_a_place(),
    "queues": only(PEOPLE),
    "log_ins": only(ADMIN),
    "second_factors": only(ADMIN),
    "end_sessions_of": only(ADMIN, "post"),
    "reset_second_factor_of": only(ADMIN, "post"),
    "close_log_in_of": only(ADMIN, "post"),
    "open_log_in_of": only(ADMIN, "post"),
    "invite_again": only(ADMIN, "post"),
    "grant": Row({"": ADMIN}, "post", {"role": "assessor", "on": "2026-11-20"}),
    "end_grant": only(ADMIN, "post"),
    "recordings": everybody(),
    "unmatched_recordings": only(PEOPLE_EVERYWHERE),
    # Of one agent's contact: by whom her figures are seen, and by herself (tests/apps/recordings/test_hearing.py: of two).
    "recording": of_an_agent(),
    "recording_file": of_an_agent("head"),
    "recording_mark": of_an_agent(),
    "mark_recording": Row(of_an_agent().allowed, "post", {"begins": "0:00"}),
    # A mark is its maker's to take off, whoever else may hear it.
    "unmark_recording": Row({"own": frozenset({"leader"}), "other": frozenset({"other_leader"})}, "post"),
    # Whoever is marked by a form may read it.
    "forms": everybody(),
    "form_page": everybody(),
    "compare_versions": everybody(),
    "begin_version": only(MANAGES_FORMS, "post"),
    "form_draft": only(MANAGES_FORMS),
    "form_section": only(MANAGES_FORMS),
    "form_question": only(MANAGES_FORMS),
    "retire_form": only(MANAGES_FORMS, "post"),
    "form_file": everybody(),
    "bring_in_form": only(MANAGES_FORMS),
    "evaluations": everybody(),
    "evaluations_csv": everybody(),
    "my_queue": only(EVALUATES),
    "choose_agent": only(EVALUATES),
    # Of oneself by oneself, of others by whoever evaluates them.
    "choose_contact": of_an_evaluated_agent(),
    "begin_evaluation": of_an_evaluated_agent("post"),
    # Of agent 0, by the analyst: released to the agent; another one handed in only, and one that is begun.
    "evaluation": Row(
        {"released": OF_THE_TEAM | {"agent"}, "submitted": OF_THE_TEAM - {"boss"}, "begun": frozenset({"analyst"})}
    ),
    # What is handed in already leads on to the evaluation.
    "mark_evaluation": Row(dict.fromkeys(STAGES, frozenset({"analyst"}))),
    "save_evaluation": Row({"": frozenset({"analyst"})}, "post"),
    "release_evaluation": only(frozenset({"analyst", "team_analyst"}), "post"),
    "edit_evaluation": Row({"": frozenset({"analyst", "team_analyst"})}, "post", {"reason": "Heard again"}),
    # By the agent alone; from then on she may write below it, as may everybody who reads it.
    "answer_evaluation": Row({"": frozenset({"agent"})}, "post", {"do": "show"}),
    "remark_on_evaluation": Row({"": OF_THE_TEAM | {"agent"}}, "post", {"words": "The line was bad."}),
    # Against marks that none of these made (tests/apps/evaluations/test_answers.py: nor has read).
    "decide_appeal": Row({"": frozenset({"analyst", "team_analyst"})}, "post", {"do": "take"}),
    "appeals": only(MANAGES_FORMS),
    # Whoever evaluates: of evaluators her own row alone, unless she builds forms.
    "evaluators": only(EVALUATES | MANAGES_FORMS),
    "misses": only(CENTRE | OF_THE_TEAM | OF_THE_OTHER),
    # Of the whole centre and of nobody in it.
    "behaviours": everybody(),
    "scores": only(OF_THE_TEAM | OF_THE_OTHER),
    "agent_score": of_an_agent(),
    "groups": only(MANAGES_FORMS),
    "group_questions": only(MANAGES_FORMS),
    "end_group_question": only(MANAGES_FORMS, "post"),
    "rescore_evaluator": only(MANAGES_FORMS, "post"),
    "about_me": only(frozenset({"agent", "mate"})),
    "sampling_plans": only(MANAGES_FORMS),
    "sampling_plan": only(MANAGES_FORMS),
    "sampling_draw": only(MANAGES_FORMS),
    "change_sampling_plan": only(MANAGES_FORMS),
    "draw_now": only(MANAGES_FORMS, "post"),
    "give_teams": only(MANAGES_FORMS, "post"),
    "end_sampling_plan": only(MANAGES_FORMS, "post"),
    # What chance gave to the analyst is nobody else's.
    "begin_drawn": only(frozenset({"analyst"}), "post"),
    "set_aside_drawn": Row({"": frozenset({"analyst"})}, "post", {"why": "There is no sound"}),
    "calibrations": only(EVALUATES | MANAGES_FORMS),
    "call_calibration": only(MANAGES_FORMS),
    # Of those who mark in it, and those who may lead it: never of an agent.
    "calibration": Row({"open": CALIBRATES | MANAGES_FORMS, "blind": CALIBRATES | MANAGES_FORMS}),
    # Nobody's while it is blind (tests/apps/evaluations/test_calibration.py).
    "calibration_question": Row({"open": CALIBRATES | MANAGES_FORMS, "blind": NOBODY}),
    "calibration_contacts": only(MANAGES_FORMS),
    "lead_calibration": Row({"": MANAGES_FORMS}, "post", {"do": "close"}),
    "begin_calibrated": only(CALIBRATES, "post"),
    "evaluator": Row({"analyst": MANAGES_FORMS, "leader": MANAGES_FORMS | {"leader"}}),
    # Coaching: never a colleague's, nor an analyst's; whoever led the team until a while ago has lost it.
    # Trainings: whom one coaches, and one's own; who planned it says who was there.
    "trainings": everybody(),
    "plan_training": only(IMPROVES - {"process_owner"}),
    "training": Row({"own": COACHES_TEAM | {"agent"}, "other": COACHES_OTHER}),
    "hold_training": Row(
        {"own": frozenset({"leader"}), "other": frozenset({"other_leader"})}, "post", {"do": "cancel"}
    ),
    "say_what_was_learned": Row(
        {"own": frozenset({"agent"}), "other": NOBODY}, "post", {"learned": "To ask first", "rating": "4"}
    ),
    "coaching": only(COACHES),
    "my_coaching": everybody(),
    "ask_for_coaching": only(frozenset({"agent", "mate"})),
    "ask_for_support": only(frozenset({"agent", "mate"})),
    "plan_coaching": only(COACHES),
    "propose_coaching": only(COACHES),
    "decline_coaching": Row({"own": COACHES_TEAM, "other": COACHES_OTHER}, "post", {"because": "It is settled"}),
    "coaching_session": Row(
        {"own": COACHES_TEAM | {"agent"}, "other": COACHES_OTHER, "colleague": COACHES_TEAM | {"agent", "mate"}}
    ),
    "prepare_session": of_a_talk(),
    "open_record": of_a_talk("post"),
    # Of what was found of her own people alone: here nothing was.
    "take_along": Row({"own": NOBODY, "other": NOBODY}, "post", {"mark": "987654"}),
    "lead_session": of_a_talk("post", do="chance"),
    "take_part": Row({"own": frozenset({"agent"}), "other": NOBODY}, "post", {"do": "write", "words": "As I see it"}),
    "follow_up_promise": Row(
        {"own": frozenset({"agent", "leader"}), "other": frozenset({"other_leader"})}, "post", {"kept": "yes"}
    ),
    "with_colleague": Row({"": frozenset({"agent", "mate"})}, "post", {"do": "agree"}),
    "coach_the_coach": Row({"own": COACHES_TEAM - {"leader"}, "other": COACHES_OTHER - {"other_leader"}}),
    # Of the first team: its people read what it talks about, whoever leads it makes it.
    "huddles": everybody(),
    "team_huddles": Row({"team": READS_HUDDLES, "other_team": COACHES_OTHER}),
    **{route: only(READS_HUDDLES) for route in ("huddle", "show_huddle", "huddle_file")},
    "edit_brief": Row({"": COACHES_TEAM}, "post", {"do": "add", "add-kind": "other", "add-words": "Cake at three"}),
    "begin_huddle": only(COACHES_TEAM, "post"),
    "end_huddle": Row({"": COACHES_TEAM}, "post", {"do": "end", "end-notes": "x" * 2000}),
    "note_attendance": only(COACHES_TEAM, "post"),
    "ask_in_huddle": Row({"": READS_HUDDLES}, "post", {"ask-words": "When?"}),
    "answer_in_huddle": only(COACHES_TEAM),
    "agree_in_huddle": only(COACHES_TEAM, "post"),
    # The agent's own.
    "huddle_action": only(COACHES_TEAM | {"agent"}),
    "team_goals": Row({"team": READS_HUDDLES, "other_team": COACHES_OTHER}),
    "new_team_goal": Row({"team": COACHES_TEAM, "other_team": COACHES_OTHER}),
    "team_goal": only(READS_HUDDLES),
    "end_team_goal": only(COACHES_TEAM, "post"),
    "hand_over": Row({"team": READS_HUDDLES, "other_team": COACHES_OTHER}),
    "read_note": only(READS_HUDDLES, "post"),
    "climate": Row({"team": READS_HUDDLES, "other_team": COACHES_OTHER}),
    # Of the first team, whoever works in it: who leads it is not asked.
    "answer_pulse": only(frozenset({"agent", "mate"})),
    "team_thanks": Row({"team": READS_HUDDLES, "other_team": COACHES_OTHER}),
    "own_thanks": everybody(),
    "give_thanks": only(READS_HUDDLES | COACHES_OTHER),
    # Said to the agent: hers to share. What a customer wrote of her is put among her thanks by the first who may.
    "share_thanks": Row({"": frozenset({"agent"})}, "post", {"do": "share"}),
    "pass_on_praise": only(COACHES_TEAM | {"agent"}, "post"),
    # A customer's word that the agent lets her team read: by whoever may hear her, and did not pass it on.
    "check_thanks": only(MAY_CHECK, "post"),
    "practices": everybody(),
    "propose_practice": only(READS_HUDDLES | COACHES_OTHER),
    # Published; and one of the agent's, proposed by herself, which waits for somebody else to check it.
    "practice": Row({"published": LOGGED_IN, "waits": MAY_CHECK | {"agent"}}),
    "settle_practice": Row({"": MAY_CHECK}, "post", {"do": "check"}),
}
# Before anybody has logged in; allauth's own doors, and those that are walled up.
OPEN = frozenset(
    "account_login account_logout account_inactive account_signup account_reset_password invitation theme language stop_mail "
    "mfa_authenticate mfa_login_webauthn security_txt answer_survey survey_thanks ask_no_more "
    "openid_connect_login openid_connect_callback socialaccount_login_cancelled".split()
)


def of_objectives(floor: Floor) -> dict[str, Any]:
    """One that the leader proposed to the first agent; how she sees herself, kept to herself and shared; what she noted."""
    agent, by = floor.agents[0], floor.users["agent"]
    own, shared = (
        SelfAssessment.objects.create(
            agent=agent, from_day=LONG_AGO, to_day=NOW.date(), begun_at=NOW, finished_at=NOW, shared_at=at
        )
        for at in (None, NOW)
    )
    entry = write_reflection(agent, "A long call", "", "", by=by, at=NOW)
    pack = make_pack(agent, LONG_AGO, NOW.date(), floor.lake.snapshot(), by=by, at=NOW)
    made = {"objective_id": objective_of(floor.agents[0], floor.users["leader"]).pk}
    return {
        **{route: {"": made} for route in ("objective", "agree_objective", "end_objective", "check_in_objective")},
        "both_views": {"own": {"assessment_id": own.pk}, "shared": {"assessment_id": shared.pk}},
        "share_self_assessment": {"": {"assessment_id": own.pk}},
        "share_entry": {"": {"entry_id": entry.pk}},
        **{route: {"": {"pack_id": pack.pk}} for route in ("appraisal", "appraisal_file")},
    }


def of_feedback(floor: Floor, process: Process) -> dict[str, Any]:
    """The routes of feedback: matters of an agent, of her team and of a process, and what her colleague gave today."""
    given = feedback_of(floor, by="mate", at=timezone.now())
    matters = {
        "own": given.matter,
        "team": matter_of(floor.teams[0], given.matter.code, at=NOW),
        "process": matter_of(process, given.matter.code, at=NOW),
    }
    return {
        "matter": {name: {"matter_id": one.pk} for name, one in matters.items()},
        **{route: {"": {"feedback_id": given.pk}} for route in ("answer_feedback", "take_feedback_back")},
        "process_feedback": {"": {"process_id": process.pk}},
    }


def of_draws(floor: Floor) -> dict[str, Any]:
    """A plan whose teams can be given, one that was drawn, and contacts of it that wait for the analyst."""
    form = published_form(floor.users["analyst"], "Drawn calls")  # not the one that is retired on the way
    plan, other = (plan_of(floor, form, name, evaluators=[floor.users["analyst"]]) for name in ("Drawn", "Another"))
    made = draw_of(floor, plan)
    begun, aside = made.drawn.filter(evaluator=floor.users["analyst"])[:2]
    return {
        **{key: {"": {"plan_id": plan.pk}} for key in ("sampling_plan", "end_sampling_plan")},
        "draw_now": {"": {"plan_id": other.pk}},
        "change_sampling_plan": {"": {"plan_id": other.pk}},
        "give_teams": {"": {"plan_id": other.pk, "evaluator_id": other.evaluators.get().pk}},
        "sampling_draw": {"": {"draw_id": made.pk}},
        "begin_drawn": {"": {"drawn_id": begun.pk}},
        "set_aside_drawn": {"": {"drawn_id": aside.pk}},
    }


def of_calibration(floor: Floor) -> dict[str, Any]:
    """A session that all have handed in, and one that all are still to mark; the evaluators of the first."""
    form = published_form(floor.users["analyst"], "Calibrated calls")
    marked, waiting = (
        marked_session(floor, form, harsh="leader", contacts=1),
        session_of(floor, form, contacts=1, first=11),
    )
    both = {"open": {"session_id": marked.pk}, "blind": {"session_id": waiting.pk}}
    users = {name: floor.users[name].evaluators.get().pk for name in ("analyst", "leader")}
    return {
        "calibration": both,
        "calibration_question": {stage: one | {"code": "q1"} for stage, one in both.items()},
        "calibration_contacts": {"": both["blind"]},
        "lead_calibration": {"": both["open"]},
        "begin_calibrated": {"": {"contact_id": waiting.contacts.get().pk}},
        "evaluator": {name: {"evaluator_id": pk} for name, pk in users.items()},
    }


CYCLE_ROUTES = ("cycle", "plan_cycle", "cycle_log", "review_cycle", "decide_cycle", "draw_teams", "draw_people")


def of_cycles(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    """The routes of cycles that were planned five weeks ago."""
    process = Process.objects.filter(owner=floor.users["process_owner"]).first() or process_of(floor)
    about = {"own": floor.agents[0], "team": floor.teams[0], "other": floor.agents[1], "process": process}
    made = {what: {"cycle_id": planned(floor, one).pk} for what, one in about.items()}
    with_week = {what: given | {"week": 4} for what, given in made.items()}
    return {route: with_week if route == "review_cycle" else made for route in CYCLE_ROUTES}


def of_huddles(floor: Floor) -> dict[str, Any]:
    """A huddle of the first team with a question and what the agent took on, and what else a team shares."""
    meeting, teams = a_huddle(floor), {"team": floor.teams[0], "other_team": floor.teams[1]}
    routes = ("huddle", "show_huddle", "huddle_file", "edit_brief", "begin_huddle", "end_huddle", "note_attendance")
    thanks, praise = thanks_and_praise(floor)
    known, waits, settled = (a_practice(floor, checked=one) for one in (True, False, False))
    of_team = {what: {"team_id": team.pk} for what, team in teams.items()}
    of_goal = {"": {"goal_id": a_goal(floor).pk}}
    return {
        **dict.fromkeys(("team_huddles", "team_goals", "new_team_goal", "hand_over"), of_team),
        **dict.fromkeys(("climate", "team_thanks"), of_team),
        **dict.fromkeys(("team_goal", "end_team_goal"), of_goal),
        **{route: {"": {"meeting_id": meeting.pk}} for route in (*routes, "ask_in_huddle", "agree_in_huddle")},
        "answer_in_huddle": {"": {"question_id": a_question(floor, meeting).pk}},
        "huddle_action": {"": {"action_id": an_action(floor, meeting, owner="agent").pk}},
        "read_note": {"": {"note_id": a_note(floor).pk}},
        "answer_pulse": {"": {"pulse_id": a_pulse(floor).pk}},
        "share_thanks": {"": {"thanks_id": thanks.pk}},
        "pass_on_praise": {"": {"feedback_id": praise.pk}},
        "check_thanks": {"": {"thanks_id": customers_thanks(floor).pk}},
        "practice": {"published": {"practice_id": known.pk}, "waits": {"practice_id": waits.pk}},
        "settle_practice": {"": {"practice_id": settled.pk}},
    }


def asked_survey(floor: Floor) -> tuple[Plan, Answer]:
    """A plan, and what a customer wrote about an agent of the first team; with a draft that can be published."""
    boss = floor.users["boss"]
    survey = draft_survey("After a call", ["csat_contact", "text_open"], by=boss, at=NOW)
    version = publish_survey(survey, by=boss, at=NOW)
    revise_survey(survey, ["csat_contact"], by=boss, at=NOW)
    plan = make_plan("All calls", survey, Rule("Riverside Water", 1.0), by=boss, at=NOW)
    batch = Batch.objects.create(plan=plan, received_by=boss, received_at=NOW, seed="00")
    about = Identity.objects.filter(agent=floor.agents[2]).values_list("key", flat=True)[0]
    keys = {"named_key": b"n" * 16, "chain_key": b"c" * 16, "identity_key": bytes(about)}
    sent = Invitation.objects.create(plan=plan, batch=batch, fate=Fate.SENT, version=version, language="en-gb", **keys)
    question = version.questions.get(item="text_open")
    return plan, Answer.objects.create(invitation=sent, question=question, text="Quick and kind.", given_at=NOW)


def addresses(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    """By route and by what it concerns, the arguments of its address; what they name is made here, and gone with the test.

    It is acted out once a process where this is asked for before anything else; recordings are files, made each time.
    """
    return {**once_more("addresses", lambda: _in_the_database(floor)), **of_recordings(floor)}


def _in_the_database(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    agents = {name: {"agent_id": agent.pk} for name, agent in floor.named.items()}
    teams = {
        "team": {"team_id": floor.teams[0].pk},
        "other_team": {"team_id": floor.teams[1].pk},
        "branch": {"team_id": floor.branch.pk},
    }
    bangor = Site.objects.get(code="Bangor")
    spare = {
        place: [Agent.objects.create(name=f"Spare {place} {n}", site=site, key=bytes([m + n]) * 16) for n in range(5)]
        for place, site, m in (("elsewhere", None, 1), ("here", bangor, 11))
    }
    merged = {place: merge_agents(ones[0], ones[1], by="test", at=NOW) for place, ones in spare.items()}
    draft = keep_draft("Name,Team\nNew Person,Avocet\n", "staff.csv", by=floor.users["boss"], at=NOW)
    measure = {"": {"measure_id": "transfer_rate"}}
    person = {place: {"agent_id": ones[2].pk} for place, ones in spare.items()}
    # Somebody else than the personas: whoever has a factor may give up her own.
    factored = User.objects.create(username="factored")
    Authenticator.objects.create(user=factored, type=Authenticator.Type.TOTP, data={})
    form, whom = {"form": "csv"}, {"": {"user_id": floor.users["nobody"].pk}}
    given: dict[str, Any] = {"team": floor.teams[1], "from_day": NOW.date(), "by": None, "at": NOW}
    own = set_target("transfer_rate", 0.2, **given)
    saved = {"route": "measures", "created_at": NOW}
    view, _made = SavedView.objects.get_or_create(user=floor.users["leader"], name="Hers", defaults=saved)
    token, _text = create_token(
        "A program",
        ["figures"],
        may_write=False,
        expires_at=NOW + timedelta(days=30),
        owner=floor.users["leader"],
        by="leader",
        at=NOW,
    )
    published = published_standard(floor)
    event = note_event("An outage", EventKind.OUTAGE, NOW.date(), None, by=floor.users["analyst"], at=NOW)
    hook = add_hook("Test", "https://hooks.example/", ["set_target"], by=floor.users["admin"], at=NOW)
    plan, words = asked_survey(floor)
    asked = published_form(floor.users["analyst"])
    begin_version(asked, by=floor.users["analyst"], at=NOW)
    form_id = {"form_id": asked.pk}
    evaluated = evaluations(floor, asked)
    process = process_of(floor)
    question = ask_question("Where did you grow up?", "Fairness", ["here", "elsewhere"], by=floor.users["boss"], at=NOW)
    return {
        **{route: {"": {"survey_id": plan.survey_id}} for route in ("survey", "preview_survey", "publish_survey")},
        **{
            route: {"": {"plan_id": plan.pk}}
            for route in ("survey_plan", "end_survey_plan", "survey_contacts", "survey_choices")
        },
        "erase_survey_words": {"": {"answer_id": words.pk}},
        **{
            route: {"": form_id}
            for route in ("form_page", "compare_versions", "begin_version", "form_draft", "retire_form")
        },
        "choose_contact": agents,
        "begin_evaluation": agents,
        "evaluation": {stage: evaluated[stage] for stage in STAGES},
        "mark_evaluation": {stage: evaluated[stage] for stage in ("begun", "released", "submitted")},
        "save_evaluation": {"": evaluated["begun"]},
        "release_evaluation": {"": evaluated["submitted"]},
        "edit_evaluation": {"": evaluated["edited"]},
        **{key: {"": evaluated["released"]} for key in ("answer_evaluation", "remark_on_evaluation")},
        "decide_appeal": {"": {"evaluation_id": appealed(floor, asked, by="former_leader").pk}},
        **of_draws(floor),
        **of_objectives(floor),
        **dict.fromkeys(("objectives", "propose_objective", "development_plan", "reflections", "appraisals"), agents),
        "form_file": {"": form_id | {"ending": "json"}},
        **of_calibration(floor),
        **talks_of(floor),
        **trainings_of(floor),
        **of_huddles(floor),
        "agent_score": agents,
        "end_group_question": {"": {"question_id": question.pk}},
        "rescore_evaluator": {"": {"evaluator_id": floor.users["team_analyst"].pk}},
        "form_section": {"": form_id | {"code": "s1"}},
        "form_question": {"": form_id | {"code": "q1"}},
        "end_token": {"": {"token_id": token.pk}},
        **{route: {"": {"hook_id": hook.pk}} for route in ("hook", "change_hook")},
        **{
            key: {"": {"view_id": view.pk}}
            for key in ("rename_view", "delete_view", "restore_view", "view_mail", "end_mail")
        },
        "verify_mail": {"": {"token": "a-link"}},
        "centre_file": {"": form},
        "team_file": {name: given | form for name, given in teams.items()},
        "agent_file": {name: given | form for name, given in agents.items()},
        "measure_file": {"": measure[""] | form},
        "team_board": teams,
        "agent_page": agents,
        "agent_hours": agents,
        "team_hours": teams,
        **dict.fromkeys(("looks", "kept_of_agent", "kept_of_agent_file"), agents),
        **{key: {"": {"user_id": floor.users["leader"].pk}} for key in ("kept_of_user", "kept_of_user_file")},
        "agent_trend": {name: given | measure[""] for name, given in agents.items()},
        "measure_page": measure,
        "remove_floor_event": {"": {"event_id": event.pk}},
        **{
            route: {name: given | measure[""] for name, given in of.items()}
            for route, of in (("team_trend", teams), ("team_trend_note", teams), ("agent_trend_note", agents))
        },
        **{
            key: {"": {"measure_id": "average_handle_time"}}
            for key in ("measure_gaps", "measure_funnel", "measure_competence", "level_trend")
        },
        **{key: {"": form} for key in ("gaps_file", "changes_file", "processes_file", "priorities_file")},
        "measure_gaps_file": {"": {"measure_id": "average_handle_time"} | form},
        "set_measure_target": measure,
        "end_measure_target": {
            "": {"target_id": Target.objects.earliest("pk").pk},
            "other_team": {"target_id": own.pk},
        },
        "aim": {"": {"aim_id": published.standard.aim_id}},
        **{route: {"": {"standard_id": published.standard_id}} for route in STANDARD_ROUTES},
        "answer_remark": {"": {"remark_id": published.standard.versions.first().remarks.get().pk}},
        "adjustment": {"": {"adjustment_id": adjusted_target(floor).pk}},
        "owned_process": {"": {"process_id": process.pk}},
        **of_feedback(floor, process),
        **dict.fromkeys(("agent_feedback", "give_feedback"), agents),
        "team_feedback": teams,
        **of_cycles(floor),
        "cause": {"": {"cause_id": RootCause.objects.get(code="process").pk}},
        "without_team_file": {"": form},
        **dict.fromkeys(("person", "describe", "move", "working_pattern", "skills", "merge", "settle_name"), person),
        "split": {place: {"merge_id": merge.pk} for place, merge in merged.items()},
        **{route: {"": {"draft_id": draft.pk}} for route in ("directory_draft", "take_directory_over")},
        "edit_team": {"elsewhere": teams["team"], "here": teams["other_team"]},
        **dict.fromkeys(("grant", "end_sessions_of", "open_log_in_of", "invite_again"), whom),
        "close_log_in_of": whom,
        "mail_address_of": whom,
        "reset_second_factor_of": {"": {"user_id": factored.pk}},
        "end_session": {"": {"session_id": 987654}},
        **{key: {"": {"pk": 987654}} for key in ("mfa_edit_webauthn", "mfa_remove_webauthn")},
        "end_grant": {"": {"grant_id": floor.users["nobody"].grants.get().pk}},
        "read_notice": {"": {"notice_id": floor.notice.pk}},
        "load": {"": {"load_id": floor.load_id}},
        "read_again": {"": {"load_id": floor.load_id}},
    }


def of_recordings(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    """The routes of the recordings of four agents, each with a mark of who leads her team."""
    found = {name: keep_recording(agent) for name, agent in floor.named.items()}
    heard = {name: {"recording_id": recording.pk} for name, recording in found.items()}
    marks = {}
    for name, maker in (("own", "leader"), ("mate", "leader"), ("other", "other_leader"), ("moved", "other_leader")):
        mark = add_mark(found[name], from_seconds=0, to_seconds=None, note="100 %", by=floor.users[maker], at=NOW)
        marks[name] = heard[name] | {"mark_id": mark.pk}
    return {
        **dict.fromkeys(("recording", "recording_file", "mark_recording"), heard),
        "recording_mark": marks,
        "unmark_recording": {name: marks[name] for name in ("own", "other")},
    }


def data(route: str, floor: Floor) -> Mapping[str, Any]:
    """What is sent with a route."""
    if route != "merge":
        return ROUTES[route].data
    unmerged = Agent.objects.filter(name__in=("Spare here 3", "Spare here 4"), merged_into=None)
    return {"was": unmerged.values_list("pk", flat=True)[0]}
