"""Who can do what, in the CMS: everybody's grants, one person's rights and why, giving and withdrawing."""

from __future__ import annotations

from uuid import UUID

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from academy.lib.access import Refusal, access, rule
from academy.lib.clock import now
from academy.people.domain.closing import may_close
from academy.people.domain.effective import kinds_in_words, person_rights
from academy.people.domain.grants import GrantRefused, give_grant, may_withdraw, reach_of, withdraw_grant
from academy.people.domain.rights import GIVE_GRANTS, SEE_GRANTS, SEE_PEOPLE
from academy.people.domain.visitors import person_of, person_url
from academy.people.enums import GrantKind
from academy.people.models import Grant, Organisation, User
from academy.people.rules import can_amend, can_see_person, may_read_audit
from academy.people.staff.forms import GrantForm
from academy.people.staff.users import about_address, deeds_address

SEES_GRANTS = rule("sees grants", lambda user: bool(reach_of(user, SEE_GRANTS)), refusal=Refusal.HIDE)
GIVES_GRANTS = rule("gives grants", lambda user: bool(reach_of(user, GIVE_GRANTS)), refusal=Refusal.HIDE)
SEES_PEOPLE = rule("sees people", lambda user: bool(reach_of(user, SEE_PEOPLE)), refusal=Refusal.HIDE)


def organisations_of(request: HttpRequest) -> QuerySet[Organisation]:
    """Return the organisations whose grants somebody may see."""
    found: QuerySet[Organisation] = Organisation.objects.within(reach_of(person_of(request), SEE_GRANTS))
    return found


class GrantFilterSet(WagtailFilterSet):
    """By kind, by organisation with all below it, and by whether it holds today."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("What"), choices=GrantKind.choices)
    organisation = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organisation"), queryset=organisations_of, method="in_branch"
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("now", gettext_lazy("In force")), ("later", gettext_lazy("To come")), ("over", gettext_lazy("Over"))],
        method="by_state",
    )

    def in_branch(self, grants: QuerySet[Grant], name: str, value: Organisation) -> QuerySet[Grant]:
        """Return those for the organisation or for one below it."""
        return grants.filter(organisation__path__startswith=value.path)

    def by_state(self, grants: QuerySet[Grant], name: str, value: str) -> QuerySet[Grant]:
        """Return those of one state."""
        at = now()
        current = Grant.objects.in_force(at).values("pk")
        if value == "now":
            return grants.filter(pk__in=current)
        later = Grant.objects.not_over(at).filter(starts_at__gt=at).values("pk")
        if value == "later":
            return grants.filter(pk__in=later)
        return grants.exclude(pk__in=current).exclude(pk__in=later)

    class Meta:
        model = Grant
        fields: list[str] = []


@access(SEES_GRANTS)
class WhoCanDoWhatView(generic.IndexView):
    """Every grant within reach, the latest first."""

    model = Grant
    page_title = gettext_lazy("Who can do what")
    header_icon = "key"
    index_url_name = "who_can_do_what"
    index_results_url_name = "who_can_do_what_results"
    default_ordering = "-given_at"
    paginate_by = 50
    filterset_class = GrantFilterSet
    search_fields = ["person__display_name", "person__email", "reason"]
    # The declaration above decides.
    any_permission_required = None
    columns = [
        TitleColumn(
            "person",
            label=gettext_lazy("Person"),
            accessor="person.display_name",
            get_url=lambda grant: person_url(grant.person),
        ),
        Column("kind", label=gettext_lazy("What"), accessor="get_kind_display", sort_key="kind"),
        Column("place", label=gettext_lazy("Where")),
        DateColumn("starts_at", label=gettext_lazy("From"), sort_key="starts_at"),
        DateColumn("ends_at", label=gettext_lazy("Until"), sort_key="ends_at"),
        DateColumn("withdrawn_at", label=gettext_lazy("Withdrawn"), sort_key="withdrawn_at"),
        Column("given_by", label=gettext_lazy("Given by"), accessor=lambda grant: grant.given_by or ""),
        Column("reason", label=gettext_lazy("Why")),
    ]

    def get_base_queryset(self) -> QuerySet[Grant]:
        """Return the grants within reach, with whoever they are about."""
        reach = reach_of(person_of(self.request), SEE_GRANTS)
        return Grant.objects.within(reach).with_places().select_related("person", "given_by")


@access(SEES_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def person_rights_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person's rights and what they follow from; below, a form that gives another."""
    by, at = person_of(request), now()
    person = seen_person(by, public_id)
    gives = bool(reach_of(by, GIVE_GRANTS)) and by.pk != person.pk and person.is_active
    form = GrantForm(request.POST if request.method == "POST" and gives else None, by=by)
    if form.is_valid():
        try:
            grant = give_grant(person=person, by=by, at=at, **form.grant())
        except GrantRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("%(name)s may now do this: %(kind)s, %(where)s.")
                % {"name": person.display_name, "kind": grant.get_kind_display(), "where": grant.place},
            )
            return redirect(person_url(person))
    view, may = person_rights(person=person, by=by, at=at), may_withdraw(by=by, at=at)
    return render(
        request,
        "people/staff/rights.html",
        {
            "person": person,
            "view": view,
            "form": form if gives else None,
            "may_amend": can_amend(by, person),
            "may_close": person.closed_at is None and person != by and may_close(person=person, by=by),
            "audit": (about_address(person), deeds_address(person)) if may_read_audit(by) else None,
            "can_be_withdrawn": {grant.pk for grant in (*view.in_force, *view.to_come) if may(grant)},
        },
    )


@access(GIVES_GRANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask whether a grant shall end, then end it."""
    by = person_of(request)
    grant = get_object_or_404(Grant.objects.with_places().select_related("person"), uuid=uuid)
    if not may_withdraw(by=by, at=now())(grant):
        raise Http404
    if request.method == "POST":
        withdraw_grant(grant=grant, by=by, at=now(), reason=request.POST.get("reason", "")[:500])
        messages.success(request, _("Withdrawn. It holds no longer, in open sessions either."))
        return redirect(person_url(grant.person))
    return render(request, "people/staff/withdraw.html", {"grant": grant})


@access(SEES_GRANTS)
@require_safe
def what_they_mean(request: HttpRequest) -> HttpResponse:
    """What each kind of grant allows, in words."""
    return render(request, "people/staff/kinds.html", {"kinds": kinds_in_words()})


def seen_person(by: User, public_id: UUID) -> User:
    """Return the person, when ``by`` may see them. Raises Http404."""
    person = get_object_or_404(User, public_id=public_id)
    if not can_see_person(by, person):
        raise Http404
    return person
