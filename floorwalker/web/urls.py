"""Which address leads to which page? Contexts are included here and nowhere else."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("floorwalker.web.coming_in")),
    path("", include("floorwalker.apps.people.urls")),
    path("", include("floorwalker.apps.notices.urls")),
    path("", include("floorwalker.apps.intake.urls")),
    path("", include("floorwalker.apps.dashboards.urls")),
]
