"""Catalogues are compiled without GNU gettext, and only when they changed."""

import gettext
import os
from pathlib import Path

import pytest

from scripts import compile_catalogues

SOURCE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Home"\nmsgstr "Inicio"\n'


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "academy/locale/es/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_main_compiles(tmp_path: Path, catalogue: Path) -> None:
    assert compile_catalogues.main(tmp_path) == 0
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Home") == "Inicio"


def test_main_skips_what_is_up_to_date(tmp_path: Path, catalogue: Path) -> None:
    compiled = catalogue.with_suffix(".mo")
    compiled.write_bytes(b"as it was")
    assert compile_catalogues.main(tmp_path) == 0
    assert compiled.read_bytes() == b"as it was"


def test_main_compiles_again_after_a_change(tmp_path: Path, catalogue: Path) -> None:
    compiled = catalogue.with_suffix(".mo")
    compiled.write_bytes(b"as it was")
    os.utime(compiled, (0, 0))
    assert compile_catalogues.main(tmp_path) == 0
    assert compiled.read_bytes() != b"as it was"


def test_main_with_a_text_twice_says_where(tmp_path: Path, catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.write_text(SOURCE + '\nmsgid "Home"\nmsgstr "Casa"\n')
    assert compile_catalogues.main(tmp_path) == 1
    assert capsys.readouterr().err == (
        'academy/locale/es/LC_MESSAGES/django.po cannot be compiled: Entry "Home" already exists\n'
    )
