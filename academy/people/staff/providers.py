"""Sign-in providers in the CMS, under Settings: list, add, change, test. Nobody deletes: they are switched off."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from academy.lib.clock import now
from academy.people.domain.visitors import person_of
from academy.people.enums import ProviderKind
from academy.people.forms.providers import ProviderForm
from academy.people.models import SignInProvider
from academy.people.social.connection import connection_problems


class NeverDeleteProviders(ModelPermissionPolicy):
    """Django's model permissions, without deleting for anyone."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Nobody deletes."""
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: Any) -> bool:
        """The same for several."""
        return super().user_has_any_permission(user, set(actions) - {"delete"})

    def user_has_permission_for_instance(self, user: AbstractBaseUser, action: str, instance: Any) -> bool:
        """The same for one."""
        return action != "delete" and super().user_has_permission_for_instance(user, action, instance)


class RefusedMixin:
    """Shows what the domain refuses by the form, which does not know what others did meanwhile."""

    def form_valid(self, form: ProviderForm) -> HttpResponse:
        """Store, or say why not; nothing that was typed is lost."""
        try:
            return super().form_valid(form)  # type: ignore[misc]  # Wagtail is not typed
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # the same
            return self.form_invalid(form)  # type: ignore[attr-defined]  # the same


class CreateView(RefusedMixin, generic.CreateView):
    """Add a provider."""


class EditView(RefusedMixin, generic.EditView):
    """Change a provider; beside the form stand the addresses that the provider must know, and the test."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add those addresses."""
        provider = self.object
        names: tuple[str, ...] = ("sign_in_callback",)
        if provider.kind == ProviderKind.SAML:
            names = ("saml_acs", "saml_metadata") if settings.SAML_ENABLED else ()
        return {
            **super().get_context_data(**kwargs),
            "test_url": reverse("sign_in_providers:test", args=[provider.pk]),
            "addresses": addresses_of(self.request, provider, names),
        }


def addresses_of(request: HttpRequest, provider: SignInProvider, names: tuple[str, ...]) -> list[str]:
    """Return addresses of ours in full."""
    return [request.build_absolute_uri(reverse(name, args=[provider.slug])) for name in names]


class SignInProviderViewSet(ModelViewSet):
    """Where else people may sign in."""

    model = SignInProvider
    name = "sign_in_providers"
    url_prefix = "sign-in-providers"
    icon = "key"
    menu_label = gettext_lazy("Sign-in providers")
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = CreateView
    edit_view_class = EditView
    edit_template_name = "people/staff/provider_edit.html"
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("issuer", label=gettext_lazy("Issuer")),
        BooleanColumn("is_enabled", label=gettext_lazy("Switched on")),
    ]
    search_fields = ["name", "issuer"]
    ordering = ["name"]

    def get_form_class(self, for_update: bool = False) -> type[ProviderForm]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        """Return our form."""
        return ProviderForm

    def get_edit_handler(self) -> None:
        """The form speaks for itself: its secret is no field of the model."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, and the test."""
        return [*super().get_urlpatterns(), path("test/<int:pk>/", self.test_view, name="test")]

    @staticmethod
    @require_POST
    def test_view(request: HttpRequest, pk: int) -> HttpResponse:
        """Ask the provider what it says about itself, and tell what is wrong."""
        provider = get_object_or_404(SignInProvider, pk=pk)
        if not NeverDeleteProviders(SignInProvider).user_has_permission_for_instance(
            person_of(request), "change", provider
        ):
            raise PermissionDenied
        problems = connection_problems(provider, at=now())
        for problem in problems:
            messages.error(request, problem)
        if not problems:
            messages.success(
                request, _("All is well with %(name)s. Now sign in with it once yourself.") % {"name": provider.name}
            )
        return redirect("sign_in_providers:edit", pk)


sign_in_provider_viewset = SignInProviderViewSet()
