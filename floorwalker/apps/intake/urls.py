"""At which addresses do the pages on what came in lie?"""

from django.urls import path

from floorwalker.apps.intake import views

urlpatterns = [
    path("data/", views.loads, name="loads"),
    path("data/loads/<str:load_id>/", views.load, name="load"),
    path("data/loads/<str:load_id>/again/", views.read_again, name="read_again"),
    path("data/rejects/", views.rejects, name="rejects"),
    path("data/rejects/rows.csv", views.rejects_csv, name="rejects_csv"),
]
