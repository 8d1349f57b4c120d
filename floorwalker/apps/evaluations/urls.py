"""At which addresses do the pages about forms and evaluations lie?"""

from django.urls import path

from floorwalker.apps.evaluations.views import answers, building, evaluations, files, marking, panel, sampling

urlpatterns = [
    path("evaluations/", evaluations.evaluations, name="evaluations"),
    path("evaluations/evaluations.csv", evaluations.evaluations_csv, name="evaluations_csv"),
    path("evaluations/queue/", evaluations.my_queue, name="my_queue"),
    path("evaluations/new/", marking.choose_agent, name="choose_agent"),
    path("evaluations/new/<int:agent_id>/", marking.choose_contact, name="choose_contact"),
    path("evaluations/new/<int:agent_id>/begin/", marking.begin_evaluation, name="begin_evaluation"),
    path("evaluations/<int:evaluation_id>/", evaluations.evaluation, name="evaluation"),
    path("evaluations/<int:evaluation_id>/mark/", marking.mark_evaluation, name="mark_evaluation"),
    path("evaluations/<int:evaluation_id>/save/", marking.save_evaluation, name="save_evaluation"),
    path("evaluations/<int:evaluation_id>/release/", evaluations.release_evaluation, name="release_evaluation"),
    path("evaluations/evaluators/", panel.evaluators, name="evaluators"),
    path("evaluations/misses/", answers.misses, name="misses"),
    path("evaluations/appeals/", answers.appeals, name="appeals"),
    path("evaluations/<int:evaluation_id>/answer/", answers.answer_evaluation, name="answer_evaluation"),
    path("evaluations/<int:evaluation_id>/remark/", answers.remark_on_evaluation, name="remark_on_evaluation"),
    path("evaluations/<int:evaluation_id>/appeal/", answers.decide_appeal, name="decide_appeal"),
    path("evaluations/<int:evaluation_id>/edit/", evaluations.edit_evaluation, name="edit_evaluation"),
    path("forms/", building.forms, name="forms"),
    path("forms/bring-in/", files.bring_in_form, name="bring_in_form"),
    path("forms/<int:form_id>/form.<str:ending>", files.form_file, name="form_file"),
    path("forms/<int:form_id>/", building.form_page, name="form_page"),
    path("forms/<int:form_id>/compare/", building.compare_versions, name="compare_versions"),
    path("forms/<int:form_id>/next/", building.begin_version, name="begin_version"),
    path("forms/<int:form_id>/retire/", building.retire_form, name="retire_form"),
    path("forms/<int:form_id>/draft/", building.form_draft, name="form_draft"),
    path("forms/<int:form_id>/draft/section/<str:code>/", building.form_section, name="form_section"),
    path("forms/<int:form_id>/draft/question/<str:code>/", building.form_question, name="form_question"),
    path("sampling/", sampling.sampling_plans, name="sampling_plans"),
    path("sampling/<int:plan_id>/", sampling.sampling_plan, name="sampling_plan"),
    path("sampling/<int:plan_id>/draw/", sampling.draw_now, name="draw_now"),
    path("sampling/<int:plan_id>/teams/<int:evaluator_id>/", sampling.give_teams, name="give_teams"),
    path("sampling/<int:plan_id>/end/", sampling.end_plan, name="end_sampling_plan"),
    path("sampling/draws/<int:draw_id>/", sampling.sampling_draw, name="sampling_draw"),
    path("evaluations/drawn/<int:drawn_id>/begin/", sampling.begin_drawn, name="begin_drawn"),
    path("evaluations/drawn/<int:drawn_id>/aside/", sampling.set_aside_drawn, name="set_aside_drawn"),
]
