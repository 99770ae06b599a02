"""A person with a word that occurs nowhere else in every text about them, and a search for such words everywhere."""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.db import connection
from django.db.models import CharField, Field, FileField, JSONField, Model, TextField
from PIL import Image
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.search.models import IndexEntry
from wagtail.users.models import UserProfile

from academy.lib.privacy import Personal
from academy.people.domain.declarations import declarations
from academy.people.enums import MailState
from academy.people.models import User
from assessments.enums import ItemKind
from tests.factories.assessments import AnswerFactory
from tests.factories.people import PASSWORD, AuditEventFactory, InvitationFactory, InvitationMailFactory, UserFactory
from tests.support.factories import factories
from tests.support.moment import AT

# Short enough for every column, and in no code, hash or text of ours by chance.
CANARY = "zqxcy"
# The search of PostgreSQL keeps its own kind of column; SQLite keeps plain text.
TEXTS = (CharField, TextField, JSONField, FileField)
# Text columns that hold a key to another row, not words.
KEYS = {"wagtailsearch.IndexEntry": {"object_id"}, "people.User": {"password"}}
# Where the person's acts on others came from: it goes with them, and stands beside what is those others' business.
UNTOLD = {("people.AuditEvent", "own origin"), ("people.AuditEvent", "own device")}


class Canaries:
    """Plants a person; ``words`` says where each canary sits, as (label, field)."""

    def __init__(self) -> None:
        self.words: dict[tuple[str, str], str] = {}
        self._letters = ("".join(pair) for pair in itertools.product(string.ascii_lowercase, repeat=2))
        self.person: User = UserFactory(
            email=f"{self.word('people.User', 'email')}@example.org",
            display_name=self.word("people.User", "display_name"),
            time_zone=self.word("people.User", "time_zone"),
            last_login=AT,
            password=PASSWORD,
        )
        self.page = Page.get_first_root_node().get_first_child()
        # What others point to comes first.
        for model, personal in reversed(declarations().items()):
            if personal.about and model not in {User, PageLogEntry}:
                self.plant(model, personal)
        self.plant_traces()

    def word(self, label: str, field: str) -> str:
        """Return a new word, and note where it goes."""
        self.words[label, field] = f"{CANARY}{next(self._letters)}"
        return self.words[label, field]

    def plant(self, model: type[Model], personal: Personal) -> None:
        """Store a row about the person, with a word in each text that is not said to stay."""
        label = model._meta.label
        texts = {field.name: self.text(label, field) for field in text_fields(model, personal)}
        if label in MAKERS:
            MAKERS[label](self, texts)
        else:
            assert isinstance(personal.about, str)
            factories()[model](
                **{personal.about: self.person.pk if personal.about == "learner_id" else self.person}, **texts
            )

    def text(self, label: str, field: Field) -> Any:
        """Return something that the field takes."""
        word = self.word(label, field.name)
        if isinstance(field, JSONField):
            return {"deep": [{"inside": word}]}
        if isinstance(field, FileField):
            return ContentFile(picture(word), name=f"{word}.png")
        return f"{word}@example.org" if field.name == "email" else word

    def plant_traces(self) -> None:
        """Put words where no key leads to the person: histories of pages, and their stored versions."""
        person, page = self.person, self.page.specific
        comment = Comment.objects.create(
            user=person, page=page, text=self.word("wagtailcore.PageLogEntry", "comment"), contentpath="title"
        )
        reply = CommentReply(user=person, comment=comment, text=self.word("wagtailcore.PageLogEntry", "reply"))
        reply.save()
        comment.log_create(user=person)
        reply.log_create(user=person)
        # Somebody else answers, resolves and deletes: their entries repeat the person's words.
        other = UserFactory()
        answer = CommentReply.objects.create(user=other, comment=comment, text="I disagree")
        answer.log_create(user=other)
        reply.log_delete(user=other)
        page.save_revision(user=person)
        reply.delete()
        page.save_revision(user=other)
        log(
            page,
            "wagtail.workflow.reject",
            user=person,
            data={"workflow": {"title": "Two pairs of eyes"}, "comment": self.word("wagtailcore.PageLogEntry", "word")},
        )
        entry = log(
            self.page.locale,
            "wagtail.workflow.approve",
            user=person,
            data={"comment": self.word("wagtailcore.ModelLogEntry", "word")},
        )
        assert isinstance(entry, ModelLogEntry)
        # What the person did to somebody else, and what somebody else looked for.
        AuditEventFactory(
            actor_id=person.pk,
            object_id=str(other.pk),
            **{name: self.word(*place) for place in UNTOLD for name in [place[1].removeprefix("own ")]},
        )
        AuditEventFactory(object_type="", object_id="", after={"filters": {"actor": person.email}})
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=person, locked_at=AT)


