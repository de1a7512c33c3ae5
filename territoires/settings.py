"""All the settings, read from the environment (`.env.example` names each one).

Safe by default: without a variable the site runs as in production. `DEMO=1`, set by
`make demo` and by the tests, is the only mode that does without a secret key and
without a database server: PostgreSQL then comes from a wheel, in `var/`.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from territoires import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

# What this process is
DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY", "demonstration-only" * 3 if DEMO else None)
SECRET_KEY_FALLBACKS = env.listing("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "territoires.urls"
WSGI_APPLICATION = "territoires.wsgi.application"
ASGI_APPLICATION = "territoires.asgi.application"

INSTALLED_APPS = [
    "procrastinate.contrib.django",  # first: our admin takes its pages away
    "territoires",
    "members",
    "news",
    "directory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_prose_editor",
    "taggit",
    "whitenoise.runserver_nostatic",
    "territoires.admin_config.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "territoires.middleware.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # static files are compressed once
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.second_factor.withhold_rights",
    "allauth.account.middleware.AccountMiddleware",
    "directory.history.traces.WhoWrites",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "territoires.middleware.keep_nul_out_of_admin",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directory.context_processors.network",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: DATABASE_URL, else the embedded PostgreSQL of `territoires/postgres.py`
if DATABASE_URL := env.text("DATABASE_URL", ""):
    DATABASE: dict[str, Any] = {**dj_database_url.parse(DATABASE_URL)}
else:
    from territoires import postgres

    DATABASE = postgres.database_settings(VAR_DIR)
DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASE["CONN_MAX_AGE"] = env.integer("CONN_MAX_AGE", 60)
# A pooler that gives each transaction another connection may lose what is prepared
if env.flag("PREPARED_STATEMENTS", default=True):
    DATABASE.setdefault("OPTIONS", {}).setdefault("prepare_threshold", 5)
DATABASES = {"default": DATABASE}
STATEMENT_TIMEOUT_MS = env.integer("STATEMENT_TIMEOUT_MS", 15_000)  # of web pages
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What limits count with, one for all the processes; no page of visitors reads it
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "territoires_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # nobody drives the counters of others out
    }
}

# People
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["members.backends.AccountBackend"]
LOGIN_URL = "members:login"
LOGIN_REDIRECT_URL = "members:after-login"
LOGOUT_REDIRECT_URL = "home"

# Signing in, by allauth: a code sent by e-mail, passkeys; no password (docs/adr/0012)
ACCOUNT_ADAPTER = "members.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that opens a session proves the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_METHODS = ("code", "mfa")
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/10m/ip,5/10m/key,30/d/key",  # key: the address
    "try_code": f"{ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS}/10m/key",  # key: one code
    "login_failed": "20/10m/ip,5/5m/key",  # of the second factor
    "reauthenticate": "20/10m/user",
    "keep_form": "30/h/ip",  # typed in a page whose session had ended
    "ask_alert": "10/h/ip",  # tries, whatever comes of them
    "manage_email": "5/h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.flag("BEHIND_PROXY"))  # whose word on addresses
MFA_ADAPTER = "members.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones drift
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost, whatever its port
MFA_RECOVERY_CODES_SHOW_ONCE = True

# The history is told who is signed in by the requests that may write (docs/adr/0016)
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Language and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # The contours of regions are data, which browsers draw (directory.contours).
    ("maps", BASE_DIR / "directory" / "data" / "maps"),
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
# What was sent with a proposal, and is not published: no address leads there
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "territoires.storage.SiteStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Mail
MAILER = "console" if DEMO else "smtp"
EMAIL_BACKEND = env.text(
    "EMAIL_BACKEND", f"django.core.mail.backends.{MAILER}.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = env.integer("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "annuaire@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_RETENTION_DAYS = env.integer("MAIL_RETENTION_DAYS", 30)

# Jobs: `manage.py procrastinate worker` runs them (members/mails/post.py)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["members.mails.post"]
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 2,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": EMAIL_TIMEOUT,
}

# Logs: to the standard error, where gunicorn and systemd expect them
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_tokens": {"()": "territoires.logs.HideTokens"}},
    "formatters": {
        "server": {
            "()": "django.utils.log.ServerFormatter",
            "format": "[{server_time}] {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["hide_tokens"]},
        "server": {
            "class": "logging.StreamHandler",
            "filters": ["hide_tokens"],
            "formatter": "server",
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["server"], "level": "INFO", "propagate": False},
    },
}

# Transport: HTTPS everywhere but in the demonstration
HTTPS = env.flag("HTTPS", default=not DEMO and not DEBUG)
# Where people find the site, as mails say it
PUBLIC_HOST = "127.0.0.1:8000" if DEMO else (*ALLOWED_HOSTS, "localhost")[0]
SITE_URL = env.text(
    "SITE_URL", f"http{'s' if HTTPS else ''}://{PUBLIC_HOST.lstrip('.*')}"
).rstrip("/")
SITE_DOMAIN = urlsplit(SITE_URL).hostname or "localhost"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
)
SECURE_HSTS_SECONDS = env.integer("SECURE_HSTS_SECONDS", 31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # subdomains of the owner: their choice, by the environment
    "security.W021",  # the same for the preload list of browsers
]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# What a page may load, the admin's included: files of this site, and nothing inline
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
# What no page of the site asks of the visitor's machine
PERMISSIONS_POLICY = (
    "camera",
    "display-capture",
    "geolocation",
    "microphone",
    "payment",
    "usb",
)

# Keywords: lists of them are read and written our way; addresses have no accent
TAGGIT_TAGS_FROM_STRING = "news.keywords.parse"
TAGGIT_STRING_FROM_TAGS = "news.keywords.written"
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True
ABSOLUTE_URL_OVERRIDES = {"taggit.tag": lambda tag: f"/mots-cles/{tag.slug}/"}
