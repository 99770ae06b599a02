"""The front door."""

from __future__ import annotations

from academy.home.models import HomePage
from tests.factories.pages import BasePageFactory


class HomePageFactory(BasePageFactory):
    """The home page of one language; not yet the root of the site."""

    class Meta:
        model = HomePage

    lead = "Learn to buy digital services well."
