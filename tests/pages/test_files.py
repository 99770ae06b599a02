"""Files of authors: every way in is guarded, and no way out leads past the question who may have them."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction, UploadedFile

from academy.lib.clock import now
from academy.lib.storage import NoAddress, PrivateStorage
from academy.lib.uploads import Refused
from academy.pages.models import Attachment, Picture
from academy.people.domain.groups import ensure_collection, ensure_group
from academy.people.enums import GrantKind
from academy.people.models import Grant, Organisation, User
from academy.settings import base
from tests.factories.files import AttachmentFactory, PictureFactory
from tests.factories.people import OrganisationFactory, StaffFactory, grant
from tests.support.uploads import photograph, picture, upload

pytestmark = pytest.mark.django_db

RANDOM = r"[0-9a-f]{32}"


@pytest.fixture
def cms(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def closed() -> Collection:
    """A collection for reviewers alone."""
    collection: Collection = Collection.get_first_root_node().add_child(name="Tender")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=BaseViewRestriction.GROUPS
    )
    restriction.groups.add(ensure_group(kind=GrantKind.REVIEWER))
    return collection


def root() -> int:
    return Collection.get_first_root_node().pk


# The ways in -------------------------------------------------------------------------------------


def fields(**more: Any) -> dict[str, Any]:
    return {"title": "Map", "description": "", "collection": root(), "tags": "", **more}


def one_picture(cms: Client, file: Any, **more: Any) -> Any:
    return cms.post(reverse("wagtailimages:add"), fields(file=file, **more))


def many_pictures(cms: Client, file: Any) -> Any:
    return cms.post(reverse("wagtailimages:add_multiple"), {"title": "Map", "collection": root(), "files[]": file})


def chosen_picture(cms: Client, file: Any) -> Any:
    data = {f"image-chooser-upload-{name}": value for name, value in fields(file=file).items()}
    return cms.post(reverse("wagtailimages_chooser:create"), data)


def one_document(cms: Client, file: Any) -> Any:
    return cms.post(reverse("wagtaildocs:add"), fields(file=file))


def many_documents(cms: Client, file: Any) -> Any:
    return cms.post(reverse("wagtaildocs:add_multiple"), {"title": "Map", "collection": root(), "files[]": file})


def chosen_document(cms: Client, file: Any) -> Any:
    data = {f"document-chooser-upload-{name}": value for name, value in fields(file=file).items()}
    return cms.post(reverse("wagtaildocs_chooser:create"), data)


@pytest.mark.parametrize("way", [one_picture, many_pictures, chosen_picture])
def test_picture_is_stored_clean_by_every_way_in(cms: Client, way: Any) -> None:
    response = way(cms, upload("Me at the ministry.jpg", photograph()))

    assert response.status_code in {200, 302}
    stored = Picture.objects.get()
    content = stored.file.read()
    assert stored.title == "Map"
    assert re.fullmatch(rf"original_images/{RANDOM}\.jpg", stored.file.name)
    assert b"CANARY" not in content
    assert (stored.width, stored.height, stored.file_size) == (30, 40, len(content))
    assert stored.uploaded_by_user.email == "editor@example.org"


@pytest.mark.parametrize("way", [one_document, many_documents, chosen_document])
def test_document_is_stored_under_a_random_name_by_every_way_in(cms: Client, way: Any) -> None:
    way(cms, upload("Ministry secrets.txt", b"A word.\n"))

    stored = Attachment.objects.get()
    assert re.fullmatch(rf"documents/{RANDOM}\.txt", stored.file.name)
    assert (stored.title, stored.file.read(), stored.file_size) == ("Map", b"A word.\n", 8)


@pytest.mark.parametrize(
    ("way", "file", "sentence"),
    [
        (one_picture, upload("a.png", b"\x89PNG\r\n\x1a\n<script>"), "This is not a sound PNG file"),
        (many_pictures, upload("a.png", b"<svg/>"), "This is not a sound PNG file"),
        (chosen_picture, upload("a.svg", b"<svg/>"), "Files of this kind are not accepted."),
        (one_picture, upload("a.gif", b""), "The submitted file is empty."),
        (one_document, upload("a.pdf", b"<html>"), "This is not a sound PDF file"),
        (many_documents, upload("a.docx", b"PK\x03\x04"), "This is not a sound DOCX file"),
        (chosen_document, upload("a.txt", b"\0"), "This is not a sound TXT file"),
    ],
)
def test_unsound_file_is_refused_with_words_by_every_way_in(cms: Client, way: Any, file: Any, sentence: str) -> None:
    file.seek(0)

    response = way(cms, file)

    assert response.status_code == 200
    assert sentence in response.text
    assert not Picture.objects.exists()
    assert not Attachment.objects.exists()


def test_what_waits_for_a_better_title_is_cleaned_all_the_same(cms: Client) -> None:
    answer = cms.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "t" * 300, "collection": root(), "files[]": upload("me.jpg", photograph())},
    ).json()
    waiting = UploadedFile.objects.get()

    cms.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]),
        {f"uploaded-image-{waiting.pk}-{name}": value for name, value in fields().items()},
    )

    assert answer["success"]
    stored = Picture.objects.get()
    content = stored.file.read()
    assert b"CANARY" not in content
    assert re.fullmatch(rf"original_images/{RANDOM}\.jpg", stored.file.name)
    assert (stored.width, stored.height, stored.file_size) == (30, 40, len(content))


def test_file_that_comes_by_no_form_is_looked_into_too() -> None:
    with pytest.raises(Refused):
        Picture(title="a").file.save("a.png", ContentFile(b"<svg/>"))
    with pytest.raises(Refused):
        Attachment.objects.create(title="a", file=ContentFile(b"<html>", name="a.pdf"))


def test_title_of_a_picture_changes_without_its_file(cms: Client) -> None:
    stored = PictureFactory()
    before = stored.file.name

    cms.post(reverse("wagtailimages:edit", args=[stored.pk]), fields(title="Plan"))

    stored.refresh_from_db()
    assert (stored.title, stored.file.name) == ("Plan", before)


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep files as a server does. Returns the folder."""
    for model in (Picture, Attachment):
        private = PrivateStorage(location=str(tmp_path / "private"))
        monkeypatch.setattr(model._meta.get_field("file").storage, "_wrapped", private)
    media = FileSystemStorage(location=str(tmp_path / "media"))
    monkeypatch.setattr(default_storage, "_wrapped", media)
    return tmp_path


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.*") if path.is_file())


