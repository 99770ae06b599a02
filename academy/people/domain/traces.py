"""The traces of a person in tables of other packages, where no foreign key leads to them: found, and wiped.

Each ``*_of`` finds rows for the record to download, each ``wipe_*`` is a step of closing an account and returns how
many rows it touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page, PageLogEntry, Revision, TaskState
from wagtail.search.models import IndexEntry

from academy.lib.privacy import Closing
from academy.people.models import User

# The queue, which an installation may leave out.
TASKS = ("django_tasks_database", "DBTaskResult")
# Where somebody is signed in, as allauth notes it.
SESSION_NOTES = ("usersessions", "UserSession")
# What stands in place of words that were withdrawn, in a discussion that others go on reading.
WITHDRAWN = "-"
# Log entries of these acts repeat words that the actor wrote.
WORDY = Q(action__startswith="wagtail.comments") | Q(action__startswith="wagtail.workflow")


# Sessions: who is signed in stands inside, encoded -----------------------------------------------


def sessions_of(person: User) -> QuerySet[Session]:
    """Return the sessions in which the person is signed in, or in which their address stands (a sign-up half done)."""
    return Session.objects.filter(pk__in=list(_session_keys(person)))


def _session_keys(person: User) -> Iterator[str]:
    store = SessionStore()
    for session in Session.objects.iterator(chunk_size=1000):
        content = store.decode(session.session_data)
        if str(content.get("_auth_user_id")) == str(person.pk) or person.email in str(content):
            yield session.session_key


def session_notes_over(before: datetime) -> QuerySet[Any, Any]:
    """Return the notes of sessions that ended before a moment. One may be left alone for days and still be open."""
    rows: Any = apps.get_model(*SESSION_NOTES)
    open_since = Session.objects.filter(expire_date__gte=before).values("session_key")
    over: QuerySet[Any, Any] = rows.objects.filter(last_seen_at__lt=before).exclude(session_key__in=open_since)
    return over


# The CMS's history -------------------------------------------------------------------------------


def model_log_of(person: User) -> QuerySet[Any, Any]:
    """Return the entries of the account's own history, and those that repeat what the person wrote."""
    entries: QuerySet[Any, Any] = ModelLogEntry.objects.filter(_own(person) | WORDY & Q(user=person))
    return entries


def _own(person: User) -> Q:
    """The history of one account: the label of its entries is the person's name."""
    return Q(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))


def wipe_model_log(closing: Closing) -> int:
    """Take the name, and what was changed, out of the account's own history; and their words out of every other."""
    about = int(ModelLogEntry.objects.filter(_own(closing.person)).update(label="", data={}))
    return about + _withdraw_from_log(ModelLogEntry, person=closing.person)


def page_log_with_words_of(person: User) -> QuerySet[Any, Any]:
    """Return the entries of pages that repeat what the person wrote when they made them."""
    entries: QuerySet[Any, Any] = PageLogEntry.objects.filter(WORDY, user=person)
    return entries


def wipe_page_log(closing: Closing) -> int:
    """Take the person's words out of the history of pages. That they did something, and when, stays.

    Entries of others repeat their words as well: an answer is noted with the comment that it answers.
    """
    return _withdraw_from_log(PageLogEntry, person=closing.person)


def _withdraw_from_log(model: Any, *, person: User) -> int:
    comments = _written(person, Comment, "wagtail.comments.create", "comment")
    replies = _written(person, CommentReply, "wagtail.comments.create_reply", "reply")
    touched = 0
    for entry in model.objects.filter(WORDY).exclude(data={}).iterator(chunk_size=1000):
        words, reply = entry.data.get("comment"), entry.data.get("reply") or {}
        if isinstance(words, str):  # of a workflow: who decided wrote them
            found = entry.user_id == person.pk
        else:
            found = isinstance(words, dict) and words.get("id") in comments
        if found or reply.get("id") in replies:
            # All of it: the database lets a log be emptied, not written anew.
            touched += model.objects.filter(pk=entry.pk).update(data={})
    return touched


