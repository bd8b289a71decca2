"""Settings, read once from the environment; every knob is listed in docs/reference/settings.md."""

import os
import re
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from entrecidades.config.federation import federation_of
from entrecidades.config.identity_providers import form_targets, library_settings

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[3]
HOME = Path(env.str("ENTRECIDADES_HOME", str(BASE_DIR / "var"))).absolute()
TESTING = "pytest" in sys.modules
DEBUG = env.bool("ENTRECIDADES_DEBUG", default=False)
PUBLIC_URL = env.str("ENTRECIDADES_URL", "http://127.0.0.1:8000")
SECURE = urlsplit(PUBLIC_URL).scheme == "https"


def secret_key() -> str:
    """The instance's secret: from the environment, or made once and kept in its home."""
    if given := str(env.str("ENTRECIDADES_SECRET_KEY", "")):
        return given
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list(
    "ENTRECIDADES_HOSTS", default=["127.0.0.1", "localhost", urlsplit(PUBLIC_URL).hostname or ""]
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# --- the database -----------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{HOME / 'entrecidades.sqlite3'}")}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-65536",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if not TESTING:
        DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the rooms --------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "entrecidades.audit",
    "entrecidades.queue",
    "entrecidades.accounts",
    "entrecidades.themes",
    "entrecidades.network",
    "entrecidades.documents",
    "entrecidades.practices",
    "entrecidades.cooperation",
    "entrecidades.agreements",
    "entrecidades.projects",
    "entrecidades.calls",
    "entrecidades.encounters",
    "entrecidades.matching",
    "entrecidades.exchange",
    "entrecidades.privacy",
    "entrecidades.members",
    "entrecidades.reporting",
    "entrecidades.handover",
    "entrecidades.web",
    "entrecidades.api",
    "entrecidades.mail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    # First those who write on every answer, also on one that another of them gives.
    "entrecidades.web.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "entrecidades.web.methods.FewMethods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "entrecidades.web.headers.Kept",
    "entrecidades.web.entrance.even_time.EvenTime",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "entrecidades.web.typed.NoZeros",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "entrecidades.web.entrance.sessions.SignInAge",
    "entrecidades.web.looking.Looking",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # closed unless a view opens itself
    "entrecidades.web.reading.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "entrecidades.web.limits.middleware.Limits",
    "entrecidades.web.entrance.proof.FreshProof",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "entrecidades.config.urls"
WSGI_APPLICATION = "entrecidades.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "entrecidades.web.context.every_page",
            ],
            "string_if_invalid": "<<missing %s>>" if TESTING else "",
        },
    },
]

# --- people -----------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:desk"
ACCOUNT_ADAPTER = "entrecidades.web.entrance.adapter.ByInvitation"
ACCOUNT_FORMS = {
    "login": "entrecidades.web.entrance.forms.PasswordLogin",
    "request_login_code": "entrecidades.web.entrance.forms.CodeRequest",
    "confirm_login_code": "entrecidades.web.entrance.forms.CodeConfirmation",
    "add_email": "entrecidades.web.entrance.forms.NewAddress",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An address is proven by a letter when it is first used or changed, not by a step of its own.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the library would put the host that a request names
ACCOUNT_CHANGE_EMAIL = True  # a person has one address; the old one holds until the new is proven
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Whether somebody has an account shows in no answer's time: those with a letter come in steps.
LETTER_SECONDS = 0 if TESTING else 0.25
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = None  # she says whether she stays logged in
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE = 14 * 24 * 3600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "entrecidades.web.entrance.links.NewPasswordLinks"  # noqa: S105 - a class
ACCOUNT_LOGOUT_REDIRECT_URL = "web:home"
# The house counts by its own table (accounts/limits.py): the library's counts are not exact
# between processes, and count a person wherever her address is tried from.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
LIMITED = env.bool("ENTRECIDADES_LIMITS", default=not TESTING)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "entrecidades.web.entrance.forms.AddPasskey"}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up alone, so nobody locks another's address
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Entrecidades"
MFA_TOTP_TOLERANCE = 1  # half a minute of a telephone's clock
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
IDENTITY_PROVIDERS = env.json("ENTRECIDADES_OIDC", default=[])
SOCIALACCOUNT_ADAPTER = "entrecidades.web.entrance.identity.joining.Joining"
FEDERATION = federation_of(env.json("ENTRECIDADES_FEDERATION", default={}))
SOCIALACCOUNT_PROVIDERS = library_settings(IDENTITY_PROVIDERS, FEDERATION)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

# --- languages and time -----------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("pt-br", _("Portuguese (Brazil)")),
    ("pt", _("Portuguese")),
    ("fr", _("French")),
    ("en", _("English")),
    ("it", _("Italian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [BASE_DIR / "src" / "entrecidades" / "locale"]
FORMAT_MODULE_PATH = "entrecidades.kernel.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# --- files ------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = HOME / "media"
FILE_UPLOAD_HANDLERS = ["entrecidades.web.uploads.Bounded"]
#: What one document, and what all documents of one body, may weigh.
DOCUMENT_BYTES = env.int("ENTRECIDADES_DOCUMENT_MEGABYTES", 20) << 20
# Certificates of roots and lists of revoked ones, by which signatures are looked at.
TRUST_ROOTS = Path(env.str("ENTRECIDADES_TRUST_ROOTS", str(HOME / "trust")))
# An authority that stamps the times of signatures made here; without an address, none is asked.
TSA_URL = env.str("ENTRECIDADES_TSA_URL", "")
DOCUMENT_ROOM = env.int("ENTRECIDADES_BODY_MEGABYTES", 2000) << 20
SNAPSHOT_ROOT = HOME / "snapshot"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING

CACHES = {
    "default": {
        # Drawn maps are kept in files, which all workers share; tests share nothing.
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTING
        else "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "cache"),
    }
}

# --- security ---------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *form_targets(IDENTITY_PROVIDERS)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
BEHIND_PROXY = env.bool("ENTRECIDADES_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- letters ----------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("ENTRECIDADES_MAIL_FROM", "entrecidades@localhost")
vars().update(env.email_url("ENTRECIDADES_MAIL_URL", f"filemail:///{HOME / 'mail'}"))
#: The mailbox for answers to letters (docs/howto/take-answers-by-mail.md); empty, there are none.
ANSWERS_AT = env.str("ENTRECIDADES_ANSWERS_AT", "")
if ANSWERS_AT and not re.fullmatch(r"[\w.-]{1,12}@[\w.-]+", ANSWERS_AT):
    told = (
        "ENTRECIDADES_ANSWERS_AT is a mailbox such as answers@example.org, of 12 letters at most."
    )
    raise ImproperlyConfigured(told)
# Seconds for each answer of the mail server: a letter's ten answers come within a job's lease.
EMAIL_TIMEOUT = 10

# --- history ----------------------------------------------------------------------
#: Mailboxes outside this instance that are told every day where the chain of history ends.
AUDIT_WITNESSES = env.list("ENTRECIDADES_AUDIT_WITNESSES", default=[])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "entrecidades.config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("ENTRECIDADES_LOG_LEVEL", "INFO")},
}
