"""At which addresses lie a team's meetings, goals, hand-overs and climate, people's thanks, and what works?"""

from django.urls import path

from floorwalker.apps.huddles.views import goals, holding, meetings, practices, sharing

urlpatterns = [
    path("huddles/", meetings.huddles, name="huddles"),
    path("teams/<int:team_id>/huddles/", meetings.team_huddles, name="team_huddles"),
    path("huddles/<int:meeting_id>/", meetings.huddle, name="huddle"),
    path("huddles/<int:meeting_id>/show/", meetings.show_huddle, name="show_huddle"),
    path("huddles/<int:meeting_id>/brief.pdf", meetings.huddle_file, name="huddle_file"),
    path("huddles/<int:meeting_id>/brief/", holding.edit_brief, name="edit_brief"),
    path("huddles/<int:meeting_id>/begin/", holding.begin_huddle, name="begin_huddle"),
    path("huddles/<int:meeting_id>/end/", holding.end_huddle, name="end_huddle"),
    path("huddles/<int:meeting_id>/attendance/", holding.note_attendance, name="note_attendance"),
    path("huddles/<int:meeting_id>/ask/", holding.ask_in_huddle, name="ask_in_huddle"),
    path("huddles/questions/<int:question_id>/", holding.answer_in_huddle, name="answer_in_huddle"),
    path("huddles/<int:meeting_id>/actions/", holding.agree_in_huddle, name="agree_in_huddle"),
    path("huddles/actions/<int:action_id>/", holding.huddle_action, name="huddle_action"),
    path("teams/<int:team_id>/goals/", goals.team_goals, name="team_goals"),
    path("teams/<int:team_id>/goals/new/", goals.new_team_goal, name="new_team_goal"),
    path("huddles/goals/<int:goal_id>/", goals.team_goal, name="team_goal"),
    path("huddles/goals/<int:goal_id>/end/", goals.end_team_goal, name="end_team_goal"),
    path("teams/<int:team_id>/hand-over/", sharing.hand_over, name="hand_over"),
    path("hand-overs/<int:note_id>/", sharing.read_note, name="read_note"),
    path("teams/<int:team_id>/climate/", sharing.climate, name="climate"),
    path("climate/<int:pulse_id>/", sharing.answer_pulse, name="answer_pulse"),
    path("teams/<int:team_id>/thanks/", sharing.team_thanks, name="team_thanks"),
    path("thanks/", sharing.own_thanks, name="own_thanks"),
    path("thanks/new/", sharing.give_thanks, name="give_thanks"),
    path("thanks/<int:thanks_id>/share/", sharing.share_thanks, name="share_thanks"),
    path("thanks/<int:thanks_id>/check/", sharing.check_thanks, name="check_thanks"),
    path("thanks/from/<int:feedback_id>/", sharing.pass_on_praise, name="pass_on_praise"),
    path("practices/", practices.practices, name="practices"),
    path("practices/new/", practices.propose_practice, name="propose_practice"),
    path("practices/<int:practice_id>/", practices.practice, name="practice"),
    path("practices/<int:practice_id>/settle/", practices.settle_practice, name="settle_practice"),
]
