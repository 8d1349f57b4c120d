"""At which addresses do recordings lie?"""

from django.urls import path

from floorwalker.apps.recordings import views

urlpatterns = [
    path("recordings/", views.recordings, name="recordings"),
    path("recordings/unmatched/", views.unmatched_recordings, name="unmatched_recordings"),
    path("recordings/<int:recording_id>/", views.recording, name="recording"),
    path("recordings/<int:recording_id>/file/", views.recording_file, name="recording_file"),
    path("recordings/<int:recording_id>/marks/", views.mark_recording, name="mark_recording"),
    path("recordings/<int:recording_id>/marks/<int:mark_id>/", views.recording_mark, name="recording_mark"),
    path("recordings/<int:recording_id>/marks/<int:mark_id>/remove/", views.unmark_recording, name="unmark_recording"),
]
