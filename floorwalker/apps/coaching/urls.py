"""At which addresses do feedback, coaching and objectives lie?"""

from django.urls import path

from floorwalker.apps.coaching.views import appraisals, coaching, objectives, oneself, plans, sessions

urlpatterns = [
    path("coaching/", coaching.coaching, name="coaching"),
    path("coaching/mine/", coaching.my_coaching, name="my_coaching"),
    path("coaching/ask/", coaching.ask_for_coaching, name="ask_for_coaching"),
    path("coaching/support/", coaching.ask_for_support, name="ask_for_support"),
    path("coaching/plan/", coaching.plan_coaching, name="plan_coaching"),
    path("coaching/propose/", coaching.propose_coaching, name="propose_coaching"),
    path("coaching/proposals/<int:proposal_id>/decline/", coaching.decline_coaching, name="decline_coaching"),
    path("coaching/sessions/<int:session_id>/", sessions.coaching_session, name="coaching_session"),
    path("coaching/sessions/<int:session_id>/prepare/", sessions.prepare_session, name="prepare_session"),
    path("coaching/sessions/<int:session_id>/record/", sessions.open_record, name="open_record"),
    path("coaching/sessions/<int:session_id>/lead/", sessions.lead_session, name="lead_session"),
    path("coaching/sessions/<int:session_id>/part/", sessions.take_part, name="take_part"),
    path("coaching/sessions/<int:session_id>/kept/", sessions.follow_up, name="follow_up_promise"),
    path("coaching/sessions/<int:session_id>/colleague/", sessions.with_colleague, name="with_colleague"),
    path("coaching/sessions/<int:session_id>/coach/", sessions.coach_the_coach, name="coach_the_coach"),
    path("objectives/", objectives.my_objectives, name="my_objectives"),
    path("agents/<int:agent_id>/objectives/", objectives.objectives, name="objectives"),
    path("agents/<int:agent_id>/objectives/new/", objectives.propose_objective, name="propose_objective"),
    path("agents/<int:agent_id>/reviews/", appraisals.appraisals, name="appraisals"),
    path("reviews/<int:pack_id>/", appraisals.appraisal, name="appraisal"),
    path("reviews/<int:pack_id>/review.pdf", appraisals.appraisal_file, name="appraisal_file"),
    path("self-assessment/", oneself.self_assessment, name="self_assessment"),
    path("self-assessments/<int:assessment_id>/", oneself.views_side_by_side, name="both_views"),
    path("self-assessments/<int:assessment_id>/share/", oneself.share_self_assessment, name="share_self_assessment"),
    path("agents/<int:agent_id>/reflections/", oneself.reflections, name="reflections"),
    path("reflections/<int:entry_id>/share/", oneself.share_entry, name="share_entry"),
    path("agents/<int:agent_id>/development/", plans.development_plan, name="development_plan"),
    path("objectives/<int:objective_id>/", objectives.objective, name="objective"),
    path("objectives/<int:objective_id>/agree/", objectives.agree_objective, name="agree_objective"),
    path("objectives/<int:objective_id>/end/", objectives.end_objective, name="end_objective"),
    path("objectives/<int:objective_id>/check-in/", objectives.check_in_objective, name="check_in_objective"),
]
