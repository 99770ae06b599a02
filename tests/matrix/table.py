"""Who may use which address: the table that the suite holds the site against.

It is written by hand, in kinds of people, and asks the code's own tables nothing: where the two disagree, one of
them is wrong. An address that is not here fails the suite, which prints the line to add.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ANONYMOUS = frozenset({"anonymous", "disabled"})
# They learn, and open no CMS: to mark and to confirm has pages of its own.
LEARNERS = frozenset({"learner", "marker", "verifier"})
OPERATOR = frozenset({"operator"})
SITE = OPERATOR | {"site_admin"}
STAFF_OF_A_COUNTRY = frozenset(
    {"author", "reviewer", "publisher", "trainer", "programme_manager", "organisation_admin", "auditor"}
)

NOBODY: frozenset[str] = frozenset()
CMS = STAFF_OF_A_COUNTRY | SITE
SIGNED_IN = CMS | LEARNERS
PUBLIC = SIGNED_IN | ANONYMOUS

ADD_PAGES = SITE | {"author"}
EDIT_PAGES = SITE | {"author", "publisher"}
PUBLISH_PAGES = SITE | {"publisher"}
# A reviewer sees what waits for them, and nothing else.
READ_WAITING_PAGES = EDIT_PAGES | {"reviewer"}
# Administrators are in no group of reviewers, and approve by publishing.
REVIEW = OPERATOR | {"reviewer"}
ADD_FILES = SITE | {"author"}
CHOOSE_FILES = SITE | {"author", "publisher"}
READ_QUESTIONS = SITE | {"author", "reviewer"}
WRITE_QUESTIONS = SITE | {"author"}
SEE_PEOPLE = SITE | {"trainer", "organisation_admin", "auditor"}
CHANGE_PEOPLE = SITE | {"organisation_admin"}
SEE_GRANTS = SITE | {"organisation_admin", "auditor"}
GIVE_GRANTS = SITE | {"organisation_admin"}
SEE_ORGANISATIONS = SITE | {"trainer", "programme_manager", "organisation_admin", "auditor"}
CHANGE_ORGANISATIONS = SITE | {"organisation_admin"}
AUDIT = SITE | {"auditor"}
# What belongs to one learner is nobody else's, administrators included.
ITS_LEARNER = frozenset({"learner"})

KINDS = tuple(sorted(PUBLIC))


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Who ``may`` use an address, and what it names.

    ``of``: what its arguments stand for, by a word of the world (``"draft"``), or as written (``"=stage"``), where
    ARGUMENTS does not say it. ``hides``: to all others it does not exist; ``hides_inside``: to others who open the
    CMS, though it names nothing. ``refuses``: others are told that it is not for them. ``empty``: what the walk asks for does not exist, and those
    who may are told so. ``posts``: who may send something, where that is not who may look. ``query`` and ``sends``:
    what is asked and sent with it.
    ``why`` a wildcard has one rule for all.
    """

    may: frozenset[str]
    of: Mapping[str, str] = field(default_factory=dict)
    hides: bool = False
    hides_inside: bool = False
    refuses: bool = False
    empty: bool = False
    posts: frozenset[str] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    sends: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


def only(may: frozenset[str], **of: str) -> Rule:
    """Let these people; ``of`` says what the address names."""
    return Rule(may=may, of=of)


def hidden(may: frozenset[str], **of: str) -> Rule:
    """Let these people, and be nothing to others."""
    return Rule(may=may, of=of, hides=True)


def inside(may: frozenset[str], **of: str) -> Rule:
    """Let these people, and be nothing to the others who open the CMS."""
    return Rule(may=may, of=of, hides_inside=True)


def nothing(may: frozenset[str], **of: str) -> Rule:
    """Let these people; nothing is stored under the address that the walk makes up."""
    return Rule(may=may, of=of, empty=True)


def family(may: frozenset[str], why: str, *, hides: bool = False, **of: str) -> Rule:
    """Give a whole family of addresses one rule, for a reason."""
    return Rule(may=may, of=of, hides=hides, why=why)


# What arguments of these names stand for.
ARGUMENTS: dict[str, str] = {
    "page_id": "page",
    "parent_page_id": "stage",
    "page_to_move_id": "page",
    "destination_id": "section",
    "revision_id": "revision",
    "task_state_id": "task_state",
    "workflow_state_id": "workflow_state",
    "task_id": "task",
    "image_id": "image",
    "document_id": "document",
    "collection_id": "collection",
    "translation_id": "translation",
    "string_segment_id": "segment",
    "translation_source_id": "source",
    "course": "course",
    "lesson": "lesson",
    "assessment": "assessment",
    "job": "job",
}

