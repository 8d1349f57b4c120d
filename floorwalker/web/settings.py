"""How is Django set up for this installation? Everything that may differ comes from Config."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from floorwalker.config import Config
from floorwalker.sign_on import read_sign_on
from floorwalker.web.database import database_settings
from floorwalker.web.files import mark_version
from floorwalker.web.secrets import hosts_from_environment, provider_apps, read_or_make_secret

FLOORWALKER = Config.from_environment()
SIGN_ON = read_sign_on(FLOORWALKER.home, os.environ)
PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = False
# Lazy, so that reading the settings makes no folder: the first use makes the key.
SECRET_KEY: Any = SimpleLazyObject(lambda: read_or_make_secret(FLOORWALKER.keys))
ALLOWED_HOSTS = hosts_from_environment(os.environ)
ROOT_URLCONF = "floorwalker.web.urls"
ASGI_APPLICATION = "floorwalker.web.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "floorwalker.ui",
    "floorwalker.apps.people",
    "floorwalker.apps.notices",
    "floorwalker.apps.intake",
    "floorwalker.apps.recordings",
    "floorwalker.apps.standards",
    "floorwalker.apps.evaluations",
    "floorwalker.apps.surveys",
    "floorwalker.apps.coaching",
    "floorwalker.apps.improvement",
    "floorwalker.apps.huddles",
    "floorwalker.apps.dashboards",
    "floorwalker.jobs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before the files as well; its answers have a random length and forms a masked token (docs/decisions/0011).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # Before anything asks the database: what stands above reads cookies alone.
    "floorwalker.web.pooling.OneConnection",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Programs come in by a token, in its owner's place; no session opens the API.
    "floorwalker.apps.notices.door.ApiDoor",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "floorwalker.apps.people.gates.Gates",
    "floorwalker.ui.middleware.ErrorsInWords",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "floorwalker.ui.context.appearance",
                "floorwalker.apps.people.navigation.navigation",
                "floorwalker.apps.notices.frame.unread",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "floorwalker.ui.templatetags.floor"],
        },
    }
]

DATABASES = {"default": database_settings(FLOORWALKER)}
ATOMIC_REQUESTS = False

# Log-in, log-out and change of password; accounts are made by an administrator.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("username",)}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
ACCOUNT_ADAPTER = "floorwalker.apps.people.accounts.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# The second factor: an app's code or a passkey, recovery codes for when it is lost. A code of the half minute before counts too.
MFA_ADAPTER = "floorwalker.apps.people.factor_secrets.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"authenticate": "floorwalker.apps.people.accounts.CountedCode"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Floorwalker"
MFA_TOTP_TOLERANCE = 1

# Single sign-on: one provider of OpenID Connect, named in floorwalker.toml; what it may do is decided in people/signing_on.py.
SOCIALACCOUNT_ADAPTER = "floorwalker.apps.people.signing_on.KnownPeopleOnly"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form could not lead to another host under our policy
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": provider_apps(SIGN_ON)}}

# What counts tries and remembers spent codes must be one for all workers: a table of the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "floorwalker_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Sessions: one shift from the log-in, counted by people/sessions.py, which also ends those that nobody uses.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
if FLOORWALKER.proxy_header:
    # Behind a proxy with TLS, which says so by a header that it sets itself, and adds its reader's address to X-Forwarded-For.
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + FLOORWALKER.proxy_header.upper().replace("-", "_"), "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# Other names of the same domain, and the lists of browsers, are not this product's to promise anything for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# An evaluation by the longest form (insight/questionnaire.py: 300 questions of four fields each) is sent as a whole.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1500
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ADD_HEADERS_FUNCTION = mark_version

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = "en-gb"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
# Each by its own name, as those who read it look for it.
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [PACKAGE / "ui" / "locale"]
FORMAT_MODULE_PATH = ["floorwalker.ui.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
