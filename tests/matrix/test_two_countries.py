"""What one country wrote is told to nobody of another, wherever they ask."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.matrix.asking import Asker
from tests.matrix.cells import places
from tests.matrix.table import STAFF_OF_A_COUNTRY
from tests.matrix.world import World
from tests.support.crawl import crawl

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
    # Wagtail leaves the file of a new rendition to the collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]

# Certificates are shown to whoever has their code: that is what it is for.
PUBLIC_BY_DESIGN = ("/en/verify/",)
# Enough of the canary to find it, and not the whole: a search repeats what was searched for.
PART = "Zebraf"


def text_of(response: Any) -> str:
    """Return what an answer tells, that of a spreadsheet unpacked."""
    content = response.body
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    told: str = content.decode(errors="replace") + response.get("Location", "")
    return told


def more_addresses(world: World) -> Iterator[str]:
    """Yield what is asked for with a query: searches, exports, choosing by number, several at once, the API."""
    things = world.mine.things
    lists = sorted({place.path for place in places(world) if place.ours and place.path.startswith("/cms/")})
    for path in lists:
        if "?" not in path:
            yield f"{path}?q={PART}"
        if "/reports/" in path or "index" in path:
            yield from (f"{path}?export={kind}" for kind in ("csv", "xlsx"))
    for model, thing in (
        ("wagtailcore/page", "page"),
        ("wagtailimages/image", "image"),
        ("wagtaildocs/document", "document"),
    ):
        for action in ("delete", "move", "publish", "unpublish", "add_tags", "add_to_collection"):
            for query in (f"id={things[thing]}", "id=all", f"id=all&q={PART}", f"id=all&childOf={things['stage']}"):
                yield f"/cms/bulk/{model}/{action}/?{query}"
    for name, thing in (
        ("wagtailadmin_choose_page_chosen_multiple", "page"),
        ("wagtailimages_chooser:chosen_multiple", "image"),
        ("wagtaildocs_chooser:chosen_multiple", "document"),
        ("item_chooser:chosen_multiple", "item"),
    ):
        yield f"{reverse(name)}?id={things[thing]}"
    yield f"{reverse('wagtailadmin_choose_page_chosen_multiple')}?id={things['live']}"
    for kind in ("pages", "images", "documents"):
        yield f"/cms/api/main/{kind}/?search={PART}"
    for query in ("child_of", "descendant_of", "translation_of"):
        yield f"/cms/api/main/pages/?{query}={things['stage']}"
    yield f"/cms/api/main/pages/?for_explorer=1&child_of={things['stage']}"
    yield f"/cms/tag-autocomplete/?term=tag{PART}"
    yield f"/cms/questions/?bank={things['bank']}"
    yield f"/cms/images/?collection_id={things['collection']}"
    yield f"/cms/documents/?collection_id={things['collection']}"


@pytest.fixture(scope="module")
def told_to_mine(world: World, django_db_blocker: Any) -> dict[str, set[str]]:
    """Return the addresses that tell people of the country what it keeps to itself, and to whom."""
    found: dict[str, set[str]] = {}
    with django_db_blocker.unblock():
        for kind in sorted(STAFF_OF_A_COUNTRY):
            asker = Asker(world.mine.people[kind])
            for path, response in crawl(start=["/cms/", *more_addresses(world)], get=asker.ask, of_a_kind=3):
                if response.status_code == 200 and world.mine.canary in text_of(response):
                    found.setdefault(path, set()).add(kind)
    return found


def test_country_sees_its_own(told_to_mine: dict[str, set[str]]) -> None:
    """So that a replay of nothing is not taken for a clean one."""
    seen = {kind for kinds in told_to_mine.values() for kind in kinds}

    assert seen == STAFF_OF_A_COUNTRY
    assert len(told_to_mine) > 50


@pytest.mark.parametrize("kind", [*sorted(STAFF_OF_A_COUNTRY), "learner", "anonymous"])
def test_nobody_of_another_country_is_told(world: World, told_to_mine: dict[str, set[str]], kind: str) -> None:
    asker = Asker({**world.everywhere, **world.theirs.people}[kind])
    asked = {*told_to_mine, *more_addresses(world), *(place.path for place in places(world) if place.ours)}

    leaks = [
        path
        for path in sorted(asked)
        if not path.startswith(PUBLIC_BY_DESIGN) and world.mine.canary in text_of(asker.ask(path))
    ]

    assert leaks == []
