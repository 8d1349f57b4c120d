"""At which addresses do surveys lie? Those under s/ are for customers, who have no log-in."""

from django.urls import path

from floorwalker.apps.surveys.views import answering, choosing, hearing, making

urlpatterns = [
    path("s/<str:token>/", answering.answer_survey, name="answer_survey"),
    path("s/<str:token>/thanks/", answering.survey_thanks, name="survey_thanks"),
    path("s/<str:token>/no-more/", answering.ask_no_more, name="ask_no_more"),
    path("surveys/", hearing.surveys, name="surveys"),
    path("surveys/figures-now/", hearing.figures_now, name="survey_figures_now"),
    path("surveys/words/", hearing.survey_words, name="survey_words"),
    path("surveys/words/<int:answer_id>/erase/", hearing.erase_survey_words, name="erase_survey_words"),
    path("surveys/asked/", making.survey_list, name="survey_list"),
    path("surveys/asked/<int:survey_id>/", making.survey, name="survey"),
    path("surveys/asked/<int:survey_id>/preview/", making.preview_survey, name="preview_survey"),
    path("surveys/asked/<int:survey_id>/publish/", making.publish_survey, name="publish_survey"),
    path("surveys/plans/", choosing.survey_plans, name="survey_plans"),
    path("surveys/plans/<int:plan_id>/", choosing.survey_plan, name="survey_plan"),
    path("surveys/plans/<int:plan_id>/end/", choosing.end_survey_plan, name="end_survey_plan"),
    path("surveys/plans/<int:plan_id>/contacts/", choosing.survey_contacts, name="survey_contacts"),
    path("surveys/plans/<int:plan_id>/choices/", choosing.survey_choices, name="survey_choices"),
]