def test_new_file_replaces_the_old_one_and_its_renditions_on_the_disk(
    cms: Client, on_disk: Path, django_capture_on_commit_callbacks: Any
) -> None:
    stored = PictureFactory()
    with stored.get_rendition("width-20").file as small:
        before = [Path(small.name).name, Path(stored.file.name).name]
    assert kept(on_disk) == sorted(before)

    with django_capture_on_commit_callbacks(execute=True):
        cms.post(reverse("wagtailimages:edit", args=[stored.pk]), fields(file=upload("b.jpg", picture("JPEG"))))
    stored.refresh_from_db()
    after = kept(on_disk)
    with django_capture_on_commit_callbacks(execute=True):
        stored.delete()

    assert after == [Path(stored.file.name).name]
    assert kept(on_disk) == []


# The ways out ------------------------------------------------------------------------------------


def answer(client: Client, address: str) -> tuple[int, str, str]:
    """Return what an address answers, without the address itself, the nonce and the token of the moment."""
    response = client.get(address)
    body = (response.getvalue() if response.streaming else response.content).decode(errors="replace")
    texts = (response.get("Location", ""), re.sub(r'(nonce|value)="[^"]+"', "", body))
    return (response.status_code, *(text.replace(address, "") for text in texts))


def test_document_is_handed_out_to_be_saved_and_can_do_nothing(client: Client) -> None:
    stored = AttachmentFactory(title="Plan für 2027.txt")

    response = client.get(stored.url)

    assert response.getvalue() == b"A word.\n"
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "text/plain",
        "Content-Disposition": "attachment; filename*=utf-8''plan-f%C3%BCr-2027.txt",
        "X-Content-Type-Options": "nosniff",
    }
    assert response["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
    assert client.get(stored.url, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_picture_is_shown_in_the_size_that_a_page_asks_for(client: Client) -> None:
    small = PictureFactory().get_rendition("width-20|format-webp")

    response = client.get(small.url)

    assert re.fullmatch(rf"/media/images/{RANDOM}[\w.-]+\.webp", small.url)
    assert Image.open(io.BytesIO(response.getvalue())).size == (20, 15)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert response["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")


def test_private_files_are_nowhere_for_those_who_may_not_have_them(
    client: Client, editor: User, learner: User, trainer: User, closed: Collection
) -> None:
    """Every address that a stored file has or could have is asked for."""
    grant(editor, GrantKind.REVIEWER)
    client.force_login(editor)
    one_picture(client, upload("secret.png", picture()), collection=closed.pk)
    client.post(reverse("wagtaildocs:add"), fields(file=upload("secret.txt", b"A word.\n"), collection=closed.pk))
    shown, offered = Picture.objects.get(), Attachment.objects.get()
    assert {shown.collection, offered.collection} == {closed}
    small = shown.get_rendition("width-20")
    names = [shown.file.name, offered.file.name, small.file.name]
    guesses = [
        f"{base}{name}" for name in names for base in ("/media/", "/documents/", "/private/", "/var/private/", "/")
    ]
    addresses = {offered.url, small.url, *guesses}
    assert client.get(offered.url).getvalue() == b"A word.\n"
    assert client.get(small.url).status_code == 200
    assert client.get(small.url)["Cache-Control"] == "private, no-store"
    client.logout()

    for person in (None, learner):
        if person:
            client.force_login(person)
        for address in sorted(addresses):
            given = answer(client, address)
            if person is None and address == offered.url:
                assert given == (302, "/en/account/login/?next=", "")
            else:
                # As of a file that never was.
                assert given == answer(client, re.sub(RANDOM, "0" * 32, address)), address
                assert given[0] in ({404} if address.startswith(("/media/", "/documents/")) else {302, 404})
    client.force_login(trainer)
    # Who chooses pictures in the CMS sees them there; documents stay with those who were named.
    assert client.get(small.url).status_code == 200
    assert client.get(offered.url).status_code == 404


def test_password_that_several_people_share_opens_no_document(
    client: Client, learner: User, closed: Collection
) -> None:
    CollectionViewRestriction.objects.all().delete()
    restriction = CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=BaseViewRestriction.PASSWORD, password="open sesame"
    )
    stored = AttachmentFactory(collection=closed)
    client.force_login(learner)

    said = client.post(
        reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk]),
        {"password": "open sesame", "return_url": stored.url},
        follow=True,
    )

    assert said.status_code == 404
    assert client.get(stored.url).status_code == 404
    assert Client().get(stored.url).status_code == 404


