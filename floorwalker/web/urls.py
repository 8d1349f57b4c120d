"""Which address leads to which page? Contexts are included here and nowhere else."""

from __future__ import annotations

from django.urls import include, path

from floorwalker.ui.views import security_txt
from floorwalker.web.api import api
from floorwalker.web.describing import api_page, openapi

urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("account/", include("floorwalker.web.coming_in")),
    path("api/", api_page, name="api_page"),
    path("api/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("", include("floorwalker.apps.people.urls")),
    path("", include("floorwalker.apps.notices.urls")),
    path("", include("floorwalker.apps.intake.urls")),
    path("", include("floorwalker.apps.recordings.urls")),
    path("", include("floorwalker.apps.standards.urls")),
    path("", include("floorwalker.apps.evaluations.urls")),
    path("", include("floorwalker.apps.surveys.urls")),
    path("", include("floorwalker.apps.coaching.urls")),
    path("", include("floorwalker.apps.improvement.urls")),
    path("", include("floorwalker.apps.huddles.urls")),
    path("", include("floorwalker.apps.dashboards.urls")),
]
