"""Who signs in, and how."""

from datetime import timedelta
from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

from academy.settings.env import env_bool, env_days, env_int, env_str
from academy.settings.site import SITE_NAME

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "academy.people.domain.passwords.PaddedPasswordValidator"},
    {"NAME": "academy.people.domain.passwords.ContextWordValidator"},
    {"NAME": "academy.people.domain.passwords.BreachedPasswordValidator"},
]
# The list of Have I Been Pwned, sorted by hash: Django's own list has 190 passwords of 12 characters or more.
BREACHED_PASSWORDS_FILE = env_str("BREACHED_PASSWORDS_FILE", "-").strip("-")
# Who may use the views that other packages bring; ours say it themselves. See academy/lib/access.py.
ACCESS_TABLE = "academy.access.TABLE"
# What personal data the models of other packages hold; ours say it themselves. See academy/lib/privacy.py.
PRIVACY_TABLE = "academy.privacy.TABLE"
# Periods that differ from those in academy/people/domain/retention.py, in days by name.
RETENTION_DAYS = env_days("RETENTION_DAYS")
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
# Whether somebody has said so: a deployment must.
TRUSTED_PROXY_COUNT_IS_SET = False

# A second factor, and what it is kept by ---------------------------------------------------------
# Whoever may do more than learn has one. Development alone goes without.
MFA_REQUIRED_FOR_STAFF = True
MFA_ADAPTER = "academy.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
# A code counts half a minute longer and may come half a minute early, for slow hands and wrong clocks. Our form
# remembers it for as long, so that it counts once.
MFA_TOTP_TOLERANCE = 1
# Nobody is signed in before the address is confirmed; with False, whoever has a second factor could never move
# to another address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "academy.people.factor_forms.CodeForm",
    "reauthenticate": "academy.people.factor_forms.CodeAgainForm",
    "activate_totp": "academy.people.factor_forms.AppForm",
    "authenticate_webauthn": "academy.people.factor_forms.PasskeyStepForm",
    "login_webauthn": "academy.people.factor_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "academy.people.factor_forms.PasskeyAgainForm",
    "add_webauthn": "academy.people.factor_forms.PasskeyForm",
    "edit_webauthn": "academy.people.factor_forms.PasskeyNameForm",
}

# Sessions ----------------------------------------------------------------------------------------
# How long a session lasts without being used, and in all: NIST SP 800-63B names one hour and a day for those who
# can do harm, thirty days for others.
SESSION_IDLE = timedelta(days=14)
SESSION_AGE = timedelta(days=30)
STAFF_SESSION_IDLE = timedelta(minutes=env_int("STAFF_SESSION_IDLE_MINUTES", default=60, least=5))
STAFF_SESSION_AGE = timedelta(hours=12)
# Use is noted in the session this often, not at every click.
SESSION_NOTED_EVERY = timedelta(minutes=2)
# Between two checks that it is really you, in seconds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "academy.people.domain.tokens.ResetTokens"  # noqa: S105 -- a class
# A link in a mail lies around: Django's default is three days.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# Our own limits, by academy.lib.limits; allauth has its own.
RATE_LIMITS = True
# A class behind one address signs in at the same minute; a machine that tries is stopped all the same.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"sign_in_with": "120/m/ip"}

# Signing in with a provider -----------------------------------------------------------------------
# An account is known by issuer and subject: never by an e-mail address.
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
