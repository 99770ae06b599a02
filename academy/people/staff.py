"""People in the CMS."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.views import account
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from academy.lib.access import STAFF, access
from academy.lib.clock import now
from academy.people.api import AUDITOR, NotYourAccount, may_read_audit
from academy.people.domain.accounts import set_active
from academy.people.domain.staff import join
from academy.people.forms import UserCreationForm, UserEditForm
from academy.people.models import User


@access(STAFF)
class AccountView(account.AccountView):
    """One's preferences in the CMS. The name is with one's other settings, not here."""

    def get_panels(self) -> list[account.BaseSettingsPanel]:
        """Return Wagtail's panels but the one that asks for a given name and a family name."""
        return [panel for panel in super().get_panels() if not isinstance(panel, account.NameEmailSettingsPanel)]


class IndexView(users.IndexView):
    """Search by what our person has."""

    search_fields = ["display_name", "email"]


class ByMixin:
    """Tells the form who is at work."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the person who is signed in."""
        return {**super().get_form_kwargs(), "by": self.request.user}  # type: ignore[misc]  # Wagtail is not typed

    def save_instance(self) -> Any:
        """Store by the form, whose verb tells the audit. Wagtail would write a line of its own beside it."""
        return self.form.save()  # type: ignore[attr-defined]  # Wagtail is not typed


class CreateView(ByMixin, users.CreateView):
    """Open an account for somebody."""


class EditView(ByMixin, users.EditView):
    """Change somebody's account; an administrator's only as an administrator."""

    def get_history_url(self) -> str | None:
        """Lead to the history for those who may read it."""
        return super().get_history_url() if may_read_audit(self.request.user) else None

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the person's lines in the audit, for those who may read it."""
        return [*super().header_more_buttons, *audit_buttons(self.object, by=self.request.user)]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse before anything is shown."""
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@access(AUDITOR)
class HistoryView(users.HistoryView):
    """A person's history is what the audit tells of their account."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead there."""
        return redirect(about_address(self.object))


def about_address(person: User) -> str:
    """Return where the audit tells what was done to a person's account and record."""
    return f"{reverse('audit')}?{urlencode({'about': str(person.public_id)})}"


def audit_buttons(person: User, *, by: Any) -> list[Button]:
    """Return the two ways from a person into the audit; none for who may not read it."""
    if not may_read_audit(by):
        return []
    did = f"{reverse('audit')}?{urlencode({'actor': str(person.public_id)})}"
    return [
        Button(_("What they did"), url=did, icon_name="history", priority=80),
        Button(_("What was done to them"), url=about_address(person), icon_name="history", priority=81),
    ]


class SetActiveState(SetActiveStateBulkAction):
    """Close or open several accounts, by our verb."""

    @classmethod
    def execute_action(cls, objects: list[User], mark_as_active: bool = False, **kwargs: Any) -> tuple[int, int]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        """Return how many accounts changed."""
        try:
            return set_active(people=objects, is_active=mark_as_active, by=kwargs["user"], at=now()), 0
        except NotYourAccount as refusal:
            raise PermissionDenied from refusal


class AssignRole(AssignRoleBulkAction):
    """Add several people to a group, by our verb."""

    def get_execution_context(self) -> dict[str, Any]:
        """Say who acts."""
        return {**super().get_execution_context(), "by": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[User], role: Group | None = None, **kwargs: Any) -> tuple[int, int]:
        """Return how many people are in the group now."""
        if role is None:
            return 0, 0
        join(people=objects, group=role, by=kwargs["by"], at=now())
        return len(objects), 0


class UserViewSet(users.UserViewSet):
    """Wagtail's, with our forms."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    history_view_class = HistoryView
    create_template_name = "people/staff/create.html"
    edit_template_name = "people/staff/edit.html"
    # A person is nobody's copy.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[Form]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        """Return our form."""
        return UserEditForm if for_update else UserCreationForm
