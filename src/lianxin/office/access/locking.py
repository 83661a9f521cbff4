"""自动锁定: after how many minutes without a touch the window locks; a setting of this computer."""

from __future__ import annotations

from lianxin.office.desk import Desk

_SETTING, USUAL_MINUTES = "lock-after-minutes", 30
CHOICES = (5, 15, 30, 60, 0)
"""Minutes to choose from; 0 is never."""


def lock_minutes(desk: Desk) -> int:
    """The minutes chosen, 30 when nobody chose."""
    with desk.store.reading() as reading:
        told = reading.setting(_SETTING)
    return told if isinstance(told, int) and told in CHOICES else USUAL_MINUTES


def choose_lock_minutes(desk: Desk, minutes: int) -> None:
    """Remembers the choice. ValueError for one that is not offered."""
    if minutes not in CHOICES:
        raise ValueError(f"no such choice: {minutes}")
    desk.store.set_setting(_SETTING, minutes)
