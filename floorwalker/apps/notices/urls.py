"""At which addresses do the notices lie?"""

from django.urls import path

from floorwalker.apps.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:notice_id>/read/", views.read_notice, name="read_notice"),
]