# Countries ---------------------------------------------------------------------------------------


@pytest.fixture
def countries(db: None) -> tuple[Organisation, Organisation]:
    """Two countries of one programme, each with a collection that its own authors alone may see."""
    programme = OrganisationFactory()
    here, there = (OrganisationFactory(parent=programme) for _country in range(2))
    for country in (here, there):
        restriction = CollectionViewRestriction.objects.create(
            collection=ensure_collection(country), restriction_type=BaseViewRestriction.GROUPS
        )
        restriction.groups.add(ensure_group(kind=GrantKind.AUTHOR, organisation=country))
    return here, there


def author_of(country: Organisation) -> User:
    return StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=country)


def test_author_of_one_country_has_no_file_of_another(
    client: Client, countries: tuple[Organisation, Organisation]
) -> None:
    here, there = countries
    offered = AttachmentFactory(collection=here.collection)
    small = PictureFactory(collection=here.collection).get_rendition("width-20")

    client.force_login(author_of(here))
    assert client.get(offered.url).getvalue() == b"A word.\n"
    assert client.get(small.url).status_code == 200

    client.force_login(author_of(there))
    for address in (offered.url, small.url):
        given = answer(client, address)
        assert given[0] == 404
        assert given == answer(client, re.sub(RANDOM, "0" * 32, address))
    in_the_cms = [
        *(("wagtaildocs", name, offered.pk) for name in ("edit", "delete")),
        *(("wagtailimages", name, small.image_id) for name in ("edit", "delete")),
        ("wagtaildocs_chooser", "chosen", offered.pk),
        ("wagtailimages_chooser", "chosen", small.image_id),
    ]
    for app, name, key in in_the_cms:
        assert client.get(reverse(f"{app}:{name}", args=[key])).status_code == 404, (app, name)


