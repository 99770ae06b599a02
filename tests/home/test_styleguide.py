"""The gallery of components."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.conf import settings
from django.test import Client

from academy.home.models import HomePage
from academy.people.models import User

pytestmark = pytest.mark.django_db

COMPONENTS = settings.BASE_DIR / "templates" / "components"
# Parts of the frame, which every page shows, and of the error pages, which stand alone.
NOT_SHOWN = {"site_header", "site_footer", "site_navigation", "skip_link", "mark", "error_page", "source_list"}


def test_styleguide_shows_every_component(client: Client, admin: User, site_tree: HomePage) -> None:
    client.force_login(admin)

    used = {template.name for template in client.get("/cms/styleguide/").templates}

    names = {path.stem for path in COMPONENTS.glob("*.html")} - NOT_SHOWN
    assert {name for name in names if f"components/{name}.html" not in used} == set()


def test_styleguide_has_no_id_twice(client: Client, admin: User, site_tree: HomePage) -> None:
    client.force_login(admin)

    ids = Counter(re.findall(r'\sid="([^"]+)"', client.get("/cms/styleguide/").content.decode()))

    assert [name for name, times in ids.items() if times > 1] == []


def test_styleguide_uses_the_sheet_of_the_site_in_the_colours_asked_for(
    client: Client, editor: User, site_tree: HomePage
) -> None:
    client.force_login(editor)

    html = client.get("/cms/styleguide/?theme=dark").content.decode()

    assert 'data-theme="dark"' in html
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', html) == ["/static/dist/academy.css"]


def test_styleguide_stands_in_the_menu_of_the_cms(client: Client, editor: User, site_tree: HomePage) -> None:
    client.force_login(editor)

    assert "/cms/styleguide/" in client.get("/cms/").content.decode()