def text_fields(model: type[Model], personal: Personal) -> list[Field]:
    """Return the fields of ``model`` that may hold words of or about a person."""
    return [
        field
        for field in model._meta.concrete_fields
        if (isinstance(field, TEXTS) or type(field).__name__ == "SearchVectorField")
        and not field.choices
        and field.name not in {*personal.stays, *KEYS.get(model._meta.label, ())}
    ]


def picture(word: str) -> bytes:
    """Return a small picture with the word inside."""
    stream = BytesIO()
    Image.new("RGB", (2, 2)).save(stream, "PNG")
    return stream.getvalue() + word.encode()


def _session(canaries: Canaries, texts: dict[str, Any]) -> None:
    """Sessions are encoded: one in which the person is signed in, one with their address, and one of somebody else."""
    del canaries.words["sessions.Session", "session_key"], canaries.words["sessions.Session", "session_data"]
    for content in (
        {"_auth_user_id": str(canaries.person.pk)},
        {"account_verified_email": canaries.person.email},
        {"_auth_user_id": "0"},
    ):
        store = SessionStore()
        store.update(content)
        store.save()


def _address(canaries: Canaries, texts: dict[str, Any]) -> None:
    EmailAddress.objects.create(user=canaries.person, primary=False, **texts)


def _confirmation(canaries: Canaries, texts: dict[str, Any]) -> None:
    address = EmailAddress.objects.get(user=canaries.person, primary=True)
    EmailConfirmation.objects.create(email_address=address, created=AT, **texts)


def _log_entry(canaries: Canaries, texts: dict[str, Any]) -> None:
    """What the CMS told of the account, when the person had this name."""
    ModelLogEntry.objects.create(
        content_type=_people(), object_id=str(canaries.person.pk), action="wagtail.edit", timestamp=AT, **texts
    )


def _task_state(canaries: Canaries, texts: dict[str, Any]) -> None:
    workflow, task = Workflow.objects.create(name="Two pairs of eyes"), Task.objects.create(name="Read")
    state = WorkflowState.objects.create(
        content_type=canaries.page.content_type,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(canaries.page.pk),
        workflow=workflow,
        requested_by=canaries.person,
        status="approved",
    )
    revision = canaries.page.specific.save_revision()
    TaskState.objects.create(
        workflow_state=state, revision=revision, task=task, finished_by=canaries.person, finished_at=AT, **texts
    )


def _people() -> ContentType:
    return ContentType.objects.get_for_model(User)


def _task(canaries: Canaries, texts: dict[str, Any]) -> None:
    """A message to the person: what the finder goes by is the address among its arguments."""
    texts["args_kwargs"] |= {"args": [canaries.person.email], "kwargs": {}}
    apps.get_model("django_tasks_database.DBTaskResult").objects.create(run_after=AT, **texts)


def _token(canaries: Canaries, texts: dict[str, Any]) -> None:
    account = apps.get_model("socialaccount.SocialAccount").objects.get(user=canaries.person)
    apps.get_model("socialaccount.SocialToken").objects.create(account=account, **texts)


def _below(label: str, **more: Any) -> Callable[[Canaries, dict[str, Any]], Any]:
    """Make a row that hangs on the person alone."""
    return lambda one, texts: apps.get_model(label).objects.create(user=one.person, **more, **texts)


