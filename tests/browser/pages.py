"""Which pages are opened in the browser, and as whom? One line a page; a route that is not here fails test_routes.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Opened:
    """One page: its route's name, its address, who opens it, its status.

    changes: it says something else each time; unfolds: a script opens a part of it at a time, all is open without one.
    """

    route: str
    path: str
    user: str | None = None
    status: int = 200
    changes: bool = False
    unfolds: bool = False


PAGES = (
    Opened("account_login", "/account/login/"),
    Opened("account_logout", "/account/logout/", "leader"),
    Opened("account_change_password", "/account/password/", "leader"),
    Opened("account", "/account/", "leader", changes=True),
    Opened("keyboard", "/keyboard/", "boss"),
    Opened("account_reauthenticate", "/account/again/", "leader"),
    Opened("mfa_activate_totp", "/account/second-factor/app/", "leader", changes=True),
    Opened("mfa_generate_recovery_codes", "/account/second-factor/codes/new/", "leader"),
    Opened("mfa_add_webauthn", "/account/passkeys/new/", "leader", changes=True),
    Opened("second_factors", "/people/second-factors/", "admin"),
    Opened("invitation", "{invitation}"),
    Opened("home", "/", "agent"),
    Opened("search", "/search/?q=a", "boss"),
    Opened("style", "/style/", "agent"),
    Opened("teams", "/teams/", "leader"),
    Opened("looks", "/agents/{agent}/looks/", "agent"),
    Opened("audit", "/audit/", "admin"),
    Opened("kept_of_me", "/account/kept/", "agent"),
    Opened("privacy", "/privacy/?q=a", "privacy"),
    Opened("kept_of_agent", "/privacy/agents/{agent}/", "privacy", changes=True),
    Opened("people", "/people/", "boss"),
    Opened("person", "/people/{agent}/", "boss"),
    Opened("names", "/people/names/", "boss"),
    Opened("team_tree", "/people/teams/", "boss"),
    Opened("edit_team", "/people/teams/{team}/", "boss"),
    Opened("queues", "/people/queues/", "boss"),
    Opened("directory", "/people/directory/", "boss"),
    Opened("directory_draft", "/people/directory/{draft}/", "boss"),
    Opened("log_ins", "/people/log-ins/", "admin"),
    Opened("centre", "/centre/", "boss"),
    Opened("gaps", "/gaps/", "boss"),
    Opened("priorities", "/priorities/?hours=6", "leader"),
    Opened("measure_gaps", "/gaps/average_handle_time/", "boss"),
    Opened("changes", "/changes/", "leader"),
    Opened("processes", "/changes/processes/", "leader"),
    Opened("level_trend", "/changes/processes/average_handle_time/", "leader"),
    Opened("events", "/changes/events/", "leader"),
    Opened("team_trend", "/teams/{team}/trend/average_handle_time/", "leader"),
    Opened("team_board", "/teams/{team}/", "leader"),
    Opened("without_team", "/teams/none/", "boss"),
    Opened("agent_page", "/agents/{agent}/", "leader"),
    Opened("agent_trend", "/agents/{agent}/trend/average_handle_time/", "leader"),
    Opened("agent_hours", "/agents/{agent}/hours/", "agent"),
    Opened("team_hours", "/teams/{team}/hours/", "leader"),
    Opened("measures", "/measures/", "leader"),
    Opened("measure_page", "/measures/average_handle_time/", "leader"),
    Opened("measure_funnel", "/measures/average_handle_time/funnel/", "leader"),
    Opened("measure_competence", "/measures/average_handle_time/competence/", "boss"),
    Opened("set_measure_target", "/measures/transfer_rate/target/", "boss"),
    Opened("targets", "/targets/", "boss"),
    Opened("end_measure_target", "/targets/{target}/end/", "boss"),
    Opened("aims", "/aims/", "boss"),
    Opened("new_aim", "/aims/new/", "boss", changes=True),
    Opened("aim", "/aims/{aim}/", "boss"),
    Opened("standards", "/standards/", "boss"),
    Opened("new_standard", "/standards/new/", "boss", changes=True),
    Opened("standard", "/standards/{standard}/", "leader"),
    Opened("draft", "/standards/{standard}/draft/", "boss"),
    Opened("consultation", "/standards/{standard}/consultation/", "boss", changes=True),
    Opened("publish_standard", "/standards/{standard}/publish/", "boss"),
    Opened("answer_remark", "/standards/remarks/{remark}/", "boss"),
    Opened("read_standard", "/standards/{standard}/read/", "agent"),
    Opened("ask_about", "/standards/{standard}/ask/", "agent"),
    Opened("readers", "/standards/{standard}/readers/", "boss"),
    Opened("review_standard", "/standards/{standard}/review/", "boss"),
    Opened("withdraw_standard", "/standards/{standard}/end/", "boss", changes=True),
    Opened("standard_display", "/standards/{standard}/display/", "agent"),
    Opened("adjustments", "/adjustments/", "boss", changes=True),
    Opened("adjustment", "/adjustments/{adjustment}/", "boss", changes=True),
    Opened("causes", "/causes/", "boss"),
    Opened("cause", "/causes/2/", "boss"),
    Opened("owned_processes", "/processes/", "boss"),
    Opened("owned_process", "/processes/{process}/", "boss"),
    Opened("cycles", "/improvement/", "boss", changes=True),
    Opened("new_cycle", "/improvement/new/?measure=transfer_rate&team={team}", "boss", changes=True),
    Opened("cycle", "/improvement/{reviewed_cycle}/", "boss", changes=True),
    Opened("plan_cycle", "/improvement/{cycle}/plan/", "boss", changes=True),
    Opened("cycle_log", "/improvement/{reviewed_cycle}/log/", "boss", changes=True),
    Opened("review_cycle", "/improvement/{due_cycle}/reviews/4/", "boss"),
    Opened("decide_cycle", "/improvement/{reviewed_cycle}/decide/", "boss"),
    Opened("feedback", "/feedback/", "agent", changes=True),
    Opened("choose_receiver", "/feedback/give/", "agent"),
    Opened("given_feedback", "/feedback/given/", "leader", changes=True),
    Opened("matter", "/feedback/matters/{matter}/", "agent", changes=True),
    Opened("agent_feedback", "/agents/{agent}/feedback/", "leader", changes=True),
    Opened("give_feedback", "/agents/{agent}/feedback/give/", "leader"),
    Opened("team_feedback", "/teams/{team}/feedback/", "leader", changes=True),
    Opened("process_feedback", "/processes/{process}/feedback/", "boss", changes=True),
    Opened("surveys", "/surveys/", "boss", changes=True),
    Opened("survey_words", "/surveys/words/", "leader", changes=True),
    Opened("survey_list", "/surveys/asked/", "boss"),
    Opened("survey", "/surveys/asked/{survey}/", "boss"),
    Opened("preview_survey", "/surveys/asked/{survey}/preview/", "boss"),
    Opened("survey_plans", "/surveys/plans/", "boss"),
    Opened("survey_plan", "/surveys/plans/{plan}/", "boss"),
    Opened("survey_contacts", "/surveys/plans/{plan}/contacts/", "boss"),
    Opened("survey_choices", "/surveys/plans/{plan}/choices/", "boss", changes=True),
    Opened("answer_survey", "/s/{token}/", changes=True),
    Opened("survey_thanks", "/s/{token}/thanks/", changes=True),
    Opened("ask_no_more", "/s/{token}/no-more/"),
    Opened("my_objectives", "/objectives/", "agent"),
    Opened("objectives", "/agents/{agent}/objectives/", "leader"),
    Opened("propose_objective", "/agents/{agent}/objectives/new/", "leader", changes=True),
    Opened("objective", "/objectives/{objective}/", "agent"),
    Opened("self_assessment", "/self-assessment/", "agent"),
    Opened("both_views", "/self-assessments/{assessment}/", "agent"),
    Opened("reflections", "/agents/{agent}/reflections/", "agent"),
    Opened("appraisals", "/agents/{agent}/reviews/", "agent", changes=True),
    Opened("appraisal", "/reviews/{pack}/", "agent", changes=True),
    Opened("development_plan", "/agents/{agent}/development/", "agent", changes=True),
    Opened("notices", "/notices/", "boss"),
    Opened("reminders", "/notices/reminders/", "agent"),
    Opened("tokens", "/tokens/", "leader"),
    Opened("hooks", "/webhooks/", "admin"),
    Opened("hook", "/webhooks/{hook}/", "admin"),
    Opened("api_page", "/api/", "leader"),
    Opened("loads", "/data/", "boss"),
    Opened("load", "/data/loads/{load}/", "boss"),
    Opened("rejects", "/data/rejects/", "boss"),
    Opened("saved_views", "/views/", "leader"),
    Opened("view_mail", "/views/{view}/mail/", "leader"),
    Opened("mail_address", "/views/address/", "leader"),
    Opened("mail_address_of", "/people/log-ins/{user}/address/", "admin"),
    Opened("verify_mail", "/views/address/a-link/", "leader"),
    Opened("stop_mail", "{stop}"),
    Opened("recordings", "/recordings/", "leader"),
    Opened("unmatched_recordings", "/recordings/unmatched/", "boss"),
    Opened("recording", "/recordings/{recording}/", "leader"),
    Opened("recording_mark", "/recordings/{recording}/marks/{mark}/", "agent"),
    Opened("evaluations", "/evaluations/", "analyst"),
    Opened("my_queue", "/evaluations/queue/", "analyst"),
    Opened("misses", "/evaluations/misses/", "leader"),
    Opened("appeals", "/evaluations/appeals/", "analyst"),
    Opened("evaluators", "/evaluations/evaluators/", "analyst", changes=True),
    Opened("choose_agent", "/evaluations/new/", "analyst"),
    Opened("choose_contact", "/evaluations/new/{agent}/", "analyst"),
    Opened("evaluation", "/evaluations/{released}/", "leader"),
    Opened("mark_evaluation", "/evaluations/{begun}/mark/", "analyst", unfolds=True),
    Opened("behaviours", "/evaluations/behaviours/", "agent"),
    Opened("scores", "/evaluations/scores/", "leader"),
    Opened("agent_score", "/evaluations/scores/{agent}/", "leader"),
    Opened("groups", "/evaluations/groups/", "analyst"),
    Opened("group_questions", "/evaluations/groups/questions/", "analyst", changes=True),
    Opened("about_me", "/evaluations/about-me/", "agent", changes=True),
    Opened("sampling_plans", "/sampling/", "analyst"),
    Opened("sampling_plan", "/sampling/{plan_of_draws}/", "analyst"),
    Opened("change_sampling_plan", "/sampling/{plan_of_draws}/change/", "analyst"),
    Opened("sampling_draw", "/sampling/draws/{draw}/", "analyst"),
    Opened("calibrations", "/calibration/", "analyst"),
    Opened("call_calibration", "/calibration/new/", "analyst", changes=True),
    Opened("calibration", "/calibration/{calibration}/", "analyst"),
    Opened("calibration_contacts", "/calibration/{calibration_blind}/contacts/", "analyst"),
    Opened("calibration_question", "/calibration/{calibration}/question/q1/", "analyst"),
    Opened("evaluator", "/evaluations/evaluators/{evaluator}/", "analyst"),
    Opened("forms", "/forms/", "analyst"),
    Opened("bring_in_form", "/forms/bring-in/", "analyst"),
    Opened("form_page", "/forms/{form}/", "agent"),
    Opened("compare_versions", "/forms/{form}/compare/", "agent"),
    Opened("form_draft", "/forms/{form}/draft/", "analyst"),
    Opened("form_section", "/forms/{form}/draft/section/s1/", "analyst"),
    Opened("form_question", "/forms/{form}/draft/question/q2/", "analyst"),
    Opened("coaching", "/coaching/", "leader", changes=True),
    Opened("my_coaching", "/coaching/mine/", "agent", changes=True),
    Opened("ask_for_coaching", "/coaching/ask/", "agent"),
    Opened("ask_for_support", "/coaching/support/", "agent"),
    Opened("trainings", "/trainings/", "leader"),
    Opened("plan_training", "/trainings/plan/", "leader"),
    Opened("plan_coaching", "/coaching/plan/", "leader"),
    Opened("propose_coaching", "/coaching/propose/", "leader"),
    Opened("coaching_session", "/coaching/sessions/{talk}/", "leader", changes=True),
    Opened("prepare_session", "/coaching/sessions/{talk_planned}/prepare/", "leader", changes=True),
    Opened("coach_the_coach", "/coaching/sessions/{talk}/coach/", "boss"),
    Opened("huddles", "/huddles/", "boss"),
    Opened("team_huddles", "/teams/{team}/huddles/", "leader", changes=True),
    Opened("huddle", "/huddles/{huddle}/", "leader", changes=True),
    Opened("show_huddle", "/huddles/{huddle}/show/", "agent", changes=True),
    Opened("team_goals", "/teams/{team}/goals/", "leader", changes=True),
    Opened("new_team_goal", "/teams/{team}/goals/new/", "leader"),
    Opened("team_goal", "/huddles/goals/{team_goal}/", "agent", changes=True),
    Opened("answer_in_huddle", "/huddles/questions/{huddle_question}/", "leader"),
    Opened("huddle_action", "/huddles/actions/{huddle_action}/", "leader"),
    Opened("hand_over", "/teams/{team}/hand-over/", "agent", changes=True),
    Opened("climate", "/teams/{team}/climate/", "leader", changes=True),
    Opened("answer_pulse", "/climate/{pulse}/", "agent"),
    Opened("team_thanks", "/teams/{team}/thanks/", "leader", changes=True),
    Opened("own_thanks", "/thanks/", "agent", changes=True),
    Opened("give_thanks", "/thanks/new/", "agent"),
    Opened("practices", "/practices/", "leader"),
    Opened("propose_practice", "/practices/new/", "agent"),
    Opened("practice", "/practices/{practice}/", "leader"),
    Opened("not found", "/teams/987654/", "leader", 404),
)

# Routes that answer only to a form or with a file, and those that exist by name alone and are closed (tests/apps/rights.py).
NOT_PAGES = frozenset(
    """training hold_training say_what_was_learned
    theme language team_trend_note agent_trend_note remove_floor_event
    without_team_file account_signup account_reset_password account_inactive
    describe move working_pattern skills merge split settle_name settle_names take_directory_over grant end_grant
    end_session end_other_sessions end_sessions_of reset_second_factor_of close_log_in_of open_log_in_of invite_again
    openid_connect_login openid_connect_callback socialaccount_login_cancelled
    security_txt mfa_index mfa_list_webauthn mfa_login_webauthn mfa_download_recovery_codes account_set_password
    mfa_authenticate mfa_reauthenticate mfa_deactivate_totp mfa_view_recovery_codes mfa_reauthenticate_webauthn
    mfa_edit_webauthn mfa_remove_webauthn
    draw_teams draw_people
    read_notice end_token change_hook openapi read_again rejects_csv centre_file team_file agent_file measure_file
    gaps_file measure_gaps_file priorities_file changes_file processes_file
    next_version standard_notice
    agree_objective end_objective check_in_objective share_self_assessment share_entry appraisal_file
    answer_feedback take_feedback_back
    save_view rename_view delete_view restore_view end_mail
    survey_figures_now erase_survey_words publish_survey end_survey_plan
    recording_file mark_recording unmark_recording
    begin_version retire_form form_file evaluations_csv begin_evaluation save_evaluation release_evaluation edit_evaluation
    answer_evaluation remark_on_evaluation decide_appeal
    draw_now give_teams end_sampling_plan begin_drawn set_aside_drawn end_group_question rescore_evaluator
    lead_calibration begin_calibrated
    decline_coaching open_record take_along lead_session take_part follow_up_promise with_colleague
    huddle_file edit_brief begin_huddle end_huddle note_attendance ask_in_huddle agree_in_huddle end_team_goal
    read_note share_thanks pass_on_praise check_thanks settle_practice
    kept_of_me_file kept_of_agent_file kept_of_user kept_of_user_file""".split()
)
