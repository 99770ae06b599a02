"""Who signs in, and how."""

from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

from academy.settings.env import env_bool
from academy.settings.site import SITE_NAME

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Who may use the views that other packages bring; ours say it themselves. See academy/lib/access.py.
ACCESS_TABLE = "academy.access.TABLE"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
ACCOUNT_FORMS = {
    "login": "academy.people.forms.SignInForm",
    "signup": "academy.people.forms.SignupForm",
    "add_email": "academy.people.forms.ChangeEmailForm",
    "change_password": "academy.people.forms.ChangePasswordForm",
    "set_password": "academy.people.forms.SetPasswordForm",
    "reset_password": "academy.people.forms.ResetPasswordForm",
    "reset_password_from_key": "academy.people.forms.NewPasswordForm",
    "reauthenticate": "academy.people.forms.ReauthenticateForm",
}
ACCOUNT_ADAPTER = "academy.people.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
# One address a person: the new one takes over when it is confirmed, and until then the old one stays.
ACCOUNT_CHANGE_EMAIL = True
# Who signed up in this browser goes on where they were; a link opened elsewhere only confirms.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# A session left open is not enough to take an account over.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A sign-out or a confirmation by GET would let any page's image do it.
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = 0

# A class behind one address signs in at the same minute; a machine that tries is stopped all the same.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"sign_in_with": "120/m/ip"}

# Signing in with a provider. An account is known by issuer and subject: never by an e-mail address.
SOCIALACCOUNT_ADAPTER = "academy.people.social.adapter.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"signup": "academy.people.forms.providers.ProviderSignupForm"}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_LOGIN_ON_GET = False
# We ask a provider who somebody is, and nothing later in their name.
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "academy.people.social.openid.OpenIDProvider"},
    "saml": {"provider_class": "academy.people.social.saml.OurSAMLProvider"},
}
# Hosts that may be asked without TLS: none, but for development and tests on one machine.
SIGN_IN_HTTP_HOSTS: list[str] = []
# SAML is an extra: `pip install .[saml]`.
SAML_IS_INSTALLED = find_spec("onelogin") is not None
SAML_ENABLED = env_bool("SAML", default=SAML_IS_INSTALLED)
if SAML_ENABLED and not SAML_IS_INSTALLED:
    raise ImproperlyConfigured("SAML is on, but its library is missing: pip install .[saml], or set SAML to false.")
SAML_APPS = ["allauth.socialaccount.providers.saml"] if SAML_ENABLED else []
