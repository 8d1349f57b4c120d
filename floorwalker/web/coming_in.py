"""At which addresses does allauth answer? Its views one by one, so that none is open that this product does not mean."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from floorwalker.apps.people import provider
from floorwalker.ui.views import not_here

to_log_in = RedirectView.as_view(pattern_name="account_login")
to_account = RedirectView.as_view(pattern_name="account")

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    # Names that allauth's pages look up; nobody signs up or resets a password by mail here.
    path("signup/", not_here, name="account_signup"),
    path("reset/", not_here, name="account_reset_password"),
    # Single sign-on, where the settings name a provider.
    path("sign-on/login/", provider.sign_on, {"provider_id": provider.PROVIDER}, name="openid_connect_login"),
    path("sign-on/back/", provider.come_back, {"provider_id": provider.PROVIDER}, name="openid_connect_callback"),
    path("sign-on/cancelled/", login_not_required(to_log_in), name="socialaccount_login_cancelled"),
    # The second factor. What there is of it is shown on the page My account.
    path("second-factor/", to_account, name="mfa_index"),
    path("second-factor/step/", factors.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", app.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", to_account, name="mfa_list_webauthn"),
    path("passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/login/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
