"""Pictures: decoded, and drawn anew from their pixels alone.

What is stored was written by us. Where and with what a photograph was taken, who is in it, what was appended to it
or hidden in it: none of it is copied.
"""

from __future__ import annotations

import io
import warnings

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from academy.lib.upload_limits import PICTURE_EXTENSIONS, PICTURE_MAX_BYTES, PICTURE_MAX_PIXELS
from academy.lib.uploads.common import CleanFile, Refused, content_of, extension_of, not_what_it_says

# A photograph with a preview in it is an MPO to Pillow, and a JPEG to everybody else.
FORMATS = {"jpg": ("JPEG", "MPO"), "jpeg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",), "gif": ("GIF",)}
SIGNATURES = {
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "webp": (b"RIFF",),
    "gif": (b"GIF87a", b"GIF89a"),
}


def clean_picture(file: File[bytes]) -> CleanFile:
    """Return the picture drawn anew, under a name that nobody chose. Raises Refused."""
    extension = extension_of(file.name, PICTURE_EXTENSIONS)
    content = content_of(file, at_most=PICTURE_MAX_BYTES)
    if not content.startswith(SIGNATURES[extension]):
        raise not_what_it_says(extension)
    picture = _decoded(content, extension)
    extension = "jpg" if extension == "jpeg" else extension
    return CleanFile(_drawn_anew(picture, extension), extension=extension)


def _decoded(content: bytes, extension: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # The size is looked at here, before a pixel is decoded; Pillow's own limit is higher.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS[extension])
            _refuse_too_many_pixels(picture)
            _refuse_moving(picture)
            picture.load()
            return picture
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        # What Pillow raises for a picture that is cut off, damaged, or none.
        raise not_what_it_says(extension) from error


def _refuse_too_many_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > PICTURE_MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Refused:
    return Refused(
        _("This picture has too many pixels: make it smaller. At most %(pixels)s million are accepted.")
        % {"pixels": PICTURE_MAX_PIXELS // 1_000_000},
        code="pixels",
    )


def _refuse_moving(picture: Image.Image) -> None:
    """What moves by itself must have a button to stop it, which a picture has not (WCAG 2.2.2)."""
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise Refused(_("This picture moves, and readers could not stop it: upload a still one."), code="moving")


def _drawn_anew(picture: Image.Image, extension: str) -> bytes:
    plain = _pixels_alone(picture, extension)
    written = io.BytesIO()
    if extension == "jpg":
        plain.save(written, "JPEG", quality=90, optimize=True, progressive=True)
    elif extension == "webp":
        plain.save(written, "WEBP", quality=90)
    else:
        plain.save(written, extension.upper(), optimize=True)
    return written.getvalue()


def _pixels_alone(picture: Image.Image, extension: str) -> Image.Image:
    """Return an upright copy in plain colours that carries nothing but pixels."""
    upright = ImageOps.exif_transpose(picture)
    see_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    mode = "RGBA" if see_through and extension != "jpg" else "RGB"
    plain = _in_plain_colours(upright).convert(mode)
    plain.info = {}
    return plain


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Return the picture in sRGB, so that it looks right without its colour profile."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "CMYK", "L"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A profile that cannot be read says nothing of the colours.
        return picture
    return converted or picture
