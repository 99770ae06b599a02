"""People in the CMS, as far as a right reaches: beyond it they do not exist."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import account, generic
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.users.views import users

from academy.lib.access import STAFF, access
from academy.people.domain.grants import reach_of
from academy.people.domain.rights import SEE_PEOPLE
from academy.people.domain.visitors import person_of, person_url
from academy.people.forms import UserCreationForm, UserEditForm
from academy.people.models import Membership, Organisation, User, sees_members
from academy.people.rules import AUDITOR, can_amend, can_see_person, may_read_audit


@access(STAFF)
class AccountView(account.AccountView):
    """One's preferences in the CMS. The name is with one's other settings, not here."""

    def get_panels(self) -> list[account.BaseSettingsPanel]:
        """Return Wagtail's panels but the one that asks for a given name and a family name."""
        return [panel for panel in super().get_panels() if not isinstance(panel, account.NameEmailSettingsPanel)]


def organisations_of(request: HttpRequest) -> QuerySet[Organisation]:
    """Return the organisations whose people somebody may see."""
    found: QuerySet[Organisation] = Organisation.objects.within(reach_of(person_of(request), SEE_PEOPLE))
    return found


class PersonFilterSet(WagtailFilterSet):
    """By organisation, with all below it, and by whether the account is open. Wagtail's own would list every group."""

    organisation = django_filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=organisations_of, method="in_branch"
    )
    is_active = django_filters.BooleanFilter(label=_("Active"), widget=BooleanRadioSelect)

    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        # Wagtail's view of people says whether it is searching; these filters do not mind.
        super().__init__(*args, **kwargs)

    def in_branch(self, people: QuerySet[User], name: str, value: Organisation) -> QuerySet[User]:
        """Return those who belong to the organisation or to one below it today."""
        inside = Membership.objects.current().filter(organisation__path__startswith=value.path)
        return people.filter(pk__in=inside.values("person"))

    class Meta:
        model = User
        fields: list[str] = []


class IndexView(users.IndexView):
    """Search by what our person has; nobody is dealt with in bulk."""

    search_fields = ["display_name", "email"]
    page_title = _("People")
    add_item_label = _("Open an account")

    def get_delete_url(self, instance: User) -> None:
        """Nobody is deleted."""

    def get_base_queryset(self) -> QuerySet[User]:
        """Return the people within reach, with where they belong. In an account that was closed for good is nobody."""
        reach = reach_of(person_of(self.request), SEE_PEOPLE)
        current = Membership.objects.current().within(reach).select_related("organisation")
        return (
            super()
            .get_base_queryset()
            .filter(sees_members(reach), closed_at__isnull=True)
            .prefetch_related(Prefetch("memberships", queryset=current, to_attr="seen_memberships"))
        )

    @property
    def columns(self) -> list[Column]:
        """Name, address, where they belong, and since when they were not here."""
        return [
            self._get_title_column_class(users.UserColumn)(
                "name",
                accessor="display_name",
                label=_("Name"),
                sort_key="display_name",
                get_url=person_url,
                classname="name",
            ),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column(
                "organisations",
                label=_("Organisations"),
                accessor=lambda person: ", ".join(one.organisation.name for one in person.seen_memberships),
            ),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active", classname="status", width="10%"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login", width="15%"),
        ]


class WithinReach:
    """Answers as if there were no such person where somebody may not see them, or not do this to them."""

    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        """Return the person. Raises Http404 beyond reach."""
        person: User = super().get_object(*args, **kwargs)  # type: ignore[misc]  # Wagtail is not typed
        if not self.may(person_of(self.request), person):
            raise Http404
        return person

    @staticmethod
    def may(by: User, person: User) -> bool:
        """Whether ``by`` may do with ``person`` what the view does."""
        return can_amend(by, person)


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


class EditView(WithinReach, ByMixin, users.EditView):
    """Change somebody's account, within one's reach."""

    def setup(self, *args: Any, **kwargs: Any) -> None:
        """Offer nobody to delete a person: results and certificates stay true."""
        super().setup(*args, **kwargs)
        self.can_delete = False

    def get_history_url(self) -> str | None:
        """Lead to the history for those who may read it."""
        return super().get_history_url() if may_read_audit(person_of(self.request)) else None


class DeleteView(WithinReach, users.DeleteView):
    """Refused to everybody (see ``permissions``); beyond reach there is nobody to refuse it for."""


@access(AUDITOR)
class HistoryView(WithinReach, users.HistoryView):
    """A person's history is what the audit tells of their account."""

    @staticmethod
    def may(by: User, person: User) -> bool:
        return can_see_person(by, person)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead there."""
        return redirect(about_address(self.object))


def about_address(person: User) -> str:
    """Return where the audit tells what was done to a person's account and record."""
    return f"{reverse('audit')}?{urlencode({'about': str(person.public_id)})}"


def deeds_address(person: User) -> str:
    """Return where the audit tells what a person did."""
    return f"{reverse('audit')}?{urlencode({'actor': str(person.public_id)})}"


class UsageView(WithinReach, generic.UsageView):
    """Where a person is referred to."""

    @staticmethod
    def may(by: User, person: User) -> bool:
        return can_see_person(by, person)


class UserViewSet(users.UserViewSet):
    """Wagtail's, with our forms and within reach."""

    filterset_class = PersonFilterSet
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    usage_view_class = UsageView
    menu_label = _("People")
    create_template_name = "people/staff/create.html"
    edit_template_name = "people/staff/edit.html"
    # A person is nobody's copy.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[Form]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        """Return our form."""
        return UserEditForm if for_update else UserCreationForm
