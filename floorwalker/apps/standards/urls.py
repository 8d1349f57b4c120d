"""At which addresses do the targets lie?"""

from django.urls import path

from floorwalker.apps.standards import views

urlpatterns = [
    path("targets/", views.targets, name="targets"),
    path("targets/<int:target_id>/end/", views.end_measure_target, name="end_measure_target"),
]
