"""At which addresses do the pages with figures lie?"""

from django.urls import path

from floorwalker.apps.dashboards.views import agents, aims, boards, finding, home, hours, mails, measures, saved, style

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", finding.search, name="search"),
    path("style/", style.style, name="style"),
    path("centre/", boards.centre, name="centre"),
    path("centre/figures.<str:form>", boards.centre_file, name="centre_file"),
    path("teams/", boards.teams, name="teams"),
    path("teams/none/", boards.without_team, name="without_team"),
    path("teams/none/figures.<str:form>", boards.without_team_file, name="without_team_file"),
    path("teams/<int:team_id>/", boards.team_board, name="team_board"),
    path("teams/<int:team_id>/figures.<str:form>", boards.team_file, name="team_file"),
    path("agents/<int:agent_id>/", agents.agent_page, name="agent_page"),
    path("agents/<int:agent_id>/figures.<str:form>", agents.agent_file, name="agent_file"),
    path("agents/<int:agent_id>/trend/<str:measure_id>/", agents.agent_trend, name="agent_trend"),
    path("agents/<int:agent_id>/hours/", hours.agent_hours, name="agent_hours"),
    path("teams/<int:team_id>/hours/", hours.team_hours, name="team_hours"),
    path("views/", saved.saved_views, name="saved_views"),
    path("views/save/", saved.save_view, name="save_view"),
    path("views/<int:view_id>/rename/", saved.rename_view, name="rename_view"),
    path("views/<int:view_id>/delete/", saved.delete_view, name="delete_view"),
    path("views/<int:view_id>/restore/", saved.restore_view, name="restore_view"),
    path("views/<int:view_id>/mail/", mails.view_mail, name="view_mail"),
    path("views/<int:view_id>/mail/end/", mails.end_mail, name="end_mail"),
    path("views/address/", mails.mail_address, name="mail_address"),
    path("views/address/<str:token>/", mails.verify_mail, name="verify_mail"),
    path("mail/<str:token>/stop/", mails.stop_mail, name="stop_mail"),
    path("measures/", measures.measures, name="measures"),
    path("measures/<str:measure_id>/", measures.measure_page, name="measure_page"),
    path("measures/<str:measure_id>/figures.<str:form>", measures.measure_file, name="measure_file"),
    path("measures/<str:measure_id>/target/", aims.set_measure_target, name="set_measure_target"),
]
