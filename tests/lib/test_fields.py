from __future__ import annotations

from decimal import Decimal

from django.db.models import CheckConstraint, Q

from academy.lib.fields import percent_field, together, uuid_field


def test_uuid_field_is_random_unique_and_not_for_forms() -> None:
    field = uuid_field()

    assert (field.unique, field.editable) == (True, False)
    assert field.get_default() != field.get_default()


def test_percent_field_holds_two_decimals() -> None:
    field = percent_field(default=70)

    assert field.to_python("99.99") == Decimal("99.99")
    assert (field.max_digits, field.decimal_places, field.default) == (5, 2, 70)


def test_together_allows_both_or_none() -> None:
    assert together("closed_at", "closed_by", name="closed_together") == CheckConstraint(
        condition=Q(closed_at__isnull=True, closed_by__isnull=True)
        | Q(closed_at__isnull=False, closed_by__isnull=False),
        name="closed_together",
    )
