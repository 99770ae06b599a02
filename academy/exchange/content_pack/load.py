"""The one door: a folder in, a plan out, and everything or nothing written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from academy.exchange.content_pack.execute import PackRefused, execute
from academy.exchange.content_pack.languages import check_catalogues, other_languages
from academy.exchange.content_pack.plan import Plan, plan_pack
from academy.exchange.content_pack.questions import check_items
from academy.exchange.content_pack.refs import Refs
from academy.exchange.content_pack.tree import build_tree
from academy.exchange.framework_pack import read_frameworks
from academy.framework.domain.lookups import current_roles, current_skills
from academy.lib.problems import Problem
from academy.standards.content_pack import Pack, check_links, read_pack


def load_content(*, root: Path, at: datetime, dry_run: bool = False, overwrite: bool = False) -> Plan:
    """Load the pack below ``root`` and return the plan that was carried out; with ``dry_run``, only the plan.

    Pages that somebody edited in the CMS are kept, unless ``overwrite``. Raises PackRefused, with a problem a
    line, when anything is wrong; then nothing is written.
    """
    source = settings.LANGUAGE_CODE
    pack = read_pack(root, source=source, languages=other_languages(source))
    frameworks = read_frameworks(root=root)
    problems = [*pack.problems, *frameworks.problems]
    problems += check_links(
        pack,
        skills={skill.slug for source in frameworks.sources for skill in source.skills} | _slugs(current_skills()),
        roles={role.slug for source in frameworks.sources for role in source.roles} | _slugs(current_roles()),
    )
    problems += check_items(pack)
    if not problems:
        problems += _check_home(pack)
    _refuse(problems)
    plan = plan_pack(pack=pack, sources=frameworks.sources, overwrite=overwrite)
    _refuse(plan.problems)
    if not dry_run:
        execute(plan, at=at)
    return plan


def _slugs(rows: Iterable[object]) -> set[str]:
    return {str(getattr(row, "slug", "")) for row in rows}


def _check_home(pack: Pack) -> tuple[Problem, ...]:
    nodes = build_tree(pack)
    return check_catalogues(pack, nodes[0], Refs(nodes, {}))


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(sorted(set(problems)))
    if found:
        raise PackRefused(found)
