"""The last line of a count: why it cannot be confirmed yet, or that it can, and the one main button beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton

from lianxin.ui.pieces.buttons import TextLook, button, label, set_look
from lianxin.ui.theme import px


@dataclass(frozen=True)
class FootWords:
    """What the line says and offers. With `asks` a reason is typed before the main button may be pressed."""

    words: str
    look: TextLook
    main: str
    ready: bool
    asks: str = ""
    reason: str = ""


class ActFoot(QFrame):
    """`act` is what the main button does; `links` are plain words to press, shown by `show_links`."""

    def __init__(self, act: Callable[[], None], links: Sequence[tuple[str, Callable[[], None]]]) -> None:
        super().__init__()
        self.setObjectName("card")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(12), px(8), px(12), px(8))
        line.setSpacing(px(10))
        self._words = label("", wrap=True)
        self._reason = QLineEdit()
        self._reason.setMaxLength(120)
        self._reason.setMinimumWidth(px(160))
        self._reason.textEdited.connect(self._typed)
        self._reason.returnPressed.connect(self._entered)
        self._main = button("", "main", act=act)
        self._act, self._ready = act, False
        line.addWidget(self._words, 3)
        line.addWidget(self._reason, 2)
        self._links: dict[str, QPushButton] = {}
        for words, run in links:
            link = button(words, "link", act=run)
            self._links[words] = link
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._main, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, told: FootWords, links: Sequence[str] = ()) -> None:
        """Show words, button and links; a reason that is being typed stays."""
        self._words.setText(told.words)
        set_look(self._words, told.look)
        if bool(told.asks) != self._reason.isVisibleTo(self):
            self._reason.setText(told.reason)
        self._reason.setVisible(bool(told.asks))
        self._reason.setPlaceholderText(told.asks)
        self._reason.setAccessibleName(told.asks)
        self._ready = told.ready
        self._main.setText(told.main)
        self._main.setAccessibleName(told.main)
        self._main.setVisible(bool(told.main))
        for words, link in self._links.items():
            link.setVisible(words in links)
        self._typed("")

    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def reason(self) -> str:
        """What was typed as the reason."""
        return self._reason.text().strip()

    def ready(self) -> bool:
        """Whether the main button may be pressed."""
        return self._main.isEnabled()

    def focus_main(self) -> None:
        """Go to the reason when one is asked, else to the button when it may be pressed."""
        target = self._reason if self._reason.isVisibleTo(self) else self._main
        if target.isEnabled():
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self, _text: str) -> None:
        self._main.setEnabled(self._ready and (not self._reason.isVisibleTo(self) or bool(self.reason())))

    def _entered(self) -> None:
        if self._main.isEnabled():
            self._act()
