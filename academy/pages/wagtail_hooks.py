"""What Wagtail asks before it hands out a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import BaseViewRestriction

from academy.pages.models import Attachment


@hooks.register("before_serve_document", order=-1)
def hide_what_is_not_theirs(document: Attachment, request: HttpRequest) -> None:
    """Tell somebody who is signed in and may not have a document that there is none, as of one that never was.

    Whoever is not signed in yet is sent to do so by Wagtail, and whoever has still to say a password is asked for it.
    """
    if not request.user.is_authenticated:
        return
    for restriction in document.collection.get_view_restrictions():
        asks_for_password = restriction.restriction_type == BaseViewRestriction.PASSWORD
        if not asks_for_password and not restriction.accept_request(request):
            raise Http404
