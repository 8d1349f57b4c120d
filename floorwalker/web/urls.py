"""Which address leads to which page? Contexts are included here and nowhere else."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from floorwalker.ui.views import not_here
from floorwalker.web.api import api
from floorwalker.web.describing import api_page, openapi

urlpatterns = [
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/password/", account.password_change, name="account_change_password"),
    # Names that allauth's pages look up; nobody signs up or resets a password by mail here.
    path("account/signup/", not_here, name="account_signup"),
    path("account/reset/", not_here, name="account_reset_password"),
    path("api/", api_page, name="api_page"),
    path("api/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("", include("floorwalker.apps.people.urls")),
    path("", include("floorwalker.apps.notices.urls")),
    path("", include("floorwalker.apps.intake.urls")),
    path("", include("floorwalker.apps.standards.urls")),
    path("", include("floorwalker.apps.dashboards.urls")),
]
