"""Addresses for machines, without a language."""

from django.urls import path

from academy.operations.domain.probes import LIVE, READY
from academy.operations.views import live, ready

urlpatterns = [
    path(LIVE.removeprefix("/"), live, name="health_live"),
    path(READY.removeprefix("/"), ready, name="health_ready"),
]
