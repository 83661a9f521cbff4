"""The acts of a matter below its detail: the next ones as buttons with their digits, the others one step away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from lianxin.domain.roles import Act as RoleAct
from lianxin.ui.allowed import announced, refusal_in
from lianxin.ui.pieces import Act, FlowLayout, act_button, button
from lianxin.ui.theme import px

SHOWN = 4
"""So many acts are buttons; the others stand in the menu behind 更多."""
MOST_DIGITS = 9


class ActRow(QWidget):
    """`press_digit` is what the keys 1 to 9 do while list or detail has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._acts: list[Act] = []
        self._buttons: list[QPushButton] = []
        self._flow = FlowLayout(self, gap=px(8))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_acts(self, acts: Sequence[Act]) -> None:
        """Offer these, the next one first."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._acts = list(acts)
        few = len(acts) <= SHOWN + 1
        shown = self._acts if few else self._acts[:SHOWN]
        self._buttons = [
            act_button(replace(act, keys=str(place), needs=_needs(act))) for place, act in enumerate(shown, 1)
        ]
        if not few:
            more = button("更多…", act=self.open_menu, hint="其余的办理步骤，也可以直接按数字键")
            self._buttons.append(more)
        for made in self._buttons:
            self._flow.addWidget(made)
            made.show()
        self.updateGeometry()

    def labels(self) -> list[str]:
        """The acts on offer, in order, with those of the menu."""
        return [act.label for act in self._acts]

    def press(self, words: str) -> None:
        """Do an act by its words; KeyError when it is not on offer."""
        for act in self._acts:
            if act.label == words:
                act.run()
                return
        raise KeyError(words)

    def press_digit(self, digit: int) -> bool:
        """Do the act of this digit; False when there is none."""
        if not 1 <= digit <= min(len(self._acts), MOST_DIGITS):
            return False
        act = self._acts[digit - 1]
        if not refusal_in(self, _needs(act)):
            act.run()
        return True

    def focus_first(self) -> None:
        """Go to the next act."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def open_menu(self) -> None:
        """Show the acts that have no button, their digits underlined."""
        menu = QMenu(self)
        for place, act in enumerate(self._acts[SHOWN:], SHOWN + 1):
            digit = f"&{place}  " if place <= MOST_DIGITS else ""
            entry = menu.addAction(f"{digit}{act.label}")
            entry.setEnabled(not refusal_in(self, _needs(act)))
            entry.triggered.connect(_without_argument(act))
        last = self._buttons[-1]
        menu.exec(last.mapToGlobal(QPoint(0, -menu.sizeHint().height())))


def _needs(act: Act) -> RoleAct:
    """What stands in this row is a step of the matter, or a paper of it."""
    return act.needs or announced(act.label) or "register"


def _without_argument(act: Act) -> Callable[[bool], None]:
    def pressed(_checked: bool = False) -> None:
        act.run()

    return pressed
