"""Who signs in, and how."""

from academy.settings.env import env_days
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
