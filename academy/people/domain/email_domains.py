"""E-mail domains of organisations: whoever can receive letters there works there.

A domain gives power over people: those with an address there join, and the administrators of the organisation
administer them. So it is handed down: from the site to an organisation, and from there to what hangs below.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from academy.people.domain.grants import reach_of
from academy.people.domain.refusals import OrganisationRefused
from academy.people.domain.rights import CHANGE_ORGANISATIONS
from academy.people.models import Organisation, OrganisationDomain, User

# Where anybody can have an address: such a domain would let the world into a ministry.
FOR_EVERYBODY = frozenset(
    {
        *("aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.com"),
        *("icloud.com", "live.com", "mail.com", "mail.ru", "me.com", "msn.com", "outlook.com", "proton.me"),
        *("protonmail.com", "qq.com", "yahoo.co.id", "yahoo.com", "yahoo.es", "yandex.ru", "zoho.com", "163.com"),
    }
)
LENGTH = 253  # what DNS allows
is_domain_name = DomainNameValidator(accept_idna=True)


def tidy_domains(domains: Iterable[str]) -> list[str]:
    """Return domains in small letters, sorted, each once, without the @ that people write before them."""
    return sorted({domain.strip().lower().lstrip("@").rstrip(".") for domain in domains if domain.strip(" \t\r\n@.")})


def domain_and_above(domain: str) -> list[str]:
    """Return a domain and those above it, the nearest first: a.b.example, b.example."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def domain_problem(domain: str) -> str:
    """Return a sentence on why this can be no domain of an organisation, or nothing."""
    if "." not in domain or len(domain) > LENGTH:
        return _("“%(domain)s” is not a domain. Write it like health.gov.example.") % {"domain": domain}
    try:
        is_domain_name(domain)
    except ValidationError:
        return _("“%(domain)s” is not a domain. Write it like health.gov.example.") % {"domain": domain}
    if domain in FOR_EVERYBODY:
        return _("Anybody can have an address at %(domain)s: it belongs to no organisation.") % {"domain": domain}
    return ""


def handed_down(domain: str, *, held: Collection[str]) -> bool:
    """Whether a domain lies within one of those that are ``held``."""
    return any(above in held for above in domain_and_above(domain))


def set_domains(organisation: Organisation, domains: Collection[str], *, by: User | None, at: datetime) -> None:
    """Store the e-mail domains of an organisation; those that are not among ``domains`` go.

    A new one must lie within a domain of something above, unless ``by`` administers the whole site.
    Raises OrganisationRefused.
    """
    wanted = tidy_domains(domains)
    stored = set(organisation.domains.values_list("domain", flat=True))
    new = [domain for domain in wanted if domain not in stored]
    for problem in filter(None, map(domain_problem, new)):
        raise OrganisationRefused(problem, field="domains")
    taken = OrganisationDomain.objects.filter(domain__in=new).exclude(organisation=organisation).first()
    if taken:
        raise already_taken(taken.domain)
    if new and by is not None and not reach_of(by, CHANGE_ORGANISATIONS, at=at).everywhere:
        refuse_what_is_not_handed_down(new, held={*stored, *domains_above(organisation)})
    OrganisationDomain.objects.filter(organisation=organisation).exclude(domain__in=wanted).delete()
    for domain in new:
        try:
            with transaction.atomic():
                OrganisationDomain.objects.create(organisation=organisation, domain=domain)
        except IntegrityError:  # somebody was faster
            raise already_taken(domain) from None


def already_taken(domain: str) -> OrganisationRefused:
    """Return the refusal of a domain that another organisation has. Whose it is, is not told."""
    return OrganisationRefused(_("%(domain)s belongs to another organisation.") % {"domain": domain}, field="domains")


def refuse_what_is_not_handed_down(domains: Collection[str], *, held: Collection[str]) -> None:
    """Raise OrganisationRefused for the first domain that nothing above holds."""
    for domain in domains:
        if not handed_down(domain, held=held):
            raise OrganisationRefused(
                _("%(domain)s does not lie within a domain of an organisation above. Ask the site’s administrator.")
                % {"domain": domain},
                field="domains",
            )


def domains_above(organisation: Organisation) -> set[str]:
    """Return the domains of all that an organisation hangs below. One query."""
    steps = range(organisation.steplen, len(organisation.path), organisation.steplen)
    paths = [organisation.path[:end] for end in steps]
    return set(OrganisationDomain.objects.filter(organisation__path__in=paths).values_list("domain", flat=True))


def organisations_by_address(person: User) -> list[Organisation]:
    """Return the open organisations to which a person's confirmed addresses belong: the nearest of each. Three queries."""
    addresses = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    lines = [domain_and_above(address.rpartition("@")[2].lower()) for address in addresses]
    rows = OrganisationDomain.objects.filter(
        domain__in={domain for line in lines for domain in line}, organisation__closed_at__isnull=True
    )
    rows = rows.select_related("organisation").prefetch_related("organisation__names")
    found = {row.domain: row.organisation for row in rows}
    nearest = [next((found[domain] for domain in line if domain in found), None) for line in lines]
    return list({one.pk: one for one in nearest if one}.values())