MAKERS: dict[str, Callable[[Canaries, dict[str, Any]], Any]] = {
    "account.EmailAddress": _address,
    "account.EmailConfirmation": _confirmation,
    "django_tasks_database.DBTaskResult": _task,
    "mfa.Authenticator": _below("mfa.Authenticator", type="totp"),
    "socialaccount.SocialAccount": _below("socialaccount.SocialAccount"),
    "socialaccount.SocialToken": _token,
    "usersessions.UserSession": _below("usersessions.UserSession", ip="192.0.2.1"),
    # In one's own words: which option somebody chose stays.
    "assessments.Answer": lambda one, texts: AnswerFactory(
        attempt_item__attempt__learner=one.person,
        attempt_item__version__kind=ItemKind.SHORT_TEXT,
        attempt_item__option_order=[],
        **texts,
    ),
    "people.Invitation": lambda one, texts: InvitationFactory(accepted_by=one.person, accepted_at=AT, **texts),
    "people.InvitationMail": lambda one, texts: InvitationMailFactory(
        invitation=InvitationFactory(accepted_by=one.person, accepted_at=AT), state=MailState.FAILED, **texts
    ),
    "people.AuditEvent": lambda one, texts: AuditEventFactory(object_id=str(one.person.pk), **texts),
    "people.User_user_permissions": lambda one, texts: one.person.user_permissions.add(Permission.objects.first()),
    "sessions.Session": _session,
    "wagtailadmin.EditingSession": lambda one, texts: EditingSession.objects.create(
        user=one.person, content_type=_people(), last_seen_at=AT, **texts
    ),
    "wagtailadmin.FormState": lambda one, texts: FormState.objects.create(
        user=one.person, content_type=_people(), last_updated_at=AT, **texts
    ),
    "wagtailcore.APIToken": lambda one, texts: APIToken.objects.create(user=one.person, **texts),
    "wagtailcore.Comment": lambda one, texts: Comment.objects.create(
        user=one.person, page=one.page.specific, contentpath="title", **texts
    ),
    "wagtailcore.CommentReply": lambda one, texts: CommentReply.objects.create(
        user=one.person,
        comment=Comment.objects.create(user=UserFactory(), page=one.page.specific, text="Why?", contentpath="title"),
        **texts,
    ),
    "wagtailcore.ModelLogEntry": _log_entry,
    "wagtailcore.PageSubscription": lambda one, texts: PageSubscription.objects.create(
        user=one.person, page=one.page, comment_notifications=True
    ),
    "wagtailcore.TaskState": _task_state,
    "wagtailcore.UploadedFile": lambda one, texts: UploadedFile.objects.create(uploaded_by_user=one.person, **texts),
    "wagtailsearch.IndexEntry": lambda one, texts: IndexEntry.objects.create(
        content_type=_people(), object_id=str(one.person.pk), **texts
    ),
    "wagtailusers.UserProfile": lambda one, texts: UserProfile.objects.create(user=one.person, **texts),
}


# Searching ---------------------------------------------------------------------------------------


def snapshot() -> dict[str, list[tuple[str, ...]]]:
    """Return every row of every table of the database, as text, whatever models there are."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- the tables that are there
            found[table] = [tuple(map(plain, row)) for row in cursor.fetchall()]
    return found


def plain(value: Any) -> str:
    """Return a stored value as text; SQLite's search keeps its index in bytes."""
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def words_in_database() -> set[str]:
    """Return the canaries in any column of any table, inside sessions too."""
    text = "\n".join(str(row) for rows in snapshot().values() for row in rows)
    text += "\n".join(str(SessionStore().decode(session.session_data)) for session in Session.objects.all())
    return words_in(text)


def words_in_files(storage: Storage = default_storage) -> set[str]:
    """Return the canaries in names and contents of stored files."""
    found = set()
    for path in _files(storage, ""):
        with storage.open(path) as file:
            found |= words_in(path) | words_in(file.read().decode("latin-1"))
    return found


def _files(storage: Storage, folder: str) -> Iterator[str]:
    folders, files = storage.listdir(folder)
    yield from (f"{folder}{name}" for name in files)
    for inner in folders:
        yield from _files(storage, f"{folder}{inner}/")


def words_in(text: str) -> set[str]:
    """Return the canaries in a text, in whatever case."""
    text = text.lower()
    return {text[at : at + len(CANARY) + 2] for at in range(len(text)) if text.startswith(CANARY, at)}
