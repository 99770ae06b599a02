"""The personal data in models of other packages. Our own models declare theirs in place: academy/lib/privacy.py.

Every installed model stands in one of the two lists, or the suite fails: so that a table that an update brings is
thought about before it holds anybody's data. Packages that an installation may leave out stand here all the same.
"""

from django.utils.translation import gettext_lazy as _

from academy.lib.privacy import Keep, Personal, PrivacyTable
from academy.people.domain import traces

AUTHORS = _("Who wrote, changed or decided what, by a number without a name: content must be traceable.")

TABLE = PrivacyTable(
    personal={
        # Who somebody is, and how they sign in
        "account.EmailAddress": Personal(
            what=_("Your e-mail addresses."), keep=Keep.ACCOUNT, about="user", delete=True
        ),
        "account.EmailConfirmation": Personal(
            what=_("Links to confirm an address that we sent you."),
            keep=Keep.ACCOUNT,
            about="email_address__user",
            delete=True,
            hidden=("key",),
        ),
        "mfa.Authenticator": Personal(
            what=_("Your second factors: apps, keys and recovery codes."),
            keep=Keep.ACCOUNT,
            about="user",
            delete=True,
            hidden=("data",),
        ),
        "socialaccount.SocialAccount": Personal(
            what=_("Accounts elsewhere with which you sign in."), keep=Keep.ACCOUNT, about="user", delete=True
        ),
        "socialaccount.SocialToken": Personal(
            what=_("Keys to those accounts."),
            keep=Keep.ACCOUNT,
            about="account__user",
            delete=True,
            hidden=("token", "token_secret"),
        ),
        "sessions.Session": Personal(
            what=_("Where you are signed in."),
            keep=Keep.SESSION,
            about=traces.sessions_of,
            delete=True,
            since="expire_date",
            hidden=("session_key", "session_data"),
        ),
        "usersessions.UserSession": Personal(
            what=_("From which browsers and addresses you are signed in."),
            keep=Keep.SESSION,
            about="user",
            delete=True,
            since=traces.session_notes_over,
            hidden=("session_key",),
        ),
        "people.User_user_permissions": Personal(
            what=_("Rights that were given to you alone."),
            keep=Keep.ACCOUNT,
            about="user",
            delete=True,
            reads={"permission": "permission__codename"},
        ),
        "wagtailcore.APIToken": Personal(
            what=_("Keys with which your programs reach the site."),
            keep=Keep.ACCOUNT,
            about="user",
            delete=True,
            hidden=("key_hash",),
        ),
        # How staff work in the CMS
        "wagtailusers.UserProfile": Personal(
            what=_("Your preferences in the CMS, and your picture."),
            keep=Keep.ACCOUNT,
            about="user",
            delete=True,
            files=("avatar",),
        ),
        "wagtailcore.PageSubscription": Personal(
            what=_("Pages about whose comments you are told."),
            keep=Keep.WORK,
            about="user",
            delete=True,
            reads={"page": "page__title"},
        ),
        "wagtailadmin.EditingSession": Personal(
            what=_("Pages that you have open in the editor."),
            keep=Keep.WORK,
            about="user",
            delete=True,
            since="last_seen_at",
        ),
        "wagtailadmin.FormState": Personal(
            what=_("Forms of the CMS that you have begun to fill in."),
            keep=Keep.WORK,
            about="user",
            delete=True,
            since="last_updated_at",
        ),
        "wagtailcore.UploadedFile": Personal(
            what=_("Files that you have begun to upload."),
            keep=Keep.WORK,
            about="uploaded_by_user",
            delete=True,
            files=("file",),
        ),
        # What staff write and decide
        "wagtailcore.Comment": Personal(
            what=_("Your comments on pages."),
            keep=Keep.CONTENT,
            about="user",
            acts={"resolved_by": "resolved_at"},
            wipe=traces.wipe_comments,
            why=_("That there was a comment, without its words: others answered it."),
            stays=("contentpath", "position"),
            reads={"page": "page__title"},
        ),
        "wagtailcore.CommentReply": Personal(
            what=_("Your answers to comments on pages."),
            keep=Keep.CONTENT,
            about="user",
            wipe=traces.wipe_replies,
            why=_("That there was an answer, without its words: others answered it."),
            reads={"page": "comment__page__title"},
        ),
        "wagtailcore.TaskState": Personal(
            what=_("What you approved or rejected, and your words."),
            keep=Keep.CONTENT,
            about="finished_by",
            wipe=traces.wipe_task_states,
            why=AUTHORS,
            hidden=("revision", "workflow_state"),
        ),
        "wagtailcore.WorkflowState": Personal(
            what=_("What you sent for approval."),
            keep=Keep.CONTENT,
            acts={"requested_by": "created_at"},
            why=AUTHORS,
        ),
        "wagtailcore.Page": Personal(
            what=_("Pages that you made or locked."),
            keep=Keep.CONTENT,
            acts={"owner": "first_published_at", "locked_by": "locked_at"},
            wipe=traces.wipe_locks,
            why=AUTHORS,
        ),
        "wagtailcore.Revision": Personal(
            what=_("Versions of pages that you saved."),
            keep=Keep.CONTENT,
            acts={"user": "created_at"},
            wipe=traces.wipe_revisions,
            why=AUTHORS,
        ),
        "wagtaildocs.Document": Personal(
            what=_("Documents that you uploaded for everybody."),
            keep=Keep.CONTENT,
            acts={"uploaded_by_user": "created_at"},
            why=AUTHORS,
        ),
        "wagtailimages.Image": Personal(
            what=_("Images that you uploaded for everybody."),
            keep=Keep.CONTENT,
            acts={"uploaded_by_user": "created_at"},
            why=AUTHORS,
        ),
        "wagtail_localize.StringTranslation": Personal(
            what=_("Sentences that you translated."),
            keep=Keep.CONTENT,
            acts={"last_translated_by": "updated_at"},
            why=AUTHORS,
        ),
        "wagtail_localize.SegmentOverride": Personal(
            what=_("Parts of translated pages that you chose."),
            keep=Keep.CONTENT,
            acts={"last_translated_by": "updated_at"},
            why=AUTHORS,
        ),
        # Who did what
        "wagtailcore.ModelLogEntry": Personal(
            what=_("The history of your account, and what you did to other things than pages."),
            keep=Keep.AUDIT,
            about=traces.model_log_of,
            acts={"user": "timestamp"},
            wipe=traces.wipe_model_log,
            blank={"label": "", "data": {}},
            why=_("Who may do what must be accounted for, by a number without a name."),
            stays=("action", "object_id"),
            since="timestamp",
            final=True,
        ),
        "wagtailcore.PageLogEntry": Personal(
            what=_("What you did to pages, and your words in their history."),
            keep=Keep.AUDIT,
            about=traces.page_log_with_words_of,
            acts={"user": "timestamp"},
            wipe=traces.wipe_page_log,
            blank={"data": {}},
            why=_("Who published what must be accounted for, by a number without a name."),
            stays=("action", "label"),  # the title of the page
            since="timestamp",
            final=True,
        ),
        "wagtailsearch.IndexEntry": Personal(
            what=_("What the search of the CMS finds of you."),
            keep=Keep.ACCOUNT,
            about=traces.index_entries_of,
            delete=True,
            wipe=traces.forget_deleted_terms,
            hidden=("title", "body", "autocomplete"),  # the name, cut up for searching
        ),
        # What waits to be sent
        "django_tasks_database.DBTaskResult": Personal(
            what=_("Messages and other work for you that the site does in the background."),
            keep=Keep.MESSAGE,
            about=traces.tasks_about,
            delete=True,
            since=traces.tasks_done,
            hidden=("traceback", "worker_ids"),
        ),
    },
    none=frozenset(
        {
            "auth.Group",
            "auth.Group_permissions",
            "auth.Permission",
            "contenttypes.ContentType",
            "socialaccount.SocialApp",
            "taggit.Tag",
            "taggit.TaggedItem",
            "wagtail_localize.LocaleSynchronization",
            "wagtail_localize.OverridableSegment",
            "wagtail_localize.RelatedObjectSegment",
            "wagtail_localize.String",
            "wagtail_localize.StringSegment",
            "wagtail_localize.Template",
            "wagtail_localize.TemplateSegment",
            "wagtail_localize.TranslatableObject",
            "wagtail_localize.Translation",
            "wagtail_localize.TranslationContext",
            "wagtail_localize.TranslationLog",
            "wagtail_localize.TranslationSource",
            "wagtailadmin.Admin",
            "wagtailcore.Collection",
            "wagtailcore.CollectionViewRestriction",
            "wagtailcore.CollectionViewRestriction_groups",
            "wagtailcore.GroupApprovalTask",
            "wagtailcore.GroupApprovalTask_groups",
            "wagtailcore.GroupCollectionPermission",
            "wagtailcore.GroupPagePermission",
            "wagtailcore.GroupSitePermission",
            "wagtailcore.Locale",
            "wagtailcore.PageViewRestriction",
            "wagtailcore.PageViewRestriction_groups",
            "wagtailcore.ReferenceIndex",
            "wagtailcore.Site",
            "wagtailcore.Task",
            "wagtailcore.Workflow",
            "wagtailcore.WorkflowContentType",
            "wagtailcore.WorkflowPage",
            "wagtailcore.WorkflowTask",
            "wagtailembeds.Embed",
            "wagtailimages.Rendition",
            "wagtailredirects.Redirect",
            # The other shape of wagtailsearch.IndexEntry: SQLite keeps it in step with its triggers.
            "wagtailsearch.SQLiteFTSIndexEntry",
        }
    ),
)
