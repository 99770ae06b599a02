"""Panels that tie a page to the framework."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel

SKILL_PANEL = InlinePanel("skill_links", label=_("Skill"), heading=_("Skills"))
AUDIENCE_PANEL = InlinePanel("audience_links", label=_("Role"), heading=_("Written for"))
