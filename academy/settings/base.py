"""Settings of every installation. Safe for production as they stand; dev and test loosen what they must."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from academy.settings.accounts import *  # noqa: F403 -- a part of these settings
from academy.settings.cms import *  # noqa: F403 -- the same
from academy.settings.env import env_database, env_int, env_str
from academy.settings.logs import *  # noqa: F403 -- the same
from academy.settings.logs import log_config
from academy.settings.security import *  # noqa: F403 -- the same
from academy.settings.site import SITE_NAME  # noqa: F401 -- the same

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "academy.home",
    "academy.exchange",
    "academy.operations",
    "courses",
    "assessments",
    "playbook",
    "academy.records",
    "academy.framework",
    "academy.pages",
    "academy.people",
    "academy.jobs",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "academy.people.apps.UsersConfig",  # wagtail.users with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *SAML_APPS,
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Before anything that could fail or redirect: see academy/operations/middleware.py.
    "academy.operations.middleware.HealthMiddleware",
    "academy.operations.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "academy.lib.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages in a quarter of their size, also where no proxy compresses them; Django pads against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "academy.lib.middleware.PolicyMiddleware",
    "academy.lib.middleware.SoundRequestMiddleware",
    "academy.people.middleware.OriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "academy.home.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "academy.people.middleware.SessionAgeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "academy.home.middleware.RememberLanguageMiddleware",
    "academy.people.middleware.PreferencesMiddleware",
    "academy.people.middleware.PrivateMiddleware",
    "academy.home.middleware.NotYoursMiddleware",
    "academy.people.middleware.AccessMiddleware",
    "academy.people.middleware.SecondFactorMiddleware",
    "academy.home.middleware.BusyMiddleware",
]

ROOT_URLCONF = "academy.urls"
WSGI_APPLICATION = "academy.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A kind of question keeps its fields in its own folder.
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "assessments" / "item_types"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "academy.pages.context_processors.site",
            ],
        },
    }
]

DATABASES = {"default": env_database(default_path=VAR_DIR / "academy.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Work that a request does not wait for -----------------------------------------------------------
TASKS = {
    # Wagtail's own, in the request that saves a page: search and the references that guard records are never behind.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    # Ours, for `manage.py run_worker`.
    "background": {"BACKEND": "academy.jobs.domain.tasks.BackgroundBackend"},
}

# Languages ---------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("id", _("Indonesian")),
]
LOCALE_PATHS = [BASE_DIR / "academy" / "locale"]
# Django's English dates are American; ours are British.
FORMAT_MODULE_PATH = ["academy.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Both are handed out by views alone: no web server may show either folder (docs/decisions/0015).
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"  # renditions of pictures: they can be made again
PRIVATE_ROOT = VAR_DIR / "private"  # what was uploaded
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "academy.lib.storage.PrivateStorage", "OPTIONS": {"location": str(PRIVATE_ROOT)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A 1 MB answer is refused by the form with a sentence, not by Django with a bare 400.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# A database that was restored from a backup mails nobody until an operator says so.
EMAIL_BACKEND = "academy.operations.domain.mail.HoldingEmailBackend"
MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str("FROM_EMAIL", "academy@localhost")
# Where readers write when something stands in their way.
CONTACT_EMAIL = env_str("CONTACT_EMAIL", DEFAULT_FROM_EMAIL)

LOGGING = log_config(env_str("LOG_FORMAT", "json"))

# Operations --------------------------------------------------------------------------------------
# A machine with less room than this gets no requests: a full disk loses what people send.
HEALTH_MIN_FREE_MB = env_int("HEALTH_MIN_FREE_MB", default=200)
# The settings that name the folders which a backup holds beside the database.
BACKUP_FOLDERS = ["PRIVATE_ROOT", "MEDIA_ROOT"]