def _written(person: User, model: type[Model], action: str, key: str) -> set[int]:
    """Return the ids of the comments or replies that the person wrote, deleted ones included."""
    noted = PageLogEntry.objects.filter(user=person, action=action).values_list("data", flat=True)
    present = model._default_manager.filter(user=person).values_list("pk", flat=True)
    return {*present, *(data[key]["id"] for data in noted if key in data)}


def revisions_with_words_of(person: User) -> QuerySet[Revision]:
    """Return the revisions of pages that carry comments of the person. It finds some too many, and none too few."""
    mark = f'"user": {person.pk}'
    revisions: QuerySet[Any, Any] = Revision.objects.annotate(text=Cast("content", TextField()))
    return revisions.filter(text__contains=mark)


def wipe_revisions(closing: Closing) -> int:
    """Withdraw the person's comments from every stored version of every page."""
    touched = 0
    for revision in revisions_with_words_of(closing.person).iterator(chunk_size=100):
        if _withdraw(revision.content, user_id=closing.person.pk):
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
            touched += 1
    return touched


def _withdraw(value: Any, *, user_id: int) -> bool:
    """Withdraw what ``user_id`` wrote anywhere inside ``value``. Returns whether there was anything."""
    found = False
    if isinstance(value, dict):
        if value.get("user") == user_id and value.get("text", WITHDRAWN) != WITHDRAWN:
            value["text"] = WITHDRAWN
            found = True
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            found = _withdraw(inner, user_id=user_id) or found
    return found


def wipe_comments(closing: Closing) -> int:
    """Withdraw the person's words from a discussion; the place of them stays, because others answered."""
    return int(Comment.objects.filter(user=closing.person).update(text=WITHDRAWN))


def wipe_replies(closing: Closing) -> int:
    """The same for their answers to others."""
    return int(CommentReply.objects.filter(user=closing.person).update(text=WITHDRAWN))


def wipe_task_states(closing: Closing) -> int:
    """Withdraw the words with which the person approved or rejected."""
    return int(TaskState.objects.filter(finished_by=closing.person).update(comment=""))


def wipe_locks(closing: Closing) -> int:
    """Give back the pages that the person locked: nobody else could."""
    locked = Page.objects.filter(locked_by=closing.person)
    return int(locked.update(locked=False, locked_by=None, locked_at=None))


def index_entries_of(person: User) -> QuerySet[Any, Any]:
    """Return what the search of the CMS knows of a person, should a person ever be searchable there."""
    own = ContentType.objects.get_for_model(User)
    entries: QuerySet[Any, Any] = IndexEntry.objects.filter(content_type=own, object_id=str(person.pk))
    return entries


def forget_deleted_terms(closing: Closing) -> int:
    """Let SQLite's search forget what was deleted: it keeps the words in its index until it is merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO wagtailsearch_indexentry_fts(wagtailsearch_indexentry_fts) VALUES ('optimize')")
    return 0


# Work that waits ---------------------------------------------------------------------------------


def tasks_about(person: User) -> QuerySet[Any, Any]:
    """Return the tasks, waiting or done, that name the person's address or public id in any of their texts."""
    model: Any = apps.get_model(*TASKS)
    texts = ("args_kwargs", "return_value", "traceback")
    named = Q()
    for field in texts:
        for word in (person.email, str(person.public_id)):
            named |= Q(**{f"{field}_text__contains": word})
    as_text = {f"{field}_text": Cast(field, TextField()) for field in texts}
    rows: QuerySet[Any, Any] = model.objects.annotate(**as_text).filter(named)
    return rows


def tasks_done(before: datetime) -> QuerySet[Any, Any]:
    """Return the tasks that were done before a moment. Those that failed are kept longer: academy.jobs prunes them."""
    model: Any = apps.get_model(*TASKS)
    rows: QuerySet[Any, Any] = model.objects.filter(status="SUCCESSFUL", finished_at__lt=before)
    return rows
