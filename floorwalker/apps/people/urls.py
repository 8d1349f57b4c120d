"""At which addresses do the people pages lie?"""

from django.urls import path

from floorwalker.apps.people.views import account, coming_in, directory, keys, log_ins, names, places, roll, watching

urlpatterns = [
    path("invitation/<str:token>/", coming_in.invitation, name="invitation"),
    path("theme/", coming_in.choose_theme, name="theme"),
    path("language/", coming_in.choose_language, name="language"),
    path("keyboard/", keys.keyboard, name="keyboard"),
    path("account/", account.account, name="account"),
    path("account/sessions/others/end/", account.end_others, name="end_other_sessions"),
    path("account/sessions/<int:session_id>/end/", account.end_session, name="end_session"),
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
    path("people/second-factors/", log_ins.second_factors, name="second_factors"),
    path("people/log-ins/<int:user_id>/sessions/end/", log_ins.end_sessions_of, name="end_sessions_of"),
    path("people/log-ins/<int:user_id>/second-factor/", log_ins.reset_second_factor_of, name="reset_second_factor_of"),
    path("people/log-ins/<int:user_id>/close/", log_ins.close_log_in_of, name="close_log_in_of"),
    path("people/log-ins/<int:user_id>/open/", log_ins.open_log_in_of, name="open_log_in_of"),
    path("people/log-ins/<int:user_id>/invitation/", log_ins.invite_again, name="invite_again"),
    path("people/log-ins/<int:user_id>/roles/", places.grant, name="grant"),
    path("people/log-ins/roles/<int:grant_id>/end/", places.end_grant, name="end_grant"),
]
