"""What other apps may use of this one."""

from assessments.domain.items import InvalidItem, check_item, save_bank, save_item

__all__ = ["InvalidItem", "check_item", "save_bank", "save_item"]
