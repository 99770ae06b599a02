"""Effects that happen once, however often their task runs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from academy.jobs.models import DoneOnce


class NotInATransaction(Exception):
    """``once`` was asked outside a transaction: its mark would outlive an effect that fails."""


def once(*, key: str, at: datetime) -> bool:
    """Say whether the effect called ``key`` is still to do, and mark it as done.

    ::

        with transaction.atomic():
            if once(key=f"invitation:{invitation.pk}", at=now()):
                ...  # the effect

    The mark and the effect are committed together, so an effect in the database happens exactly once; of two workers
    at the same key the second waits for the first. A mail or a call to another system happens *at least* once: a
    worker that is killed between it and the commit does it again. Give such a call the key too.
    Keys are made of words and ids, never of names or addresses. Raises NotInATransaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInATransaction(key)
    return DoneOnce.objects.get_or_create(key=key, defaults={"done_at": at})[1]
