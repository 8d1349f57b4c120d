"""At which addresses lie targets, and the causes by which it is said why something was missed?"""

from django.urls import path

from floorwalker.apps.standards.views import causes, targets

urlpatterns = [
    path("targets/", targets.targets, name="targets"),
    path("targets/<int:target_id>/end/", targets.end_measure_target, name="end_measure_target"),
    path("causes/", causes.causes, name="causes"),
    path("causes/<int:cause_id>/", causes.cause, name="cause"),
]
