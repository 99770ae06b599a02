"""Who may use the views of other packages, address by address. Our own views say it themselves.

Exact names, so that an address that an update brings is closed until somebody has thought about it. The one
wildcard is the CMS: opening it needs a permission, and inside each view asks for its own.
"""

from academy.lib.access import NOBODY, PUBLIC, SIGNED_IN, STAFF, Refusal, Table, rule
from academy.people.api import administers_site, sees_whole_history

# Wagtail shows in it whatever happened to things of a kind of which one may touch one: names of every country's.
WHOLE_HISTORY = rule("sees the whole history", sees_whole_history, refusal=Refusal.HIDE)

# Wagtail shows in these whatever there is, of every country, and has no place to say whose it may be.
SITE = rule("administers the site", administers_site, refusal=Refusal.HIDE)

TABLE = Table(
    names={
        # allauth
        "account_login": PUBLIC,
        "account_logout": PUBLIC,
        "account_signup": PUBLIC,
        "account_inactive": PUBLIC,
        "account_email_verification_sent": PUBLIC,
        "account_confirm_email": PUBLIC,
        "account_reset_password": PUBLIC,
        "account_reset_password_done": PUBLIC,
        "account_reset_password_from_key": PUBLIC,
        "account_reset_password_from_key_done": PUBLIC,
        "account_email": SIGNED_IN,
        "account_change_password": SIGNED_IN,
        "account_set_password": SIGNED_IN,
        "account_reauthenticate": SIGNED_IN,
        "account_confirm_login_code": NOBODY,  # we send no sign-in codes
        # Second factors: the first two are steps of signing in.
        "mfa_authenticate": PUBLIC,
        "mfa_login_webauthn": PUBLIC,
        "mfa_index": SIGNED_IN,
        "mfa_reauthenticate": SIGNED_IN,
        "mfa_activate_totp": SIGNED_IN,
        "mfa_deactivate_totp": SIGNED_IN,
        "mfa_view_recovery_codes": SIGNED_IN,
        "mfa_generate_recovery_codes": SIGNED_IN,
        "mfa_download_recovery_codes": SIGNED_IN,
        "mfa_list_webauthn": SIGNED_IN,
        "mfa_add_webauthn": SIGNED_IN,
        "mfa_edit_webauthn": SIGNED_IN,
        "mfa_remove_webauthn": SIGNED_IN,
        "mfa_reauthenticate_webauthn": SIGNED_IN,
        "socialaccount_connections": SIGNED_IN,
        "socialaccount_signup": PUBLIC,  # of use after a first sign-in with a provider alone
        "socialaccount_login_cancelled": PUBLIC,
        "socialaccount_login_error": NOBODY,  # we say at once what is wrong
        # Wagtail: pages ask for their own view restrictions.
        "wagtail_serve": PUBLIC,
        # A password that several people share says nothing of who came, and can be guessed without a limit.
        "wagtailcore_authenticate_with_password": NOBODY,
        "wagtaildocs_authenticate_with_password": NOBODY,
        "wagtailadmin_reports:site_history": WHOLE_HISTORY,
        "wagtailadmin_reports:site_history_results": WHOLE_HISTORY,
        # The page edited last of each type, whoever may see it.
        "wagtailadmin_reports:page_types_usage": SITE,
        "wagtailadmin_reports:page_types_usage_results": SITE,
        # Titles of whatever is being translated.
        "wagtail_localize:translations_report": SITE,
        "wagtail_localize:translations_report_results": SITE,
        # It lists, changes and deletes snippets without asking for a right.
        "wagtail_localize:snippets_api_listing": NOBODY,
        "wagtail_localize:snippets_api_detail": NOBODY,
        # Tags have no owner: it would complete those of everybody's images. They can be typed without it.
        "wagtailadmin_tag_autocomplete": SITE,
        "wagtailadmin_tag_model_autocomplete": SITE,
        "item_chooser:create": NOBODY,  # questions are written in their own place
        "wagtailadmin_error_test": NOBODY,  # raises an error on purpose
    },
    prefixes={
        "cms/": STAFF,
        # Groups are made from the table of rights: see people.domain.groups.
        "cms/groups/": NOBODY,
        # Who reviews what follows from grants: see people.domain.reviews. The lists name every country's.
        "cms/workflows/": SITE,
        # Where the application itself serves files: development only.
        "^static/": PUBLIC,
    },
)
