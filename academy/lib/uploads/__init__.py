"""Files that people upload: an allow-list of formats, each looked into before it is kept.

``clean_picture`` and ``clean_document`` take what a browser sent and return what may be stored: under a name that
nobody chose, and for pictures drawn anew from the pixels alone. They raise :class:`Refused` with a sentence for the
person who uploaded.
"""

from __future__ import annotations

from academy.lib.uploads.common import CleanFile, Refused
from academy.lib.uploads.documents import clean_document
from academy.lib.uploads.pictures import clean_picture

__all__ = [
    "CleanFile",
    "Refused",
    "clean_document",
    "clean_picture",
]
