"""The grammar of the content pack: Markdown with front matter to frozen documents, and every problem on the way."""

from academy.standards.content_pack.documents import Catalogue, Document, Pack
from academy.standards.content_pack.links import check_links
from academy.standards.content_pack.reader import read_pack

__all__ = ["Catalogue", "Document", "Pack", "check_links", "read_pack"]
