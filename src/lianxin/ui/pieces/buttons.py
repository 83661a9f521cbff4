"""Push buttons with the looks of the house: one main action a page, the others plain, chips and links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from lianxin.domain.roles import Act as RoleAct
from lianxin.ui.allowed import announced, grey_out, refusal_in

ButtonLook = Literal["plain", "main", "link", "chip", "nav"]
TextLook = Literal["plain", "title", "heading", "soft", "number", "late", "problem", "doubt", "good", "brand"]


@dataclass(frozen=True)
class Act:
    """Something a person can do: the words on the button, what it does, and how it is reached by keyboard.

    `needs` is the right it takes: unless it is named, what the words announce (`allowed.announced`); the main act of
    a page takes that of registering.
    """

    label: str
    run: Callable[[], None]
    keys: str = ""
    hint: str = ""
    enabled: bool = True
    needs: RoleAct | None = None


class ActButton(QPushButton):
    """Out of use, with the reason as its tool tip, where the role of who sits here does not do its act."""

    def __init__(self, text: str, needs: RoleAct | None) -> None:
        super().__init__(text)
        self._needs = needs

    def act(self) -> RoleAct | None:
        """What pressing it does; None when its words announce nothing but a look or a way."""
        return self._needs or (announced(self.text()) if self.property("look") in _SPEAKING else None)

    def ask(self, needs: RoleAct | None = None) -> None:
        """Ask the window again; it also asks when it is shown, enabled or gets other words."""
        self._needs = needs or self._needs
        act = self.act()
        words = refusal_in(self, act) if act is not None else ""
        if words:
            grey_out(self, words)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and self.isEnabled():
            self.ask()


_SPEAKING = frozenset({"plain", "main", "link"})
"""Looks whose words are an act; those of a chip are a value."""


def button(
    text: str,
    look: ButtonLook = "plain",
    *,
    act: Callable[[], None] | None = None,
    hint: str = "",
    needs: RoleAct | None = None,
) -> ActButton:
    """A button; `act` is called when it is pressed. `main` is the brand red: one to a page. `needs`: see Act."""
    made = ActButton(text, needs)
    made.setProperty("look", look)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if hint:
        made.setToolTip(hint)
        made.setAccessibleDescription(hint)
    if act is not None:
        made.clicked.connect(_without_argument(act))
    return made


def act_button(act: Act, look: ButtonLook = "plain") -> ActButton:
    """A button for an act; its key is written after the words, so that it is learnt by looking."""
    made = button(
        f"{act.label}  {act.keys}" if act.keys else act.label,
        look,
        act=act.run,
        hint=act.hint,
        needs=act.needs,
    )
    made.setAccessibleName(act.label)
    made.setEnabled(act.enabled)
    return made


def label(text: str, look: TextLook = "plain", *, wrap: bool = False) -> QLabel:
    """A line of text; plain text always, so that what a visitor said is never taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", look)
    made.setWordWrap(wrap)
    return made


def set_look(widget: QWidget, look: str) -> None:
    """Change the look of a button or label that is already on screen."""
    widget.setProperty("look", look)
    repolish(widget)


def repolish(widget: QWidget) -> None:
    """Make the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _without_argument(act: Callable[[], None]) -> Callable[[bool], None]:
    def pressed(_checked: bool = False) -> None:
        act()

    return pressed
