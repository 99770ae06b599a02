"""A server that others can reach. Every value without a safe default must come from the environment."""

from academy.settings.base import *  # noqa: F403 -- Django's way of layering settings
from academy.settings.env import env_int, env_list, env_secret, env_str

SECRET_KEY = env_secret("SECRET_KEY")
# Old keys: what they signed and encrypted (second factors) is still read, and nothing new is made with them.
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
WAGTAILADMIN_BASE_URL = env_str("BASE_URL")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
# How many proxies of ours stand in front: an address before them in X-Forwarded-For is the client's own claim.
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", default=1)
TRUSTED_PROXY_COUNT_IS_SET = bool(env_str("TRUSTED_PROXY_COUNT", ""))
# Rate limits count in the cache: one shared by all processes, or each would have limits of its own.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "academy_cache",
    }
}
EMAIL_HOST = env_str("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "-").strip("-")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD", "-").strip("-")
