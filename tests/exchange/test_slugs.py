"""Slugs for names that come without one."""

from __future__ import annotations

from academy.exchange.slugs import slugs_for


def test_slugs_for_names_apart() -> None:
    assert slugs_for(["C", "C++", "C#", "C"], longest=100) == {"C": "c", "C++": "c-2", "C#": "c-3"}


def test_slugs_for_names_without_latin_letters() -> None:
    assert slugs_for(["数据", "资料"], longest=100) == {"数据": "unnamed", "资料": "unnamed-2"}


def test_slugs_for_long_names_stay_within_the_limit() -> None:
    assert slugs_for(["a" * 9, "a" * 10], longest=8) == {"a" * 9: "a" * 8, "a" * 10: "a" * 6 + "-2"}
