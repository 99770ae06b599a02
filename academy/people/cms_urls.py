"""Addresses under /cms/ that stand in front of Wagtail's: there is one way in, and one way out."""

from allauth.account.views import logout
from django.urls import path
from wagtail.admin.auth import require_admin_access

from academy.lib.access import PUBLIC, access
from academy.people import views
from academy.people.staff.users import AccountView

urlpatterns = [
    path("login/", views.sign_in_here, name="wagtailadmin_login"),
    path("logout/", access(PUBLIC)(logout), name="wagtailadmin_logout"),
    path("password_reset/", views.reset_password_here, name="wagtailadmin_password_reset"),
    path("password_reset/<path:rest>", views.reset_password_here),
    # Nobody deals with people in bulk: Wagtail's way there asks for no reach.
    path("bulk/people/user/<path:action>", views.no_such_page, name="no_people_in_bulk"),
    path("account/", require_admin_access(AccountView.as_view()), name="wagtailadmin_account"),
]