PLAY = {"content_type_app_name": "=playbook", "content_type_model_name": "=playpage"}

SITES_OWN: dict[str, Rule] = {
    "root": only(PUBLIC),
    "wagtail_serve": nothing(PUBLIC),
    "help": only(PUBLIC),
    "cookies": only(PUBLIC),
    "accessibility": only(PUBLIC),
    "appearance": only(PUBLIC),
    "verify_form": only(PUBLIC),
    "verify": only(PUBLIC, code="certificate"),
    "my": only(SIGNED_IN),
    "my_settings": only(SIGNED_IN),
    "my_sessions": only(SIGNED_IN),
    "my_record": only(SIGNED_IN),
    "close_my_account": only(SIGNED_IN),
    "account_closed": only(PUBLIC),
    "privacy": only(PUBLIC),
    "join_form": only(PUBLIC),
    "join": nothing(PUBLIC),
    "rendition": nothing(PUBLIC),
    "health_live": only(PUBLIC),
    "health_ready": only(PUBLIC),
    "choose_aim": Rule(may=SIGNED_IN, posts=NOBODY, hides_inside=True),
    "certificates": only(SIGNED_IN),
    "certificate": only(ITS_LEARNER, code="certificate"),
    "job": only(ITS_LEARNER),
    "job_failures": only(ITS_LEARNER),
    "question_picture": nothing(PUBLIC),
    "answer_file": only(ITS_LEARNER, uuid="answer_file"),
    "attempt": only(ITS_LEARNER, uuid="attempt"),
    "attempt_question": only(ITS_LEARNER, uuid="attempt"),
    "attempt_review": only(ITS_LEARNER, uuid="attempt"),
    "attempt_submit": only(ITS_LEARNER, uuid="attempt"),
    "attempt_result": only(ITS_LEARNER, uuid="attempt"),
    # Courses are the site's: who is of which country makes no difference.
    "enrol": only(SIGNED_IN),
    "leave_course": only(SIGNED_IN),
    "open_lesson": only(SIGNED_IN),
    "finish_lesson": Rule(may=ITS_LEARNER, refuses=True),
    "knowledge_check": Rule(may=ITS_LEARNER, refuses=True),
    "start_assessment": Rule(may=ITS_LEARNER, refuses=True),
    "get_certificate": only(SIGNED_IN),
    "framework:index": only(PUBLIC),
    "framework:roles": only(PUBLIC),
    "framework:role": nothing(PUBLIC),
    "framework:skills": only(PUBLIC),
    "framework:skill": nothing(PUBLIC),
    "find_organisation": only(SIGNED_IN),
    "ask_organisation": only(SIGNED_IN, uuid="organisation_uuid"),
    "join_organisation": only(SIGNED_IN, uuid="organisation_uuid"),
    "answer_organisation": nothing(SIGNED_IN, uuid="organisation_uuid"),
    "leave_organisation": only(ITS_LEARNER, pk="own_membership"),
}

ACCOUNTS: dict[str, Rule] = {
    "account_login": only(PUBLIC),
    "account_logout": only(PUBLIC),
    "account_signup": only(PUBLIC),
    "account_inactive": only(PUBLIC),
    "account_email_verification_sent": only(PUBLIC),
    "account_confirm_email": only(PUBLIC),
    "account_reset_password": only(PUBLIC),
    "account_reset_password_done": only(PUBLIC),
    "account_reset_password_from_key": only(PUBLIC),
    "account_reset_password_from_key_done": only(PUBLIC),
    "account_email": only(SIGNED_IN),
    "account_change_password": only(SIGNED_IN),
    "account_set_password": only(SIGNED_IN),
    "account_reauthenticate": only(SIGNED_IN),
    "account_confirm_login_code": hidden(NOBODY),
    "mfa_authenticate": only(PUBLIC),
    "mfa_login_webauthn": only(PUBLIC),
    "mfa_": family(SIGNED_IN, "Second factors are everybody's own."),
    "mfa_deactivate_totp": inside(SIGNED_IN - {"learner"}),
    "mfa_download_recovery_codes": nothing(SIGNED_IN),
    "mfa_view_recovery_codes": nothing(SIGNED_IN),
    "socialaccount_connections": only(SIGNED_IN),
    "socialaccount_signup": only(PUBLIC),
    "socialaccount_login_cancelled": only(PUBLIC),
    "socialaccount_login_error": hidden(NOBODY),
    "sign_in_with": nothing(PUBLIC),
    "sign_in_callback": nothing(PUBLIC),
    "saml_acs": nothing(PUBLIC),
    "saml_finish_acs": nothing(PUBLIC),
    "saml_metadata": nothing(PUBLIC),
    "saml_sls": hidden(NOBODY),
    "wagtailcore_login": only(PUBLIC),
    "wagtailcore_authenticate_with_password": hidden(NOBODY),
    "wagtaildocs_authenticate_with_password": hidden(NOBODY),
    "wagtaildocs_serve": nothing(PUBLIC),
    "wagtailadmin_login": only(PUBLIC),
    "wagtailadmin_logout": only(PUBLIC),
    "wagtailadmin_password_reset": only(PUBLIC),
    "academy.people.views.reset_password_here": only(PUBLIC),
}

