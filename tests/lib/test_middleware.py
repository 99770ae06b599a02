"""Requests that no page of ours makes a browser send: refused at the door, with words."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from academy.home.models import HomePage
from academy.people.models import User
from tests.support.hostile import Forms

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/en/help/?q=%00", "/en/%00/", "/cms/pages/?q=a%00b", "/?%00=1"])
def test_address_with_a_nul_is_broken(client: Client, admin: User, address: str) -> None:
    client.force_login(admin)

    response = client.get(address)

    assert response.status_code == 400
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_address_that_only_looks_like_it_is_not(client: Client) -> None:
    assert client.get("/en/help/?q=100%25&p=%2500").status_code == 200


def test_form_without_the_field_that_its_view_needs_is_broken(client: Client, admin: User) -> None:
    client.force_login(admin)
    boundary = "multipart/form-data; boundary=x"
    body = b'--x\r\nContent-Disposition: form-data; name="other"; filename="a.png"\r\n\r\nx\r\n--x--\r\n'

    response = client.generic("POST", reverse("wagtaildocs:add_multiple"), body, content_type=boundary)

    assert response.status_code == 400


def test_form_that_announces_more_parts_than_it_holds_is_broken(client: Client, admin: User) -> None:
    client.force_login(admin)
    address = reverse("wagtailadmin_workflows:add")

    response = client.post(
        address, {"name": "", "workflow_tasks-TOTAL_FORMS": "12", "workflow_tasks-INITIAL_FORMS": "0"}
    )

    assert response.status_code == 400


def test_other_missing_key_is_still_a_fault(client: Client) -> None:
    """Only what a request lacks is the fault of the request."""
    from academy.lib.middleware import SoundRequestMiddleware

    middleware = SoundRequestMiddleware(lambda request: None)
    request = client.post("/en/help/").wsgi_request

    assert middleware.process_exception(request, KeyError("name")) is None


def test_chooser_shows_what_is_no_key_as_nothing_chosen(client: Client, admin: User, site_tree: HomePage) -> None:
    client.force_login(admin)
    address = reverse("wagtailsites:add")
    parser = Forms(at=address)
    parser.feed(client.get(address).text)
    assert any("root_page" in form.fields for form in parser.posted)

    response = client.post(address, {"hostname": "x.example", "port": "80", "root_page": "no key"})

    assert response.status_code == 200
    assert "Select a valid choice" in response.text


def test_root_of_the_tree_is_not_moved(client: Client, admin: User, site_tree: HomePage) -> None:
    client.force_login(admin)
    root = Page.get_first_root_node()

    response = client.post(reverse("wagtailadmin_pages:move_confirm", args=[root.pk, site_tree.pk]), follow=True)

    assert response.status_code == 404
