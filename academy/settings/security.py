"""What browsers may do with our pages and cookies."""

from csp.constants import NONCE, NONE, SELF, UNSAFE_HASHES, UNSAFE_INLINE

from academy.settings.env import env_list, env_str

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script of ours or of the CMS reads the cookie
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "academy.home.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own.
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which asks for DENY, and would break those previews
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}
# The CMS has a policy of its own, because Wagtail's choosers, dates and inline panels start by inline scripts
# that have no nonce, and its rich text makes style elements. What they do not need is refused: scripts and styles
# in attributes, eval, other hosts, plug-ins.
CMS_PREFIX = "/cms/"
CMS_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    # "return;": how the cropping of pictures asks a browser whether it has a touch screen. Nothing else.
    "script-src-attr": [UNSAFE_HASHES, "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
    "style-src": [SELF, UNSAFE_INLINE],
    # The one attribute that a page of theirs has: a padding above the form of an untranslated alias.
    "style-src-attr": [UNSAFE_HASHES, "'sha256-lV8Fp8Lv5uCAGuMmJenBsrrffN7ZvxS3aDIhPUg2Nd0='"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "media-src": [SELF],
    "frame-src": [SELF],  # previews
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}
# What no page of ours asks a browser for.
PERMISSIONS_POLICY = [
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
]

# Requests that leave the site go by academy/lib/egress.py. Without a list, any host of the public network.
EGRESS_ALLOWED_HOSTS = env_list("EGRESS_ALLOWED_HOSTS") or None
# Hosts of our own network that may be asked all the same, as host:port: an identity provider, for example.
EGRESS_PRIVATE_HOSTS = env_list("EGRESS_PRIVATE_HOSTS")
# The certificates of our own network; without it those that everybody trusts.
EGRESS_CA_FILE = env_str("EGRESS_CA_FILE", "-").strip("-")
