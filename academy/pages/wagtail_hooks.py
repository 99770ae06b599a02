"""What Wagtail asks before it hands out a file or moves a page."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import BaseViewRestriction, Page

from academy.pages.models import Attachment


@hooks.register("before_serve_document", order=-1)
def hide_what_is_not_theirs(document: Attachment, request: HttpRequest) -> None:
    """Tell somebody who is signed in and may not have a document that there is none, as of one that never was.

    Whoever is not signed in yet is sent to do so by Wagtail. No password that several people share opens anything.
    """
    for restriction in document.collection.get_view_restrictions():
        is_final = request.user.is_authenticated or restriction.restriction_type == BaseViewRestriction.PASSWORD
        if is_final and not restriction.accept_request(request):
            raise Http404


@hooks.register("before_move_page")
def refuse_to_move_the_root(request: HttpRequest, page: Page, destination: Page) -> None:
    """There is no such address for the root: Wagtail offers none, and fails when it is asked for all the same."""
    if page.is_root():
        raise Http404
