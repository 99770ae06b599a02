"""The one door: a folder in, a plan out, and everything or nothing written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from academy.exchange.content_pack.execute import execute
from academy.exchange.content_pack.languages import check_catalogues, other_languages
from academy.exchange.content_pack.plan import Plan, plan_pack
from academy.exchange.content_pack.questions import check_items
from academy.exchange.content_pack.refs import Refs
from academy.exchange.content_pack.tree import build_tree
from academy.exchange.framework_pack import PackFrameworks, read_frameworks
from academy.framework.domain.lookups import current_roles, current_skills
from academy.lib.problems import Problem
from academy.standards.content_pack import Pack, check_links, read_pack


class PackRefused(Exception):
    """The pack can't be loaded, and nothing was written; ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def load_content(*, root: Path, at: datetime, dry_run: bool = False, overwrite: bool = False) -> Plan:
    """Load the pack below ``root`` and return the plan that was carried out; with ``dry_run``, only the plan.

    Pages that somebody edited in the CMS are kept, unless ``overwrite``. Raises PackRefused, with a problem a
    line, when anything is wrong; then nothing is written.
    """
    source = settings.LANGUAGE_CODE
    pack = read_pack(root, source=source, languages=other_languages(source))
    frameworks = read_frameworks(root=root)
    problems = [*pack.problems, *frameworks.problems, *_check_links(pack, frameworks), *check_items(pack)]
    if not problems:
        problems += _check_home(pack)
    _refuse(problems)
    plan = plan_pack(pack=pack, sources=frameworks.sources, overwrite=overwrite)
    _refuse(plan.problems)
    if not dry_run:
        execute(plan, at=at)
    return plan


def _check_links(pack: Pack, frameworks: PackFrameworks) -> tuple[Problem, ...]:
    """Skills and roles may be the pack's own, or those of another framework that was loaded before."""
    if frameworks.problems:
        return check_links(pack, skills=None, roles=None)
    skills = {skill.slug for source in frameworks.sources for skill in source.skills}
    roles = {role.slug for source in frameworks.sources for role in source.roles}
    return check_links(
        pack,
        skills=skills.union(current_skills().values_list("slug", flat=True)),
        roles=roles.union(current_roles().values_list("slug", flat=True)),
    )


def _check_home(pack: Pack) -> tuple[Problem, ...]:
    nodes = build_tree(pack)
    return check_catalogues(pack, nodes[0], Refs(nodes, {}))


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(sorted(set(problems)))
    if found:
        raise PackRefused(found)
