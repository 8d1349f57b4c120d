"""At which addresses do the pages with figures lie?"""

from django.urls import path

from floorwalker.apps.dashboards import views

urlpatterns = [
    path("", views.home, name="home"),
    path("centre/", views.centre, name="centre"),
    path("teams/<int:team_id>/", views.team_board, name="team_board"),
    path("agents/<int:agent_id>/", views.agent_page, name="agent_page"),
    path("agents/<int:agent_id>/trend/<str:measure_id>/", views.agent_trend, name="agent_trend"),
    path("measures/", views.measures, name="measures"),
    path("measures/<str:measure_id>/", views.measure_page, name="measure_page"),
    path("measures/<str:measure_id>/target/", views.set_measure_target, name="set_measure_target"),
]
