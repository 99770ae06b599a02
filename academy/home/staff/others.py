"""What Wagtail would tell in the CMS about another country's pages, images and documents, and how it is kept from it.

Wagtail asks for rights where something is changed. Where something is chosen or listed it shows everything: titles
of drafts, too. What is published is public, and may be chosen by everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views import chooser
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from academy.lib.access import STAFF, access

# What may be done with a thing by those who know of it.
ACTS = frozenset({"add", "change", "publish", "lock", "unlock", "delete"})
# What arguments of Wagtail's addresses are called that name a page.
NAMES_OF_PAGES = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id"})


def pages_of(request: HttpRequest) -> QuerySet[Page]:
    """Return the pages that somebody works on, those above them, and those that wait for their review."""
    user = request.user
    policy = policy_registry.get_by_type(Page)
    ours = policy.explorable_instances(user).values("pk") if policy.user_has_any_permission(user, ACTS) else []
    waiting = TaskState.objects.reviewable_by(user).values_list("revision__object_id", flat=True)
    pages: QuerySet[Page] = Page.objects.filter(Q(pk__in=ours) | Q(pk__in=[int(pk) for pk in waiting]))
    return pages


def pages_to_choose(request: HttpRequest, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Leave out of ``pages`` those that are neither somebody's to work on nor public under the title that is shown."""
    public = Q(live=True, draft_title=F("title")) | Q(depth=1)
    known = Page.objects.filter(public | Q(pk__in=pages_of(request).values("pk")))
    # In one step, and by the key: a search goes on from here, which knows of few fields.
    chosen: QuerySet[Page] = pages.filter(pk__in=known.values("pk"))
    return chosen


def check_pages_named(request: HttpRequest, *, view_name: str, arguments: dict[str, Any]) -> None:
    """Raise Http404 where an address of the CMS names a page that is not somebody's to know of."""
    named = {int(value) for name, value in arguments.items() if name in NAMES_OF_PAGES}
    if view_name == "wagtailadmin_pages:revisions_compare":
        named.add(int(arguments["pk"]))
    if not named:
        return
    known = pages_of(request)
    if view_name == "wagtailadmin_choose_page_child":
        known = pages_to_choose(request, Page.objects.all())
    if known.filter(pk__in=named).count() < len(named):
        raise Http404


@access(STAFF)
class SearchView(chooser.SearchView):
    """Finding a page to choose. Without what stands above it: that may be a draft of somebody else's."""

    @property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if not isinstance(column, chooser.ParentPageColumn)]


@access(STAFF)
class ChosenMultipleView(chooser.ChosenMultipleView):
    """The pages that were chosen: of those that may be."""

    def get(self, request: HttpRequest) -> HttpResponse:
        ids = [pk for pk in request.GET.getlist("id") if pk.isdigit()]
        known = pages_to_choose(request, Page.objects.filter(pk__in=ids)).values_list("pk", flat=True)
        ask_for(request, known)
        response: HttpResponse = super().get(request)
        return response


@access(STAFF)
def bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Do something with several things at once: of those that somebody may touch; Wagtail would name the others too."""
    action_class = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if action_class is None:
        raise Http404
    model = next(one for one in action_class.models if one._meta.label_lower == f"{app_label}.{model_name}")
    asked = request.GET.getlist("id")
    wanted = asked
    if "all" in asked:
        parent = request.GET.get("childOf")
        wanted = [str(pk) for pk in action_class(request, model).get_all_objects_in_listing_query(parent)]
    elif not all(pk.isdigit() for pk in asked):
        raise Http404
    known = things_of(request, model).filter(pk__in=wanted)
    ids = list(known.values_list("pk", flat=True))
    if "all" not in asked and len(ids) < len(set(asked)):
        raise Http404
    ask_for(request, ids)
    response: HttpResponse = action_class(request, model).dispatch(request)
    return response


def things_of(request: HttpRequest, model: type[Model]) -> QuerySet[Any]:
    """Return the things of a kind that somebody may do anything with."""
    found: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_any_permission_for(request.user, ACTS)
    return found


def ask_for(request: HttpRequest, ids: Iterable[int]) -> None:
    """Put these into the query in place of the things that were asked for."""
    query = request.GET.copy()
    query.setlist("id", [str(pk) for pk in ids])
    request.GET = query  # type: ignore[assignment]  # Wagtail reads it there, and never writes
