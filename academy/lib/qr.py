"""QR codes as inline SVG."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str, *, css_class: str | None = "ac-qr") -> SafeString:
    """Return an SVG of the code of ``text``: dark on light with its quiet zone, so that a phone reads it in dark mode too.

    Without a class it is as wide as what it stands in.
    """
    svg = segno.make(text, error="m").svg_inline(
        scale=4, light="#ffffff", dark="#10242b", svgclass=css_class, omitsize=True
    )
    return mark_safe(svg)  # noqa: S308 -- segno draws paths; the text itself is not in the SVG
