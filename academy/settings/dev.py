"""`make run`: one machine, no TLS, mail on the terminal."""

from academy.settings.base import *  # noqa: F403 -- Django's way of layering settings
from academy.settings.env import env_bool, env_list

DEBUG = True
SECRET_KEY = "only-for-development-and-refused-in-production-" + "x" * 20
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SIGN_IN_HTTP_HOSTS = ["127.0.0.1", "localhost"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Manifest names need a collectstatic of a minute or two: not for a first run.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The demo is open to whoever knows its password: a second factor would keep out those who only look.
MFA_REQUIRED_FOR_STAFF = env_bool("MFA_REQUIRED_FOR_STAFF", default=False)