CMS_ITSELF: dict[str, Rule] = {
    "wagtailadmin_home": only(CMS),
    "wagtailadmin_account": only(CMS),
    "wagtailadmin_sprite": only(CMS),
    "wagtailadmin_javascript_catalog": only(CMS),
    "wagtailadmin_dismissibles": only(CMS),
    "wagtailadmin_block_preview": nothing(CMS),
    "wagtailadmin_tag_autocomplete": hidden(SITE),
    "wagtailadmin_tag_model_autocomplete": hidden(SITE, app_name="=taggit", model_name="=tag"),
    "wagtailadmin_error_test": hidden(NOBODY),
    "wagtailadmin_editing_sessions:ping": only(
        EDIT_PAGES, app_label="=wagtailcore", model_name="=page", object_id="page"
    ),
    "wagtailadmin_editing_sessions:release": only(CMS),
    "django.views.generic.base.TemplateView": only(CMS),
    "wagtail.admin.views.home.default": nothing(CMS),
    "styleguide": only(CMS),
    "no_people_in_bulk": hidden(NOBODY),
    "wagtail_bulk_action": Rule(
        may=EDIT_PAGES,
        of={"app_label": "=wagtailcore", "model_name": "=page", "action": "=publish"},
        query={"id": "page"},
    ),
    "wagtailsnippets:index": only(NOBODY),
    "wagtailsettings:": family(NOBODY, "There are no settings of this kind."),
    "wagtailembeds:": family(CMS, "What is embedded is asked for by its address, which anybody knows."),
    "wagtailredirects:": family(SITE, "Redirects hold for the whole site.", redirect_id="redirect"),
    "wagtaillocales:": family(SITE, "Languages are the whole site's.", pk="locale"),
    "wagtailsites:": family(SITE, "There is one site.", pk="site"),
    "wagtailusers_groups:": family(NOBODY, "Groups are made from the table of rights.", hides=True),
    "sign_in_providers:": family(SITE, "Where people may sign in is the site's.", pk="provider"),
    "sign_in_providers:delete": only(NOBODY, pk="provider"),
    # One that has files in it is not deleted.
    "wagtailadmin_collections:delete": Rule(may=OPERATOR, posts=NOBODY, of={"pk": "collection"}),
    "wagtailadmin_collections:": family(
        OPERATOR, "Collections follow from organisations: see people.domain.groups.", pk="collection"
    ),
    "wagtailadmin_workflows:": family(SITE, "Who reviews follows from grants.", hides=True, pk="workflow"),
    "wagtailadmin_workflows:add_task": hidden(SITE, app_label="=wagtailcore", model_name="=groupapprovaltask"),
    "wagtailadmin_reports:": family(EDIT_PAGES, "Reports tell of pages that one edits."),
    "wagtailadmin_reports:page_types_usage_results": hidden(SITE),
    "wagtailadmin_reports:page_types_usage": hidden(SITE),
    "wagtailadmin_reports:locked_pages_results": only(SITE),
    "wagtailadmin_reports:locked_pages": only(SITE),
    "wagtailadmin_reports:site_history": hidden(SITE),
    "wagtailadmin_reports:site_history_results": hidden(SITE),
}

