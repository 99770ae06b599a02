"""The site with one view more that forgot to say who may use it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from academy.urls import handler403, handler404, handler500
from academy.urls import urlpatterns as site_patterns

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def forgotten(request: HttpRequest) -> HttpResponse:
    """Would tell a secret."""
    return HttpResponse("secret")


urlpatterns = [path("forgotten/", forgotten, name="forgotten"), *site_patterns]
