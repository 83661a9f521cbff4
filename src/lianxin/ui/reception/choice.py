"""A few words side by side and the rest in a menu: 类别 and 处理方式 of a visit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from lianxin.ui.editors import Editor
from lianxin.ui.pieces.buttons import button
from lianxin.ui.pieces.chips import ChipRow, Choice

_DIGITS_END = 10


class ChoiceEditor(Editor):
    """Digits choose one of the few while the row has the focus; 0 or Down opens the menu of the rest, where digits
    choose again.

    `picked(code)` when a person chose; what was put by `set_text` tells nobody.
    """

    picked = Signal(str)

    def __init__(self, choices: Sequence[Choice], *, few: int = 0, more: str = "更多") -> None:
        self._row = ChipRow(may_clear=True)
        super().__init__(self._row)
        self._all = list(choices)
        self._few = [code for code, _ in choices[:few]]
        self._more = button(more, "link", hint="其余各项（按 0 打开）")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.clicked.connect(self._open)
        self._menu = QMenu(self._more)
        self._menu.aboutToHide.connect(self._menu_gone)
        self._row.chosen.connect(self._chosen)
        self._show("")

    def set_few(self, codes: Sequence[str]) -> None:
        """Offer other codes first; the chosen one stays on the row."""
        self._few = list(codes)
        self._show(self.text())

    def text(self) -> str:
        return self._row.code()

    def set_text(self, text: str) -> None:
        self._show(text.strip())

    def shown(self) -> str:
        return dict(self._all).get(self.text(), "")

    def menu_words(self) -> list[str]:
        """What the menu offers now."""
        self._fill_menu()
        return [act.text() for act in self._menu.actions()]

    def pick(self, code: str) -> None:
        """Choose on the person's behalf; counts as an edit."""
        self._show(code)
        self._chosen(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_0, Qt.Key.Key_Down):
            self._open()
        else:
            super().keyPressEvent(event)

    def _show(self, code: str) -> None:
        words = dict(self._all)
        shown = [*self._few, *([code] if code and code not in self._few else [])]
        self._row.set_choices([(each, words.get(each, each)) for each in shown])
        self._row.set_code(code)
        flow = self._row.layout()
        if flow is not None:
            # The word for the rest follows the chips, in the same lines.
            flow.removeWidget(self._more)
            flow.addWidget(self._more)
        self._row.updateGeometry()

    def _fill_menu(self) -> None:
        self._menu.clear()
        rest = [(code, words) for code, words in self._all if code not in self._few]
        for place, (code, words) in enumerate(rest, 1):
            digit = f"&{place} " if place < _DIGITS_END else ""
            self._menu.addAction(f"{digit}{words}").triggered.connect(partial(self._from_menu, code))

    def _open(self) -> None:
        self._fill_menu()
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
        actions = self._menu.actions()
        if actions:
            self._menu.setActiveAction(actions[0])

    def _menu_gone(self) -> None:
        self._row.setFocus(Qt.FocusReason.PopupFocusReason)

    def _from_menu(self, code: str, _checked: bool = False) -> None:
        self.pick(code)

    def _chosen(self, code: str) -> None:
        self.edited.emit()
        self.picked.emit(code)
