"""The suite: fast hashing, mail in memory, no manifest; else as in production."""

from academy.settings.base import *  # noqa: F403 -- Django's way of layering settings
from academy.settings.base import VAR_DIR

SECRET_KEY = "only-for-the-test-suite-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SIGN_IN_HTTP_HOSTS = ["127.0.0.1", "localhost"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = VAR_DIR / "test-media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Limits have tests of their own.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = RATE_LIMITS = False
# Looked up when asked for: nobody runs collectstatic for the suite.
WHITENOISE_AUTOREFRESH = True
