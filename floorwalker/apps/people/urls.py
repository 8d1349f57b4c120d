"""At which addresses do the people pages lie?"""

from django.urls import path

from floorwalker.apps.people import views

urlpatterns = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("theme/", views.choose_theme, name="theme"),
]
