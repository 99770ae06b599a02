"""The programs of the CMS ask for images and documents by an address of their own; Wagtail answers there about all."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

KNOWN_TO = frozenset({"choose", "change", "delete"})


class OwnFiles:
    """Those that somebody may choose or change."""

    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        """Leave the others out."""
        files = super().get_queryset()  # type: ignore[misc]  # Wagtail is not typed
        policy = policy_registry.get_by_type(files.model)
        known = policy.instances_user_has_any_permission_for(self.request.user, KNOWN_TO)
        own: QuerySet[Any] = files.filter(pk__in=known.values("pk"))
        return own


def without_original(names: list[str]) -> list[str]:
    """Leave out where the original is: it has no address (docs/decisions/0015)."""
    return [name for name in names if name != "download_url"]


class ImagesView(OwnFiles, ImagesAdminAPIViewSet):
    """Images."""

    meta_fields = without_original(ImagesAdminAPIViewSet.meta_fields)
    listing_default_fields = without_original(ImagesAdminAPIViewSet.listing_default_fields)
    nested_default_fields = without_original(ImagesAdminAPIViewSet.nested_default_fields)


class DocumentsView(OwnFiles, DocumentsAdminAPIViewSet):
    """Documents."""
