"""更新记录 on screen: told once after an update, and whenever somebody looks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from lianxin import __version__
from lianxin.installed import changelog
from lianxin.office.safekeeping.whats_new import Release, releases
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px


class WhatsNewDialog(QDialog):
    """The given releases, or all there were."""

    def __init__(self, parent: QWidget | None = None, told: tuple[Release, ...] = ()) -> None:
        super().__init__(parent)
        self.setWindowTitle("更新记录")
        self.setMinimumSize(px(420), px(320))
        room = self.screen().availableSize()
        self.resize(min(px(760), room.width() - 40), min(px(600), room.height() - 60))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        box.addWidget(label(f"连心 {__version__} 版", "heading"))
        self.text = QTextBrowser()
        self.text.setObjectName("manual")
        self.text.setAccessibleName("更新记录")
        shown = told or releases(changelog())
        self.text.setMarkdown("\n\n".join(f"## {each.heading}\n\n{each.text}" for each in shown))
        box.addWidget(self.text, 1)
        known = button("知道了", act=self.accept)
        known.setDefault(True)
        box.addWidget(known, 0, Qt.AlignmentFlag.AlignRight)
        known.setFocus()


def show_whats_new(parent: QWidget) -> None:
    """Every release."""
    WhatsNewDialog(parent).exec()
