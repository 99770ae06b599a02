"""Panels of every page type that cites its sources."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel

SOURCE_PANEL = InlinePanel("sources", label=_("Source"), heading=_("Sources"))
