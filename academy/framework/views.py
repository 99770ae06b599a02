"""The framework to read: roles, skills and what each level asks."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from academy.framework.api import (
    FrameworkNotFound,
    RoleNotFound,
    SkillNotFound,
    current_frameworks,
    framework_index,
    role_page,
    roles_by_letter,
    skill_page,
    skills_by_letter,
)
from academy.lib.access import PUBLIC, access

Crumbs = list[dict[str, str]]


@access(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All frameworks with their families and roles; ``?framework=code`` shows one."""
    try:
        frameworks = framework_index(framework_code=_framework_code(request))
    except FrameworkNotFound as error:
        raise Http404(str(error)) from error
    return render(request, "framework/index.html", {"frameworks": frameworks, "breadcrumbs": _crumbs()})


@access(PUBLIC)
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Roles from A to Z; ``?framework=code`` shows those of one framework."""
    try:
        letters = roles_by_letter(framework_code=_framework_code(request))
    except FrameworkNotFound as error:
        raise Http404(str(error)) from error
    return render(request, "framework/roles.html", _list_context(request, letters=letters))


@access(PUBLIC)
@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    """Skills from A to Z; ``?framework=code`` shows those of one framework."""
    try:
        letters = skills_by_letter(framework_code=_framework_code(request))
    except FrameworkNotFound as error:
        raise Http404(str(error)) from error
    return render(request, "framework/skills.html", _list_context(request, letters=letters))


@access(PUBLIC)
@require_safe
def role(request: HttpRequest, role: str) -> HttpResponse:
    """One role; ``?framework=code`` where two frameworks have a role of that slug."""
    try:
        found = role_page(slug=role, framework_code=_framework_code(request))
    except RoleNotFound as error:
        raise Http404(str(error)) from error
    crumbs = _crumbs(gettext("Framework"), "framework:index", gettext("Roles"), "framework:roles")
    return render(request, "framework/role.html", {"role": found, "breadcrumbs": crumbs})


@access(PUBLIC)
@require_safe
def skill(request: HttpRequest, skill: str) -> HttpResponse:
    """One skill; ``?framework=code`` where two frameworks have a skill of that slug."""
    try:
        found = skill_page(slug=skill, framework_code=_framework_code(request))
    except SkillNotFound as error:
        raise Http404(str(error)) from error
    crumbs = _crumbs(gettext("Framework"), "framework:index", gettext("Skills"), "framework:skills")
    return render(request, "framework/skill.html", {"skill": found, "breadcrumbs": crumbs})


def _framework_code(request: HttpRequest) -> str | None:
    return request.GET.get("framework") or None


def _list_context(request: HttpRequest, **context: Any) -> dict[str, Any]:
    return {
        **context,
        "frameworks": current_frameworks(),
        "chosen": _framework_code(request),
        "breadcrumbs": _crumbs(gettext("Framework"), "framework:index"),
    }


def _crumbs(*steps: str) -> Crumbs:
    """Return the way from the home page; ``steps`` are titles and names of addresses in turn."""
    home = {"title": gettext("Home"), "url": reverse("wagtail_serve", args=[""])}
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return [home, *({"title": title, "url": reverse(name)} for title, name in pairs)]
