"""Which address leads to which page? Contexts are included here and nowhere else."""

from __future__ import annotations

from django.urls import include, path

from floorwalker.ui.views import security_txt

urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("account/", include("floorwalker.web.coming_in")),
    path("", include("floorwalker.apps.people.urls")),
    path("", include("floorwalker.apps.notices.urls")),
    path("", include("floorwalker.apps.intake.urls")),
    path("", include("floorwalker.apps.dashboards.urls")),
]
