"""Counting queries."""

from __future__ import annotations

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


def counted_get(client: Client, address: str) -> tuple[HttpResponse, list[str]]:
    """Return the answer to a GET and the statements that it took.

    What a process learns once (content types, the site's root) is learned before, so that the number does not
    depend on which test came first.
    """
    ContentType.objects.get_for_models(*apps.get_models())
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    return response, [query["sql"] for query in captured.captured_queries]
