"""What every write is followed by: saved, told with its way back, shown anew by everybody who shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lianxin.office.desk import Desk as Office
from lianxin.office.records import undo_changes
from lianxin.store.writing import Change
from lianxin.ui.pages import Desk


def tell_written(
    desk: Desk,
    office: Office,
    words: str,
    changes: Iterable[Change],
    *,
    shown: Callable[[], None] = lambda: None,
) -> None:
    """Tell of these changes; `shown` shows them where they were made, now and after 撤销.

    Changes that left everything the same have no way back.
    """
    real = tuple(each for each in changes if each.outcome != "same")

    def undo() -> None:
        taken = undo_changes(office, real)
        desk.saved()
        desk.tell("已撤销")
        desk.hub.tell({change.kind for change in taken})
        shown()

    desk.saved()
    desk.tell(words, undo if real else None)
    desk.hub.tell({change.kind for change in real})
    shown()
