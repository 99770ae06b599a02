"""`make run`: one machine, no TLS, mail on the terminal."""

from academy.settings.base import *  # noqa: F403 -- Django's way of layering settings
from academy.settings.env import env_list

DEBUG = True
SECRET_KEY = "only-for-development-and-refused-in-production-" + "x" * 20
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Manifest names need a collectstatic of a minute or two: not for a first run.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
