"""Push buttons with the looks of the house: one main action a page, the others plain, chips and links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from lianxin.domain.roles import Act as RoleAct

ButtonLook = Literal["plain", "main", "link", "chip", "nav"]
TextLook = Literal["plain", "title", "heading", "soft", "number", "late", "problem", "doubt", "good", "brand"]


@dataclass(frozen=True)
class Act:
    """Something a person can do: the words on the button, what it does, and how it is reached by keyboard.

    `needs` is the right it takes; the main act of a page takes that of registering unless it names another.
    """

    label: str
    run: Callable[[], None]
    keys: str = ""
    hint: str = ""
    enabled: bool = True
    needs: RoleAct | None = None


def button(
    text: str, look: ButtonLook = "plain", *, act: Callable[[], None] | None = None, hint: str = ""
) -> QPushButton:
    """A button; `act` is called when it is pressed. `main` is the brand red: one to a page."""
    made = QPushButton(text)
    made.setProperty("look", look)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if hint:
        made.setToolTip(hint)
        made.setAccessibleDescription(hint)
    if act is not None:
        made.clicked.connect(_without_argument(act))
    return made


def act_button(act: Act, look: ButtonLook = "plain") -> QPushButton:
    """A button for an act; its key is written after the words, so that it is learnt by looking."""
    made = button(f"{act.label}  {act.keys}" if act.keys else act.label, look, act=act.run, hint=act.hint)
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