@pytest.mark.parametrize(
    ("app", "model", "sent"),
    [
        ("wagtailimages_chooser", Picture, ("a.png", picture())),
        ("wagtaildocs_chooser", Attachment, ("a.txt", b"A word.\n")),
    ],
)
def test_author_of_a_branch_uploads_and_chooses_in_the_collection_of_that_branch_alone(
    client: Client, countries: tuple[Organisation, Organisation], app: str, model: Any, sent: tuple[str, bytes]
) -> None:
    here, there = countries
    make = {Picture: PictureFactory, Attachment: AttachmentFactory}[model]
    make(title="Of theirs", collection=there.collection)
    client.force_login(author_of(here))

    def upload_into(country: Organisation) -> dict[str, Any]:
        kind = app.removeprefix("wagtail").removesuffix("s_chooser").replace("doc", "document")
        given = {"title": "Of ours", "file": upload(*sent), "collection": country.collection_id, "description": ""}
        response = client.post(
            reverse(f"{app}:create"), {f"{kind}-chooser-upload-{key}": v for key, v in given.items()}
        )
        assert response.status_code == 200
        return response.json()

    assert upload_into(here)["step"] == "chosen"
    # With one collection there is nothing to choose from: what is sent of another counts for nothing.
    upload_into(there)
    assert set(model.objects.filter(title="Of ours").values_list("collection", flat=True)) == {here.collection_id}
    shown = client.get(reverse(f"{app}:choose_results")).text
    assert "Of ours" in shown
    assert "Of theirs" not in shown


def test_file_is_nowhere_again_when_the_grant_ends(
    client: Client, countries: tuple[Organisation, Organisation]
) -> None:
    here, _there = countries
    author = author_of(here)
    offered = AttachmentFactory(collection=here.collection)
    client.force_login(author)
    assert client.get(offered.url).status_code == 200

    Grant.objects.filter(person=author).update(ends_at=now())

    assert client.get(offered.url).status_code == 404


@pytest.mark.parametrize("name", ["1/x.txt", f"{'9' * 40}/x.txt", "1/", "1/..%2Fx", "-1/x"])
def test_document_that_is_not_there_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/documents/{name}", follow=True).status_code == 404


@pytest.mark.parametrize("name", ["none.png", "..%2f..%2fsettings.py", "x.svg", "."])
def test_rendition_that_is_not_there_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/media/images/{name}").status_code == 404


def test_rendition_whose_file_is_gone_is_not_found(client: Client) -> None:
    small = PictureFactory().get_rendition("width-20")
    default_storage.delete(small.file.name)

    assert client.get(small.url).status_code == 404


def test_looking_at_a_rendition_takes_two_queries_at_any_depth(client: Client, django_assert_num_queries: Any) -> None:
    collection = Collection.get_first_root_node()
    for depth in range(3):
        small = PictureFactory(collection=collection).get_rendition("width-20")
        # The picture, and the restrictions of its collection.
        with django_assert_num_queries(2):
            assert client.get(small.url).status_code == 200
        collection = collection.add_child(name=f"Below {depth}")


def test_document_goes_out_from_a_disk_as_well(client: Client, on_disk: Path) -> None:
    stored = AttachmentFactory(title="Plan")

    response = client.get(stored.url)

    assert response.getvalue() == b"A word.\n"
    assert kept(on_disk) == [Path(stored.file.name).name]
    assert response["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert response["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")


def test_originals_have_no_address_and_lie_apart_from_what_is_shown(tmp_path: Path) -> None:
    stored = PictureFactory()
    with pytest.raises(NoAddress):
        _address = stored.file.url
    on_disk = PrivateStorage(location=tmp_path)
    name = on_disk.save("a.txt", ContentFile(b"A word."))

    with on_disk.open(name) as file:
        assert file.read() == b"A word."
    with pytest.raises(NoAddress):
        on_disk.url(name)
    media, private = base.MEDIA_ROOT, base.PRIVATE_ROOT
    assert not private.is_relative_to(media)
    assert not media.is_relative_to(private)
    assert not private.is_relative_to(base.STATIC_ROOT)
