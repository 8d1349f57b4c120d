"""At which addresses do the pages about forms and evaluations lie?"""

from django.urls import path

from floorwalker.apps.evaluations.views import building

urlpatterns = [
    path("forms/", building.forms, name="forms"),
    path("forms/<int:form_id>/", building.form_page, name="form_page"),
    path("forms/<int:form_id>/compare/", building.compare_versions, name="compare_versions"),
    path("forms/<int:form_id>/next/", building.begin_version, name="begin_version"),
    path("forms/<int:form_id>/retire/", building.retire_form, name="retire_form"),
    path("forms/<int:form_id>/draft/", building.form_draft, name="form_draft"),
    path("forms/<int:form_id>/draft/section/<str:code>/", building.form_section, name="form_section"),
    path("forms/<int:form_id>/draft/question/<str:code>/", building.form_question, name="form_question"),
]
