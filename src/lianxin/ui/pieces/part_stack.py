"""One of several parts on screen, none of which makes the page longer."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget


class PartStack(QStackedWidget):
    """Takes the height there is; each part scrolls by itself.

    A plain QStackedWidget asks for the preferred height of its tallest part as soon as one of them wraps words.
    """

    def hasHeightForWidth(self) -> bool:
        return False
