"""The items of an agenda as chips; PageUp and PageDown go from one to the next while something is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lianxin.domain.records import AgendaItem
from lianxin.ui.pieces.chips import ChipRow

_OUTSIDE = "-"
_WORDS = 10
_STEPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class ItemRow(ChipRow):
    """`turned` when another item was chosen by a person. What stands outside the agenda comes last."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__((), name="议题", numbered=False)
        self._titles: dict[str, str] = {}
        self.chosen.connect(self._chosen)

    def offer(self, items: Sequence[AgendaItem]) -> None:
        """Show these items; the chosen one stays chosen, otherwise the first is."""
        alone = len(self._titles) <= 1
        self._titles = {each.uid: each.title for each in items} | {_OUTSIDE: "议程以外"}
        chips = [(each.uid, f"{at} {_short(each.title)}") for at, each in enumerate(items, 1)]
        kept = self.code()
        self.set_choices([*chips, (_OUTSIDE, "议程以外")])
        self.set_code(kept if kept in self._titles and not alone else next(iter(self._titles)))

    def item(self) -> str | None:
        """The chosen item, None for what stands outside the agenda."""
        code = self.code()
        return None if code in ("", _OUTSIDE) else code

    def title(self) -> str:
        """The whole title of the chosen item."""
        return self._titles.get(self.code(), "")

    def is_cut(self) -> bool:
        """Whether the chip does not hold the whole title."""
        return len(self.title()) > _WORDS

    def set_item(self, uid: str | None) -> None:
        """Choose without telling anybody; an item that is gone chooses the first."""
        code = uid or _OUTSIDE
        self.set_code(code if code in self._titles else next(iter(self._titles), ""))

    def go_on(self, by: int) -> None:
        """To the next or the one before."""
        codes = list(self._titles)
        at = codes.index(self.code()) if self.code() in codes else 0
        wanted = codes[min(max(at + by, 0), len(codes) - 1)] if codes else ""
        if wanted and wanted != self.code():
            self.set_code(wanted)
            self.turned.emit()

    def turn_with(self, editor: QWidget) -> None:
        """Let PageUp and PageDown in this editor turn the items."""
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.go_on(step)
                return True
        return super().eventFilter(watched, event)

    def _chosen(self, _code: str) -> None:
        self.turned.emit()


def _short(title: str) -> str:
    return title if len(title) <= _WORDS else f"{title[:_WORDS]}…"
