"""What every page is made of, and the files that pages show and offer."""

from academy.pages.models.base import BasePage, PageSource
from academy.pages.models.files import Attachment, Picture, Rendition

__all__ = ["Attachment", "BasePage", "PageSource", "Picture", "Rendition"]
