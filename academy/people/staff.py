"""People in the CMS."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from wagtail.admin.views import account
from wagtail.users.views import users

from academy.lib.access import STAFF, access
from academy.people.forms import UserCreationForm, UserEditForm


@access(STAFF)
class AccountView(account.AccountView):
    """One's preferences in the CMS. The name is with one's other settings, not here."""

    def get_panels(self) -> list[account.BaseSettingsPanel]:
        """Return Wagtail's panels but the one that asks for a given name and a family name."""
        return [panel for panel in super().get_panels() if not isinstance(panel, account.NameEmailSettingsPanel)]


class IndexView(users.IndexView):
    """Search by what our person has."""

    search_fields = ["display_name", "email"]

    def get_base_queryset(self) -> Any:
        """Leave out accounts that were closed for good: there is nobody in them."""
        return super().get_base_queryset().filter(closed_at__isnull=True)


class ByMixin:
    """Tells the form who is at work."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the person who is signed in."""
        return {**super().get_form_kwargs(), "by": self.request.user}  # type: ignore[misc]  # Wagtail is not typed


class CreateView(ByMixin, users.CreateView):
    """Open an account for somebody."""


class EditView(ByMixin, users.EditView):
    """Change somebody's account; an administrator's only as an administrator, a closed one not at all."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse before anything is shown."""
        if self.object.closed_at is not None:
            raise PermissionDenied
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(users.UserViewSet):
    """Wagtail's, with our forms."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    create_template_name = "people/staff/create.html"
    edit_template_name = "people/staff/edit.html"
    # A person is nobody's copy.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[Form]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        """Return our form."""
        return UserEditForm if for_update else UserCreationForm
