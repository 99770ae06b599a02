"""Second factors: set up without a script, asked for at sign-in, counted once, kept encrypted, and lost."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from academy.lib.encryption import Unreadable
from academy.people.api import ActKind, has_second_factor
from academy.people.domain.factors import factors_of
from academy.people.models import AuditEvent, User
from tests.factories.people import APP_SECRET, PASSWORD, UserFactory, add_second_factor
from tests.support.factors import app_code, confirm
from tests.support.readonly import read_only

pytestmark = pytest.mark.django_db

# allauth tells what happened when it is stored for good.
COMMITS = pytest.mark.django_db(transaction=True)
SESSIONS = {"django_session"}


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def second_step(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def guarded(db: None) -> User:
    """Somebody with an authenticator app and recovery codes."""
    user: User = UserFactory(second_factor=True)
    RecoveryCodes.activate(user)
    return user


# Setting up ---------------------------------------------------------------------------------------


@COMMITS
def test_app_is_set_up_by_a_page_and_a_code_and_its_owner_is_told(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    confirm(client)

    page = client.get(reverse("mfa_activate_totp")).text
    shown = re.search(r'<strong translate="no" dir="ltr">([A-Z2-7 ]+)</strong>', page)
    assert shown
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page or "<svg viewBox" in page
    assert "<script>" not in page
    response = client.post(reverse("mfa_activate_totp"), {"code": app_code(shown[1].replace(" ", ""))})

    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert factors_of(user).app
    assert [message.subject for message in mail.outbox] == ["Procurement Academy: An authenticator app was added"]
    codes = client.get(response["Location"]).text
    assert len(re.findall(r"<li>\d{4} \d{4}</li>", codes)) == 10


@COMMITS
def test_code_that_set_up_the_app_signs_nobody_in(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    code = app_code(secret)
    client.post(reverse("mfa_activate_totp"), {"code": code})
    elsewhere = Client()
    sign_in(elsewhere, user)

    second_step(elsewhere, code)

    assert not is_signed_in(elsewhere)


def test_wrong_code_sets_nothing_up_and_keeps_the_key(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]

    response = client.post(reverse("mfa_activate_totp"), {"code": "000 00"})

    assert "This did not work. Enter a new code, or try the passkey again." in response.text
    assert client.session["mfa.totp.secret"] == secret
    assert not has_second_factor(user)


def test_setting_up_asks_first_whether_it_is_you(client: Client) -> None:
    client.force_login(UserFactory())

    response = client.get(reverse("mfa_activate_totp"))

    assert response["Location"].startswith(reverse("account_reauthenticate"))


@COMMITS
def test_first_factor_ends_the_sessions_that_began_without_it(client: Client) -> None:
    user = UserFactory()
    elsewhere = Client()
    for browser in (client, elsewhere):
        sign_in(browser, user)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": app_code(client.session["mfa.totp.secret"])})

    assert elsewhere.get(reverse("my_settings")).status_code == 302
    assert client.get(reverse("my_settings")).status_code == 200


def test_removal_of_the_app_takes_the_codes_along_and_its_owner_is_told(client: Client, guarded: User) -> None:
    client.force_login(guarded)
    confirm(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert [message.subject for message in mail.outbox] == ["Procurement Academy: Your authenticator app was removed"]
    assert guarded.display_name in mail.outbox[0].body


def test_person_with_a_second_factor_can_still_move_to_another_address(client: Client, guarded: User) -> None:
    client.force_login(guarded)
    confirm(client)

    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": "1"})

    assert mail.outbox[0].to == ["new@example.org"]


# Signing in ---------------------------------------------------------------------------------------


def test_password_alone_does_not_sign_in(client: Client, guarded: User) -> None:
    response = sign_in(client, guarded)

    assert response["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get(reverse("my_settings")).status_code == 302
    assert "Second step" in client.get(reverse("mfa_authenticate")).text


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_code_of_now_and_its_neighbours_sign_in(client: Client, guarded: User, step: int) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client, guarded)

        assert second_step(client, app_code(step=step))["Location"] == reverse("my")
        assert is_signed_in(client)


@pytest.mark.parametrize("step", [-2, 2])
def test_older_and_later_codes_do_not(client: Client, guarded: User, step: int) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client, guarded)

        assert "This did not work" in second_step(client, app_code(step=step)).text
        assert not is_signed_in(client)


def test_code_counts_once_for_as_long_as_it_could_count(client: Client, guarded: User) -> None:
    start = datetime.fromtimestamp(timezone.now().timestamp() // 30 * 30, tz=timezone.get_current_timezone())
    with time_machine.travel(start, tick=False) as clock:
        code = app_code(step=1)
        sign_in(client, guarded)
        second_step(client, code)
        assert is_signed_in(client)
        # In the last second in which it would still be right.
        clock.shift(timedelta(seconds=89))
        thief = Client()
        sign_in(thief, guarded)

        response = second_step(thief, f"{code[:3]} {code[3:]}")

    assert "This did not work" in response.text
    assert not is_signed_in(thief)


def test_recovery_code_signs_in_once(client: Client, guarded: User) -> None:
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, guarded)
    second_step(client, f"{code[:4]} {code[4:]}")
    assert is_signed_in(client)
    thief = Client()
    sign_in(thief, guarded)

    second_step(thief, code)

    assert not is_signed_in(thief)
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 9


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "3/m/key"})
def test_guessing_codes_is_slowed_down(client: Client, guarded: User) -> None:
    sign_in(client, guarded)
    for guess in ("000000", "000001", "000002"):
        second_step(client, guess)

    response = second_step(client, app_code())

    assert "There were too many attempts. Wait a few minutes, then try again." in response.text
    assert not is_signed_in(client)


def test_reset_of_the_password_does_not_get_round_the_second_step(client: Client, guarded: User) -> None:
    client.post(reverse("account_reset_password"), {"email": guarded.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link
    address = client.get(link[1])["Location"]

    client.post(address, {"password1": "four quiet herons fishing"})

    assert not is_signed_in(client)
    assert sign_in(client, guarded, "four quiet herons fishing")["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def answer(**response: str) -> str:
    """What a browser sends, with any contents."""
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


INVENTED = [
    "",
    "nonsense",
    "[]",
    "1",
    '"x"',
    "{}",
    '{"id": 1}',
    '{"id": "AA", "rawId": "AB", "response": {}}',
    '{"id": "AA", "rawId": "AA", "response": []}',
    answer(),
    answer(clientDataJSON="AA", authenticatorData="AA", signature="AA", userHandle="MQ"),
    answer(clientDataJSON="e30", authenticatorData="A" * 60, signature="AA", userHandle="eA"),
    answer(clientDataJSON="e30", authenticatorData="A" * 60, signature="AA", userHandle="_w"),
    answer(clientDataJSON="e30", authenticatorData="A" * 60, signature="AA"),
    answer(clientDataJSON="AA", attestationObject="AA"),
    answer(clientDataJSON="e30", attestationObject="gA"),
    answer(clientDataJSON="e30", attestationObject="o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA"),
    answer(clientDataJSON="!", attestationObject="!"),
]
DOORS = ["mfa_login_webauthn", "mfa_authenticate", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"]


@pytest.mark.parametrize("credential", INVENTED)
@pytest.mark.parametrize("name", DOORS)
def test_invented_passkeys_are_refused_without_a_fault(
    client: Client, guarded: User, name: str, credential: str
) -> None:
    if name == "mfa_authenticate":
        sign_in(client, guarded)
    elif name != "mfa_login_webauthn":
        client.force_login(guarded)
        confirm(client)
    # The page begins what is then answered.
    client.get(reverse(name), headers={"accept": "application/json"})

    response = client.post(reverse(name), {"credential": credential})

    assert response.status_code in {200, 302}
    assert Authenticator.objects.filter(type="webauthn").count() == 0
    assert is_signed_in(client) == (name in {"mfa_add_webauthn", "mfa_reauthenticate_webauthn"})


# At rest ------------------------------------------------------------------------------------------


def test_secrets_are_stored_encrypted(guarded: User) -> None:
    stored = json.dumps(list(Authenticator.objects.order_by("type").values_list("data", flat=True)))

    assert APP_SECRET not in stored
    assert len(re.findall(r'"(secret|seed)": "gAAAAA', stored)) == 2


def test_old_key_still_reads_what_it_wrote(client: Client) -> None:
    with override_settings(SECRET_KEY="the key of last year" * 3):
        user = UserFactory(second_factor=True)
    with override_settings(SECRET_KEY_FALLBACKS=["the key of last year" * 3]):
        assert Authenticator.objects.get().wrap().validate_code(app_code())

    with pytest.raises(Unreadable, match="is its key in SECRET_KEY_FALLBACKS"):
        Authenticator.objects.get(user=user).wrap().validate_code(app_code())


# Recovery codes -----------------------------------------------------------------------------------


@COMMITS
def test_codes_are_shown_to_whoever_showed_that_it_is_them_and_looking_writes_nothing(
    client: Client, guarded: User
) -> None:
    client.force_login(guarded)
    assert client.get(reverse("mfa_view_recovery_codes"))["Location"].startswith(reverse("account_reauthenticate"))
    confirm(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()

    with read_only(except_tables=SESSIONS):
        page = client.get(reverse("mfa_view_recovery_codes")).text
        file = client.get(reverse("mfa_download_recovery_codes"))

    assert all(f"<li>{code[:4]} {code[4:]}</li>" in page for code in codes)
    assert file.text.strip().splitlines()[-10:] == [f"{code[:4]} {code[4:]}" for code in codes]
    assert "no-store" in file["Cache-Control"]


def test_pages_of_second_factors_write_nothing(client: Client, guarded: User) -> None:
    client.force_login(guarded)
    confirm(client)

    with read_only(except_tables=SESSIONS):
        statuses = {
            name: client.get(reverse(name)).status_code
            for name in (
                "mfa_index",
                "mfa_list_webauthn",
                "mfa_add_webauthn",
                "mfa_deactivate_totp",
                "mfa_generate_recovery_codes",
                "mfa_reauthenticate",
                "my_settings",
                "my_sessions",
            )
        }

    assert set(statuses.values()) == {200}


# Lost ---------------------------------------------------------------------------------------------


def test_operator_removes_lost_factors_and_ends_the_sessions(client: Client, guarded: User) -> None:
    client.force_login(guarded)
    admin = UserFactory(is_superuser=True)
    out = StringIO()

    call_command("remove_second_factors", guarded.email.upper(), by=admin.email, stdout=out)

    assert out.getvalue().startswith(f"1 second factors of {guarded.email} are removed.")
    assert not Authenticator.objects.filter(user=guarded).exists()
    assert client.get(reverse("my_settings")).status_code == 302
    entry = AuditEvent.objects.get(kind=ActKind.FACTOR_REMOVED)
    assert (entry.object_id, entry.actor_id) == (str(guarded.pk), admin.pk)


@pytest.mark.parametrize(("email", "by"), [("nobody@example.org", None), (None, "nobody@example.org")])
def test_operator_is_told_of_an_unknown_address(guarded: User, email: str | None, by: str | None) -> None:
    with pytest.raises(CommandError, match=r"Nobody here has the address nobody@example\.org\."):
        call_command("remove_second_factors", email or guarded.email, by=by or guarded.email)

    assert has_second_factor(guarded)


def test_whoever_has_no_codes_yet_is_offered_some(client: Client) -> None:
    """As an account from another program may have it: a factor and no codes."""
    client.force_login(UserFactory(second_factor=True))

    for name in ("my_settings", "mfa_index"):
        page = client.get(reverse(name)).text
        assert reverse("mfa_generate_recovery_codes") in page
        assert f'"{reverse("mfa_view_recovery_codes")}"' not in page


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = UserFactory()
    RecoveryCodes.activate(user)

    assert not has_second_factor(user)
    add_second_factor(user)
    assert has_second_factor(user)
