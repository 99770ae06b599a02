"""Pictures that come inside a file of questions: kept as they came, so looked at before."""

from __future__ import annotations

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from academy.lib.upload_limits import PICTURE_MAX_BYTES, PICTURE_MAX_PIXELS
from assessments.item_types.questions import Picture

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
LONGEST_NAME = 200


def picture_problem(picture: Picture) -> str:
    """Return why a picture cannot be taken, nothing where it can."""
    if not picture.name.strip() or len(picture.name) > LONGEST_NAME:
        return _("A picture has no name, or one longer than %(most)d characters.") % {"most": LONGEST_NAME}
    if len(picture.data) > PICTURE_MAX_BYTES:
        return _("The picture “%(name)s” is larger than 10 MB. Make it smaller.") % {"name": picture.name}
    if not _is_sound(picture.data):
        return _("“%(name)s” is no sound picture. Put a PNG, JPEG, GIF or WebP of ordinary size in its place.") % {
            "name": picture.name
        }
    return ""


def _is_sound(data: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            # The size is looked at here; Pillow's own limit is higher.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            small = picture.width * picture.height <= PICTURE_MAX_PIXELS
            picture.verify()
    except (
        Image.DecompressionBombError, UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError
    ):  # fmt: skip
        return False
    return small
