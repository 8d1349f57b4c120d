"""At which addresses lie a team's meetings, hand-overs and climate, people's thanks, and what works?"""

from django.urls import path

from floorwalker.apps.huddles.views import holding, meetings

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
]
