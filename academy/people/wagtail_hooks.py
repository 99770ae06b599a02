"""What the CMS does with people."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from academy.lib.access import access
from academy.people.domain.visitors import person_of
from academy.people.models import Organisation, SignInProvider, User
from academy.people.rules import administers_site, sees_whole_history
from academy.people.staff.grants import (
    SEES_GRANTS,
    WhoCanDoWhatView,
    person_rights_page,
    what_they_mean,
    withdraw,
)
from academy.people.staff.invitations import (
    INVITES,
    InvitationsView,
    invitation_page,
    open_link_page,
    print_invitation,
    send_invitation_again,
    withdraw_invitation_now,
)
from academy.people.staff.organisations import OrganisationViewSet, organisation_viewset
from academy.people.staff.permissions import PeopleWithinReach
from academy.people.staff.policies import OrganisationPolicy
from academy.people.staff.providers import (
    NeverDeleteProviders,
    SignInProviderViewSet,
    sign_in_provider_viewset,
)

register_permission_policy(SignInProvider, NeverDeleteProviders(SignInProvider))
register_permission_policy(Organisation, OrganisationPolicy(Organisation))


@hooks.register("register_admin_viewset")
def register_sign_in_providers() -> SignInProviderViewSet:
    """Where else people may sign in."""
    return sign_in_provider_viewset


class ReachMenuItem(MenuItem):
    """Shown to those who see grants somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the page would open."""
        return SEES_GRANTS.test(request.user)


class InvitationsMenuItem(MenuItem):
    """Shown to those who may invite somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the page would open."""
        return INVITES.test(request.user)


register_permission_policy(User, PeopleWithinReach(User))


@hooks.register("register_admin_urls")
def rights_urls() -> list[URLPattern]:
    """Where rights are shown, given and withdrawn."""
    return [
        path("people/rights/", WhoCanDoWhatView.as_view(), name="who_can_do_what"),
        path(
            "people/rights/results/",
            access(SEES_GRANTS)(WhoCanDoWhatView.as_view(results_only=True)),
            name="who_can_do_what_results",
        ),
        path("people/rights/kinds/", what_they_mean, name="what_grants_mean"),
        path("people/rights/<uuid:uuid>/withdraw/", withdraw, name="withdraw_grant"),
        path("people/<uuid:public_id>/rights/", person_rights_page, name="person_rights"),
    ]


@hooks.register("register_admin_urls")
def invitation_urls() -> list[URLPattern]:
    """Where invitations are seen and links are made; lists are handed in at the exchange."""
    return [
        path("people/invitations/", InvitationsView.as_view(), name="invitations"),
        path(
            "people/invitations/results/",
            access(INVITES)(InvitationsView.as_view(results_only=True)),
            name="invitations_results",
        ),
        path("people/invitations/link/", open_link_page, name="open_link"),
        path("people/invitations/<uuid:uuid>/", invitation_page, name="invitation"),
        path("people/invitations/<uuid:uuid>/print/", print_invitation, name="print_invitation"),
        path("people/invitations/<uuid:uuid>/withdraw/", withdraw_invitation_now, name="withdraw_invitation"),
        path("people/invitations/<uuid:uuid>/send/", send_invitation_again, name="send_invitation_again"),
    ]


@hooks.register("register_admin_menu_item")
def invitations_item() -> MenuItem:
    """The way to them, for those who may invite."""
    return InvitationsMenuItem(
        _("Invitations"), reverse("invitations"), name="invitations", icon_name="mail", order=610
    )


@hooks.register("register_admin_menu_item")
def rights_item() -> MenuItem:
    """The way to them, for those who may see them."""
    return ReachMenuItem(
        _("Who can do what"), reverse("who_can_do_what"), name="who-can-do-what", icon_name="key", order=600
    )


@hooks.register("construct_settings_menu")
def hide_groups(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take Wagtail's groups out of the menu: they are made from the table of rights, and edited by nobody."""
    items[:] = [item for item in items if item.name != "groups"]


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationViewSet:
    """The tree of organisations."""
    return organisation_viewset


# Reports that tell of every country, and who may read them: as in academy/access.py.
OF_EVERY_COUNTRY = {
    "site-history": sees_whole_history,
    "page-types-usage": administers_site,
    "translations": administers_site,
}


@hooks.register("construct_reports_menu")
def hide_reports_of_every_country(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Show the way to these to those who may read them."""
    person = person_of(request)
    closed = {name for name, test in OF_EVERY_COUNTRY.items() if not test(person)}
    menu_items[:] = [item for item in menu_items if item.name not in closed]
