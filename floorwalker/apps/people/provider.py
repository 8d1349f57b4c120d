"""Is what the provider says of somebody true? Its token is signed, for us, of now, and answers this very question.

allauth follows the exchange; what it leaves to be decided is decided strictly here: the signature is always verified, the
nonce is bound to the proof key of the exchange (PKCE), and nothing that the provider tells is kept but who it is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import jwt
import requests
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from floorwalker.sign_on import SignOn

PROVIDER = "sign-on"
# Signatures by a key that the provider alone holds; a shared secret, or none, is no signature.
SIGNED_BY = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})


def named_provider() -> SignOn:
    """The provider of the settings; who has none never comes here."""
    assert isinstance(settings.SIGN_ON, SignOn)
    return settings.SIGN_ON


def nonce_of(code_verifier: str) -> str:
    """What the token must repeat: only the browser's own session knows the verifier that it is made of."""
    digest = hashlib.sha256(b"nonce:" + code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The exchange of a code for a token, with every check made."""

    code_verifier = ""

    def get_provider(self) -> StrictProvider:
        """The provider, with our own rules."""
        return StrictProvider(self.request, app=super().get_provider().app)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must be who it was asked to be."""
        found: dict[str, Any] = super().openid_config
        if found.get("issuer") != named_provider().issuer:
            raise OAuth2Error("the provider names another issuer")
        return found

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Remember with which proof the code was asked for."""
        self.code_verifier = pkce_code_verifier or ""
        found: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **given: Any) -> Any:
        """Who it is, from the token that says so; without one nobody."""
        if not given["response"].get("id_token"):
            raise OAuth2Error("the provider sent no id_token")
        return super().complete_login(request, app, token, **given)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(id_token)["alg"] not in SIGNED_BY:
                raise OAuth2Error("the id_token is not signed by a key of the provider")
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=named_provider().issuer,
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, ValueError, jwt.PyJWTError) as error:
            raise OAuth2Error("the id_token cannot be read") from error
        if not {"exp", "iat", "sub"} <= claims.keys():
            raise OAuth2Error("the id_token says too little")
        if not self.code_verifier or not hmac.compare_digest(
            str(claims.get("nonce", "")), nonce_of(self.code_verifier)
        ):
            raise OAuth2Error("the id_token answers another question")
        self.request.sign_on_claims = claims
        return claims


class StrictProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider of the settings: to log in, and for nothing else."""

    oauth2_adapter_class = StrictAdapter

    def get_pkce_params(self) -> dict[str, str]:
        """The proof key, and the nonce that is made of it."""
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to go afterwards is the reader's to say; what is asked of the provider is not."""
        found: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        return {**found, "process": "login", "scope": self.get_scope(), "auth_params": self.get_auth_params()}

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Nothing is kept of what the provider tells."""
        return {}

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        """Names and addresses are entered here, by people."""
        return {}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        """An address is no way in."""
        return []


@login_not_required
def sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the provider, with a code."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if settings.SIGN_ON is None or provider_id != PROVIDER:
        raise Http404
    adapter = StrictAdapter(request, provider_id)
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except (OAuth2Error, requests.RequestException) as error:
        # allauth answers for the way back; on the way there the provider may be away, or another.
        answer = render_authentication_error(request, adapter.get_provider(), exception=error)
    return answer
