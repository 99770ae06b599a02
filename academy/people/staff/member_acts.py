"""What is done with the members of an organisation and with requests in the CMS."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from academy.lib.clock import now
from academy.people.domain.memberships import add_member, leave
from academy.people.domain.requests import decide_request
from academy.people.domain.rights import CHANGE_PEOPLE
from academy.people.forms.organisations import MemberForm, RefusalForm
from academy.people.models import Membership, MembershipRequest, Organisation
from academy.people.staff.organisation_acts import ActView


class AddMemberView(ActView):
    """Add a person who has an account, or ask them."""

    permission = CHANGE_PEOPLE
    form_class = MemberForm
    form: MemberForm

    def get_page_title(self) -> str:
        return _("Add a member to “%(name)s”") % {"name": self.organisation.local_name}

    def consequences(self) -> list[str]:
        return [
            _("Somebody of your part of the tree belongs to it at once."),
            _("Anybody else is asked in their settings, and belongs to it when they say yes."),
        ]

    def submit_label(self) -> str:
        return _("Add")

    def act(self) -> str:
        person = self.form.person
        assert person is not None  # the form is valid
        added = add_member(person=person, organisation=self.organisation, by=self.by, at=now())
        name = {"name": person.display_name}
        if isinstance(added, Membership):
            return _("%(name)s belongs to it now.") % name
        return _("%(email)s is asked, and belongs to it when they say yes.") % {"email": person.email}


class EndMembershipView(ActView):
    """End somebody's membership."""

    permission = CHANGE_PEOPLE
    grave = True
    membership: Membership

    def find(self, pk: int) -> None:
        found = Membership.objects.current().within(self.reach).select_related("person", "organisation")
        self.membership = get_object_or_404(found, pk=pk)
        self.organisation = self.membership.organisation

    def get_page_title(self) -> str:
        return _("End the membership of %(name)s") % {"name": self.membership.person.display_name}

    def consequences(self) -> list[str]:
        return [
            _("They do not belong to “%(name)s” any longer.") % {"name": self.organisation.local_name},
            _("Their learning, results and certificates stay theirs."),
            _("They are not put back by their e-mail address, but may come back."),
        ]

    def submit_label(self) -> str:
        return _("End it")

    def act(self) -> str:
        leave(membership=self.membership, by=self.by, at=now())
        return _("%(name)s does not belong to it any longer.") % {"name": self.membership.person.display_name}


class DecisionView(ActView):
    """Answer a request."""

    permission = CHANGE_PEOPLE
    asked: MembershipRequest

    def find(self, pk: int) -> None:
        found = MembershipRequest.objects.filter(organisation__in=Organisation.objects.within(self.reach))
        self.asked = get_object_or_404(found.select_related("person", "organisation"), pk=pk)
        self.organisation = self.asked.organisation

    def consequences(self) -> list[str]:
        return [_("They wrote: %(message)s") % {"message": self.asked.message}] if self.asked.message else []


class AcceptView(DecisionView):
    """Let somebody in who asked."""

    def get_page_title(self) -> str:
        return _("Accept %(name)s") % {"name": self.asked.person.display_name}

    def act(self) -> str:
        decide_request(request=self.asked, accept=True, by=self.by, at=now())
        return _("%(name)s belongs to it now.") % {"name": self.asked.person.display_name}


class RefuseView(DecisionView):
    """Refuse somebody who asked, and say why."""

    form_class = RefusalForm

    def get_page_title(self) -> str:
        return _("Refuse %(name)s") % {"name": self.asked.person.display_name}

    def act(self) -> str:
        reason = self.form.cleaned_data["reason"]
        decide_request(request=self.asked, accept=False, by=self.by, at=now(), reason=reason)
        return _("The request is refused. %(name)s reads your reason.") % {"name": self.asked.person.display_name}
