"""At which addresses do the people pages lie?"""

from django.urls import path

from floorwalker.apps.people.views import coming_in, directory, names, places, roll, watching

urlpatterns = [
    path("invitation/<str:token>/", coming_in.invitation, name="invitation"),
    path("theme/", coming_in.choose_theme, name="theme"),
    path("agents/<int:agent_id>/looks/", watching.looks, name="looks"),
    path("audit/", watching.audit, name="audit"),
    path("people/", roll.people, name="people"),
    path("people/<int:agent_id>/", roll.person, name="person"),
    path("people/<int:agent_id>/details/", roll.describe, name="describe"),
    path("people/<int:agent_id>/move/", roll.move, name="move"),
    path("people/<int:agent_id>/pattern/", roll.work, name="working_pattern"),
    path("people/<int:agent_id>/skills/", roll.skills, name="skills"),
    path("people/<int:agent_id>/merge/", roll.merge, name="merge"),
    path("people/merges/<int:merge_id>/split/", roll.split, name="split"),
    path("people/names/", names.names, name="names"),
    path("people/names/all/", names.settle_names, name="settle_names"),
    path("people/names/<int:agent_id>/", names.settle_name, name="settle_name"),
    path("people/directory/", directory.directory, name="directory"),
    path("people/directory/<int:draft_id>/", directory.directory_draft, name="directory_draft"),
    path("people/directory/<int:draft_id>/take-over/", directory.take_directory_over, name="take_directory_over"),
    path("people/teams/", places.team_tree, name="team_tree"),
    path("people/teams/<int:team_id>/", places.edit_team, name="edit_team"),
    path("people/queues/", places.queues, name="queues"),
    path("people/log-ins/", places.log_ins, name="log_ins"),
    path("people/log-ins/<int:user_id>/roles/", places.grant, name="grant"),
    path("people/log-ins/roles/<int:grant_id>/end/", places.end_grant, name="end_grant"),
]
