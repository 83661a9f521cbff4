"""What the person at this window may not do: each window knows the sentences, widgets ask the window they stand in."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

from lianxin.domain.roles import RIGHTS, Act, Acting

_PROPERTY = "refusal-"


def tell_window(window: QWidget, acting: Acting) -> None:
    """Lets a window know why its person may not do what his role does not."""
    for act in RIGHTS:
        window.setProperty(f"{_PROPERTY}{act}", acting.refusal(act))


def refusal_in(widget: QWidget, act: Act) -> str:
    """Why an act is not done here, from the nearest window that knows; empty when it may be done."""
    place: QWidget | None = widget
    while place is not None:
        told = place.property(f"{_PROPERTY}{act}")
        if isinstance(told, str):
            return told
        place = place.parentWidget()
    return ""


def refused(pressed: QAbstractButton, act: Act) -> bool:
    """True when a button's act is refused here; the button is then put out of use and says why."""
    words = refusal_in(pressed, act)
    if not words:
        return False
    grey_out(pressed, words)
    QToolTip.showText(pressed.mapToGlobal(pressed.rect().bottomLeft()), words, pressed)
    return True


def grey_out(widget: QWidget, words: str) -> None:
    """Puts a widget out of use and says why."""
    widget.setEnabled(False)
    widget.setToolTip(words)
    widget.setAccessibleDescription(words)
