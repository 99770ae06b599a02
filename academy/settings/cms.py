"""How Wagtail works here."""

from academy.lib.upload_limits import (
    DOCUMENT_EXTENSIONS,
    DOCUMENT_MAX_BYTES,
    PICTURE_EXTENSIONS,
    PICTURE_MAX_BYTES,
    PICTURE_MAX_PIXELS,
)
from academy.settings.env import env_str
from academy.settings.site import SITE_NAME

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env_str("BASE_URL", "http://localhost:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Nobody sets another person's password: whoever gets an account chooses one by “Forgotten your password?”.
WAGTAILUSERS_PASSWORD_ENABLED = False
# No page or collection is opened by a password that several people share: see academy/access.py.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# Nothing leaves the site: no pictures from gravatar.com, no question to releases.wagtail.org.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# The default of half a second is chatty on a weak connection.
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# Approving is not publishing.
WAGTAIL_FINISH_WORKFLOW_ACTION = "academy.lib.workflows.leave_to_publishers"

# Files: what is accepted, and where it is looked into (docs/decisions/0015).
WAGTAILIMAGES_IMAGE_MODEL = "pages.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "academy.pages.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = list(PICTURE_EXTENSIONS)
WAGTAILIMAGES_MAX_UPLOAD_SIZE = PICTURE_MAX_BYTES
WAGTAILIMAGES_MAX_IMAGE_PIXELS = PICTURE_MAX_PIXELS
WAGTAILDOCS_DOCUMENT_MODEL = "pages.Attachment"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "academy.pages.forms.AttachmentForm"
WAGTAILDOCS_EXTENSIONS = list(DOCUMENT_EXTENSIONS)
WAGTAILDOCS_MAX_UPLOAD_SIZE = DOCUMENT_MAX_BYTES
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
