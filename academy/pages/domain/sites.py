"""Which page is the front door."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

WELCOME = "Welcome to your new Wagtail site!"


def default_site() -> Site | None:
    """Return the site that answers when no host name matches."""
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()


@transaction.atomic
def open_site(*, home: Page) -> bool:
    """Make ``home`` the front page of the default site, and say whether it was not yet.

    Wagtail's own welcome page goes, when nobody touched it.
    """
    site = default_site()
    if site is None:
        site = Site(hostname="localhost", port=80, is_default_site=True)
    if site.pk and site.root_page_id == home.pk:
        return False
    site.root_page = home
    site.site_name = site.site_name or settings.SITE_NAME
    site.save()
    welcome = Page.objects.filter(depth=2, slug="home", title=WELCOME, numchild=0, latest_revision__isnull=True)
    for page in welcome.exclude(pk=home.pk):
        # Another site may have been given that page.
        if not page.sites_rooted_here.exists():
            page.delete()
    return True