PAGES: dict[str, Rule] = {
    "wagtailadmin_explore_root": only(EDIT_PAGES),
    "wagtailadmin_explore": only(EDIT_PAGES),
    "wagtailadmin_explore_results": only(EDIT_PAGES),
    "wagtailadmin_api:pages:listing": only(CMS),
    "wagtailadmin_api:pages:find": nothing(CMS),
    "wagtailadmin_api:pages:detail": only(EDIT_PAGES, pk="page"),
    "wagtailadmin_api:pages:action": only(EDIT_PAGES, pk="page", action_name="=convert_alias"),
    "wagtailadmin_pages:add": Rule(may=ADD_PAGES, of=PLAY),
    "wagtailadmin_pages:preview_on_add": Rule(may=ADD_PAGES, of=PLAY),
    "wagtailadmin_pages:type_use": Rule(may=EDIT_PAGES, of=PLAY),
    "wagtailadmin_pages:type_use_results": Rule(may=EDIT_PAGES, of=PLAY),
    "wagtailadmin_pages:choose_parent": only(CMS, app_label="=playbook", model_name="=playpage"),
    "wagtailadmin_pages:add_subpage": only(ADD_PAGES),
    "wagtailadmin_pages:search": only(EDIT_PAGES),
    "wagtailadmin_pages:search_results": only(EDIT_PAGES),
    "wagtailadmin_pages:": family(EDIT_PAGES, "Whoever edits a page looks at all of it."),
    "wagtailadmin_pages:set_page_position": Rule(may=EDIT_PAGES, posts=SITE),
    "wagtailadmin_pages:move_confirm": Rule(may=EDIT_PAGES, posts=ADD_PAGES, of={"destination_id": "stage"}),
    "wagtailadmin_pages:edit": only(EDIT_PAGES),
    "wagtailadmin_pages:delete": only(EDIT_PAGES),
    "wagtailadmin_pages:unpublish": only(PUBLISH_PAGES, page_id="live"),
    "wagtailadmin_pages:convert_alias": only(EDIT_PAGES, page_id="alias"),
    "wagtailadmin_pages:move": only(EDIT_PAGES),
    "wagtailadmin_pages:set_privacy": only(PUBLISH_PAGES),
    "wagtailadmin_pages:lock": only(SITE),
    "wagtailadmin_pages:unlock": Rule(may=SITE, posts=PUBLISH_PAGES, of={"page_id": "locked"}),
    "wagtailadmin_pages:workflow_action": only(REVIEW, page_id="waiting", action_name="=approve"),
    "wagtailadmin_pages:collect_workflow_action_data": only(REVIEW, page_id="waiting", action_name="=approve"),
    "wagtailadmin_pages:confirm_workflow_cancellation": only(READ_WAITING_PAGES, page_id="waiting"),
    "wagtailadmin_pages:workflow_preview": only(REVIEW, page_id="waiting"),
    "wagtailadmin_pages:workflow_history": only(READ_WAITING_PAGES, page_id="waiting"),
    "wagtailadmin_pages:workflow_history_detail": only(READ_WAITING_PAGES, page_id="waiting"),
    "wagtailadmin_pages:revisions_unschedule": only(PUBLISH_PAGES, revision_id="latest"),
    "wagtailadmin_pages:revisions_compare": only(
        EDIT_PAGES, pk="page", revision_id_a="=earliest", revision_id_b="=latest"
    ),
    "wagtailadmin_choose_page": only(CMS),
    "wagtailadmin_choose_page_child": only(EDIT_PAGES, parent_page_id="page"),
    "wagtailadmin_choose_page_search": only(CMS),
    "wagtailadmin_choose_page_chosen_multiple": only(CMS),
    "wagtailadmin_choose_page_external_link": Rule(
        may=CMS, sends={"external-link-chooser-url": "https://example.org/"}
    ),
    "wagtailadmin_choose_page_email_link": only(CMS),
    "wagtailadmin_choose_page_phone_link": only(CMS),
    "wagtailadmin_choose_page_anchor_link": only(CMS),
    "wagtail_localize:": family(SITE, "Translations are handed in and taken in by administrators of the site."),
    "wagtail_localize:convert_to_alias": only(EDIT_PAGES, page_id="target"),
    "wagtail_localize:preview_translation mode": nothing(EDIT_PAGES),
    "wagtail_localize:machine_translate": only(NOBODY),
    "wagtail_localize:submit_snippet_translation": nothing(SITE),
    "wagtail_localize:stop_translation": only(EDIT_PAGES),
    "wagtail_localize:preview_translation": only(EDIT_PAGES),
    "wagtail_localize:upload_pofile": only(EDIT_PAGES),
    "wagtail_localize:download_pofile": only(EDIT_PAGES),
    "wagtail_localize:snippets_api_detail": hidden(NOBODY),
    "wagtail_localize:snippets_api_listing": hidden(NOBODY),
    "wagtail_localize:translations_report_results": hidden(SITE),
    "wagtail_localize:translations_report": hidden(SITE),
    "wagtail_localize:javascript_catalog": only(CMS),
}

