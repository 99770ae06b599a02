"""What is done with a question beside writing it: make ready, ask again, retire, bring back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin import messages

from academy.lib.clock import now
from academy.people.api import person_of
from assessments.domain.items import InvalidItem, make_ready, restore_item, retire_item
from assessments.domain.writing import ask_again
from assessments.models import Item, ItemVersion
from assessments.staff.item_page import places_seen
from assessments.staff.scope import CHANGE, item_or_404, version_or_404
from assessments.staff.writing import InTheBank


class VersionAct(View):
    """One act on a version, by POST alone."""

    http_method_names = ["post"]
    item: Item

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Do it, and say what came of it."""
        self.item = item_or_404(request, pk, CHANGE)
        version = version_or_404(self.item, number)
        try:
            messages.success(request, self.act(version))
        except InvalidItem as missing:
            messages.error(request, _("It is not ready: %(sentences)s") % {"sentences": missing})
        return redirect("questions:inspect", self.item.pk)

    def act(self, version: ItemVersion) -> str:
        """Call the verb; return what to say."""
        raise NotImplementedError


class ReadyView(VersionAct):
    """Let new attempts ask a version."""

    def act(self, version: ItemVersion) -> str:
        make_ready(version=version, by=person_of(self.request), at=now())
        asked = Item.objects.select_related("ready_version").get(pk=self.item.pk).ready_version
        if asked is not None and asked.number > version.number:
            return _("Version %(number)d stays the one that is asked, because it is newer.") % {"number": asked.number}
        return _("Version %(number)d is ready: new attempts ask it.") % {"number": version.number}


class AskAgainView(VersionAct):
    """Let new attempts ask what an older version said."""

    def act(self, version: ItemVersion) -> str:
        newer = ask_again(version=version, by=person_of(self.request), at=now())
        return _("Version %(newer)d says what version %(older)d said, and is ready: new attempts ask it.") % {
            "newer": newer.number,
            "older": version.number,
        }


class ItemAct(InTheBank):
    """Says what an act means, and does it when that is confirmed."""

    template_name = "assessments/staff/act.html"
    item: Item

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the question. Raises Http404."""
        super().setup(request, *args, **kwargs)
        self.item = item_or_404(request, kwargs["pk"], CHANGE)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        messages.success(request, self.act())
        return redirect("questions:inspect", self.item.pk)

    def act(self) -> str:
        """Call the verb; return what to say."""
        raise NotImplementedError

    def consequences(self) -> Sequence[str]:
        """Return what follows, in sentences."""
        return []

    def between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("questions:inspect", args=[self.item.pk]), "label": str(self.item)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what it is about."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "item": self.item,
            "consequences": self.consequences(),
            "places": places_seen(self.request, self.item),
            "submit": self.get_page_title(),
            "back": reverse("questions:inspect", args=[self.item.pk]),
        }


class RetireView(ItemAct):
    """Draw a question no more."""

    def get_page_title(self) -> str:
        return _("Retire this question")

    def consequences(self) -> Sequence[str]:
        attempts = places_seen(self.request, self.item).attempts
        return [
            _("No new attempt is given it, and lessons show it no more."),
            ngettext(
                "%(count)d attempt holds it and keeps it, with its marks.",
                "%(count)d attempts hold it and keep it, with their marks.",
                attempts,
            )
            % {"count": attempts},
            _("You can bring it back."),
        ]

    def act(self) -> str:
        retire_item(item=self.item, by=person_of(self.request), at=now())
        return _("“%(question)s” is retired.") % {"question": self.item}


class RestoreView(ItemAct):
    """Let a retired question be drawn again."""

    def get_page_title(self) -> str:
        return _("Bring this question back")

    def consequences(self) -> Sequence[str]:
        return [_("New attempts are given its latest ready version again.")]

    def act(self) -> str:
        restore_item(item=self.item, by=person_of(self.request), at=now())
        return _("“%(question)s” is back.") % {"question": self.item}
