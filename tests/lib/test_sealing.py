"""Sealed secrets open with the key and for the purpose that they were sealed for, and with nothing else."""

from __future__ import annotations

import pytest
from django.test import override_settings

from academy.lib.sealing import CannotUnseal, seal, unseal

OLD, NEW = "o" * 60, "n" * 60


@pytest.mark.parametrize("text", ["", "secret", "gehéim 🔒", "x" * 5000])
def test_what_was_sealed_opens(text: str) -> None:
    assert unseal(seal(text, purpose="tests"), purpose="tests") == text


def test_sealed_text_hides_the_secret_and_is_another_one_each_time() -> None:
    first, second = seal("secret", purpose="tests"), seal("secret", purpose="tests")

    assert "secret" not in first
    assert first != second


def test_other_purpose_does_not_open() -> None:
    with pytest.raises(CannotUnseal):
        unseal(seal("secret", purpose="tests"), purpose="others")


@pytest.mark.parametrize("sealed", ["", "x", "gAAAA"])
def test_what_was_never_sealed_does_not_open(sealed: str) -> None:
    with pytest.raises(CannotUnseal):
        unseal(sealed, purpose="tests")


def test_older_key_opens_as_long_as_it_is_named() -> None:
    with override_settings(SECRET_KEY=OLD):
        sealed = seal("secret", purpose="tests")

    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
        assert unseal(sealed, purpose="tests") == "secret"
    with override_settings(SECRET_KEY=NEW), pytest.raises(CannotUnseal):
        unseal(sealed, purpose="tests")