FILES: dict[str, Rule] = {
    "wagtailadmin_api:documents:listing": only(CMS),
    "wagtailadmin_api:documents:find": nothing(CMS),
    "wagtailadmin_api:documents:detail": only(CHOOSE_FILES, pk="document"),
    "wagtailadmin_api:images:listing": only(CMS),
    "wagtailadmin_api:images:find": nothing(CMS),
    "wagtailadmin_api:images:detail": only(CHOOSE_FILES, pk="image"),
    "wagtaildocs_chooser:": family(CHOOSE_FILES, "Whoever writes chooses.", pk="document"),
    "wagtaildocs_chooser:chosen_multiple": only(CMS),
    "wagtaildocs_chooser:choose_results": only(CMS),
    "wagtaildocs_chooser:choose": only(CMS),
    "wagtaildocs_chooser:create": only(ADD_FILES),
    "wagtailimages_chooser:": family(CHOOSE_FILES, "Whoever writes chooses.", pk="image"),
    "wagtailimages_chooser:chosen_multiple": only(CMS),
    "wagtailimages_chooser:choose_results": only(CMS),
    "wagtailimages_chooser:choose": only(CMS),
    "wagtailimages_chooser:create": only(ADD_FILES),
    "wagtaildocs:": family(ADD_FILES, "Whoever adds files keeps them."),
    "wagtaildocs:delete_upload_multiple": nothing(ADD_FILES),
    "wagtaildocs:create_multiple_from_uploaded_document": nothing(ADD_FILES),
    "wagtailimages:": family(ADD_FILES, "Whoever adds files keeps them."),
    "wagtailimages:url_generator_output": nothing(ADD_FILES),
    "wagtailimages:url_generator": nothing(ADD_FILES),
    "wagtailimages:delete_upload_multiple": nothing(ADD_FILES),
    "wagtailimages:create_multiple_from_uploaded_image": nothing(ADD_FILES),
}

QUESTIONS: dict[str, Rule] = {
    "import_questions": inside(WRITE_QUESTIONS),
    "export_questions": inside(WRITE_QUESTIONS),
    "questions:index": only(READ_QUESTIONS),
    "questions:index_results": only(READ_QUESTIONS),
    "questions:add": only(WRITE_QUESTIONS),
    "questions:edit": only(WRITE_QUESTIONS, pk="item"),
    "questions:delete": only(NOBODY, pk="item"),
    "questions:history": only(WRITE_QUESTIONS, pk="item"),
    "questions:history_results": only(WRITE_QUESTIONS, pk="item"),
    "questions:usage": only(WRITE_QUESTIONS, pk="item"),
    "questions:inspect": only(READ_QUESTIONS, pk="item"),
    "questions:add_kind": only(WRITE_QUESTIONS, kind="=single_choice"),
    "questions:compare": only(READ_QUESTIONS, pk="item"),
    "questions:preview": only(READ_QUESTIONS, pk="item", number="=1"),
    "questions:retire": only(WRITE_QUESTIONS, pk="item"),
    "questions:restore": only(WRITE_QUESTIONS, pk="item"),
    "questions:ready": only(WRITE_QUESTIONS, pk="item", number="=1"),
    "questions:ask_again": only(WRITE_QUESTIONS, pk="item", number="=1"),
    "question_banks:index": only(READ_QUESTIONS),
    "question_banks:index_results": only(READ_QUESTIONS),
    "question_banks:add": only(WRITE_QUESTIONS),
    "question_banks:edit": only(WRITE_QUESTIONS, pk="bank"),
    "question_banks:delete": only(NOBODY, pk="bank"),
    "question_banks:history": only(WRITE_QUESTIONS, pk="bank"),
    "question_banks:history_results": only(WRITE_QUESTIONS, pk="bank"),
    "question_banks:usage": only(WRITE_QUESTIONS, pk="bank"),
    # Who reads no questions is shown an empty list.
    "assessments_statistics": hidden(READ_QUESTIONS),
    "assessments_statistics_results": hidden(READ_QUESTIONS),
    "assessment_statistics": hidden(READ_QUESTIONS, assessment="banks_assessment"),
    "question_statistics": hidden(READ_QUESTIONS, assessment="banks_assessment", item="item"),
    "item_chooser:choose": only(CMS),
    "item_chooser:choose_results": only(CMS),
    "item_chooser:chosen": only(READ_QUESTIONS, pk="item"),
    "item_chooser:chosen_multiple": only(CMS),
    "item_chooser:create": hidden(NOBODY),
}

