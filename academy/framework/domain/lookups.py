"""Finding a skill or a role by its slug, over the current editions."""

from __future__ import annotations

from django.db.models import QuerySet

from academy.framework.models import Edition, Role, Skill


class SkillNotFound(LookupError):
    """No current edition has a skill of that code."""


class RoleNotFound(LookupError):
    """No current edition has a role of that slug."""


def current_editions(*, framework_code: str | None = None) -> QuerySet[Edition]:
    """The current edition of each framework, or of one, with the framework, in the order of the frameworks."""
    editions = Edition.objects.current().select_related("framework")
    if framework_code:
        editions = editions.filter(framework__code=framework_code)
    return editions.order_by("framework__position", "framework__code")


def current_skills(*, framework_code: str | None = None) -> QuerySet[Skill]:
    """Skills of the current editions, or of one framework's, with edition and framework, frameworks in their order."""
    editions = current_editions(framework_code=framework_code).order_by().values("pk")
    order = ("edition__framework__position", "edition__framework__code", "name")
    return Skill.objects.filter(edition__in=editions).select_related("edition__framework").order_by(*order)


def current_roles(*, framework_code: str | None = None) -> QuerySet[Role]:
    """Roles of the current editions, or of one framework's, with family, edition and framework, in their order."""
    editions = current_editions(framework_code=framework_code).order_by().values("pk")
    order = ("edition__framework__position", "edition__framework__code", "position")
    return Role.objects.filter(edition__in=editions).select_related("family", "edition__framework").order_by(*order)


def find_skill(code: str, framework_code: str | None = None) -> Skill:
    """Return the skill whose slug is ``code``, of the first framework that has one, or raise SkillNotFound."""
    skill = current_skills(framework_code=framework_code).filter(slug=code).first()
    if skill is None:
        raise SkillNotFound(f"No framework has a skill {code!r}.")
    return skill


def find_role(slug: str, framework_code: str | None = None) -> Role:
    """Return the role of that slug, of the first framework that has one, or raise RoleNotFound."""
    role = current_roles(framework_code=framework_code).filter(slug=slug).first()
    if role is None:
        raise RoleNotFound(f"No framework has a role {slug!r}.")
    return role
