"""Who may use a view. One that declares nothing is closed.

Our own views declare it in place::

    @access(SIGNED_IN)
    def my(request): ...

    @access(PUBLIC)
    class RoleView(TemplateView): ...

Views of other packages are declared in one table, named by the setting ``ACCESS_TABLE``. The middleware
enforces what is declared; a test walks every address and fails on one that declares nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.urls import ResolverMatch
from django.utils.module_loading import import_string

Person = AbstractBaseUser | AnonymousUser
View = TypeVar("View", bound=Callable[..., Any])

ATTRIBUTE = "access_policy"


class Refusal(enum.Enum):
    """What somebody who may not use the view sees."""

    SIGN_IN = "sign_in"  # Nobody signed in: the sign-in page, then back. Somebody signed in: 403.
    HIDE = "hide"  # 404 for everybody: that the page exists is itself not for them.


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Who may: ``name`` for people who read the table, ``test`` for the middleware.

    ``above_learner``: what it opens is more than learning, so that staff need a second factor for it.
    """

    name: str
    test: Callable[[Any], bool]
    refusal: Refusal = Refusal.SIGN_IN
    above_learner: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Policies of views that we did not write.

    ``names`` are exact names of addresses with their namespace (``wagtailimages_serve``);
    ``prefixes`` are the start of a route (``cms/``), for a package that declares its own rights inside.
    Names win over prefixes, the longest prefix over shorter ones.
    """

    names: Mapping[str, Policy] = field(default_factory=dict)
    prefixes: Mapping[str, Policy] = field(default_factory=dict)


def _anyone(user: Person) -> bool:
    return True


def _no_one(user: Person) -> bool:
    return False


def _signed_in(user: Person) -> bool:
    return user.is_authenticated


def _may_open_cms(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


PUBLIC = Policy(name="public", test=_anyone)
SIGNED_IN = Policy(name="signed in", test=_signed_in)
STAFF = Policy(name="staff", test=_may_open_cms, above_learner=True)
# For what a package brings along and we do not use.
NOBODY = Policy(name="nobody", test=_no_one, refusal=Refusal.HIDE)


def rule(
    name: str, test: Callable[[Any], bool], *, refusal: Refusal = Refusal.SIGN_IN, above_learner: bool = True
) -> Policy:
    """Return a policy for signed-in people who pass ``test(user)``; ``test`` never sees anonymous visitors.

    Say ``above_learner=False`` of what learners do: staff without a second factor may do it too.
    """

    def passes(user: Any) -> bool:
        return bool(user.is_authenticated and test(user))

    return Policy(name=name, test=passes, refusal=refusal, above_learner=above_learner)


def access(policy: Policy) -> Callable[[View], View]:
    """Mark a function view, the result of ``as_view()`` or a view class with ``policy``."""

    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, policy)
        return view

    return mark


def policy_of(match: ResolverMatch) -> Policy | None:
    """Return what the view of ``match`` declares, else what the table says of it, else None.

    A class speaks for itself alone: a subclass of a public view is not public until it says so.
    """
    declared = vars(match.func).get(ATTRIBUTE) if hasattr(match.func, "__dict__") else None
    if declared is None:
        view_class = getattr(match.func, "view_class", None)
        declared = vars(view_class).get(ATTRIBUTE) if view_class else None
    if isinstance(declared, Policy):
        return declared
    return _policy_in_table(match)


def _policy_in_table(match: ResolverMatch) -> Policy | None:
    table: Table = import_string(settings.ACCESS_TABLE)
    if match.view_name in table.names:
        return table.names[match.view_name]
    fitting = [prefix for prefix in table.prefixes if match.route.startswith(prefix)]
    return table.prefixes[max(fitting, key=len)] if fitting else None
