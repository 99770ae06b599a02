"""Files that go out: each after it has been asked who may have it. No web server shows the folders they lie in."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from academy.lib.access import PUBLIC, access
from academy.lib.storage import ONE_DAY, POLICY_OF_FILES
from academy.pages.models import Attachment, Picture, Rendition

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}


@access(PUBLIC)
@require_safe
def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """A document, to be saved. Wagtail asks for the restrictions of its collection."""
    response: HttpResponseBase = serve(request, document_id, document_filename)
    if not response.streaming and response.status_code != 304:
        return response  # the way in: to sign in
    stored = Attachment.objects.select_related("collection").get(pk=document_id)
    response.headers["Content-Security-Policy"] = POLICY_OF_FILES
    response.headers["Content-Disposition"] = content_disposition_header(True, stored.saved_as)  # noqa: FBT003 -- Django's own
    if stored.collection.get_view_restrictions().exists():
        patch_cache_control(response, private=True, no_store=True)
    return response


@access(PUBLIC)
@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A picture in one size, for those who may see its collection, and for those who choose pictures in the CMS."""
    found = Rendition.objects.select_related("image__collection").filter(file=f"images/{name}").first()
    extension = name.rpartition(".")[2]
    if found is None or extension not in TYPES:
        raise Http404
    restrictions = list(found.image.collection.get_view_restrictions())
    if not (_accepted(request, restrictions) or _may_choose(request.user, found.image)):
        raise Http404
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=TYPES[extension])
    response.headers["Content-Security-Policy"] = POLICY_OF_FILES
    if restrictions:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, max_age=ONE_DAY)
    return response


def _accepted(request: HttpRequest, restrictions: list[CollectionViewRestriction]) -> bool:
    return all(restriction.accept_request(request) for restriction in restrictions)


def _may_choose(user: Any, picture: Picture) -> bool:
    policy = policy_registry.get_by_type(Picture)
    return bool(policy.user_has_any_permission_for_instance(user, ["change", "choose"], picture))