PEOPLE: dict[str, Rule] = {
    "wagtailusers_users:index": only(SEE_PEOPLE),
    "wagtailusers_users:index_results": only(SEE_PEOPLE),
    "wagtailusers_users:add": only(CHANGE_PEOPLE),
    "wagtailusers_users:edit": only(CHANGE_PEOPLE, pk="user"),
    "wagtailusers_users:delete": only(NOBODY, pk="user"),
    "wagtailusers_users:history": hidden(SITE, pk="user"),
    "wagtailusers_users:history_results": hidden(SITE, pk="user"),
    "wagtailusers_users:usage": only(CHANGE_PEOPLE, pk="user"),
    "who_can_do_what": hidden(SEE_GRANTS),
    "who_can_do_what_results": hidden(SEE_GRANTS),
    "what_grants_mean": hidden(SEE_GRANTS),
    "withdraw_grant": hidden(GIVE_GRANTS, uuid="grant"),
    "person_rights": hidden(SEE_PEOPLE, public_id="person"),
    "audit": hidden(AUDIT),
    "audit_results": hidden(AUDIT),
    "audit_export": hidden(AUDIT),
    "audit_entry": hidden(AUDIT, source="audit_source", key="audit_key"),
    "organisation:index": only(SEE_ORGANISATIONS),
    "organisation:index_results": only(SEE_ORGANISATIONS),
    "organisation:add": only(CHANGE_ORGANISATIONS),
    "organisation:edit": only(CHANGE_ORGANISATIONS, pk="organisation"),
    "organisation:delete": only(NOBODY, pk="organisation"),
    "organisation:history": only(CHANGE_ORGANISATIONS, pk="organisation"),
    "organisation:history_results": only(CHANGE_ORGANISATIONS, pk="organisation"),
    "organisation:usage": only(CHANGE_ORGANISATIONS, pk="organisation"),
    "organisation:inspect": only(SEE_ORGANISATIONS, pk="organisation"),
    "organisation:move": only(CHANGE_ORGANISATIONS, pk="organisation"),
    "organisation:close": only(CHANGE_ORGANISATIONS, pk="organisation"),
    "organisation:sections": only(SITE, pk="organisation"),
    "organisation:add_member": only(CHANGE_PEOPLE, pk="organisation"),
    "organisation:end_membership": only(CHANGE_PEOPLE, pk="membership"),
    "organisation:accept_request": only(CHANGE_PEOPLE, pk="request"),
    "organisation:refuse_request": only(CHANGE_PEOPLE, pk="request"),
    "close_somebodys_account": hidden(CHANGE_PEOPLE, public_id="person"),
    "invite_people": inside(CHANGE_PEOPLE),
    "import_people": inside(CHANGE_PEOPLE),
    "people_template": inside(CHANGE_PEOPLE),
    "invitations": hidden(CHANGE_PEOPLE),
    "invitations_results": hidden(CHANGE_PEOPLE),
    "open_link": hidden(CHANGE_PEOPLE),
    "invitation": hidden(CHANGE_PEOPLE, uuid="invitation"),
    "print_invitation": hidden(CHANGE_PEOPLE, uuid="invitation_link"),
    "withdraw_invitation": hidden(CHANGE_PEOPLE, uuid="invitation"),
    "send_invitation_again": hidden(CHANGE_PEOPLE, uuid="invitation"),
    "import_organisations": inside(CHANGE_ORGANISATIONS),
    "export_organisations": inside(SEE_ORGANISATIONS),
}

# A key that ends in a colon or an underscore is a wildcard; the longest that fits counts, a full name above all.
TABLE: dict[str, Rule] = {**SITES_OWN, **ACCOUNTS, **CMS_ITSELF, **PAGES, **FILES, **QUESTIONS, **PEOPLE}
