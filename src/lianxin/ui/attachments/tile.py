"""One attachment as it is seen: its picture or what it is, its name, its size, 移除."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from lianxin.domain.records import Attachment
from lianxin.office.attaching import size_words
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.theme import px

WIDTH, PICTURE = 116, 84
"""Of a tile and of the picture in it, at 100 %."""
_IN_SHORT = {
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "txt": "文本",
    "csv": "CSV",
    "jpg": "照片",
    "png": "图片",
}


class Tile(QWidget):
    """`opened` to look at it, `taken_off`; from its menu also `personal_told(bool)` and `erasing`. Enter looks,
    Delete takes off.
    """

    opened = Signal()
    taken_off = Signal()
    personal_told = Signal(bool)
    erasing = Signal()

    def __init__(self, attachment: Attachment, *, whose: str = "") -> None:
        super().__init__()
        self.attachment = attachment
        name = attachment.name or "（文件名没有随来）"
        self.setFixedWidth(px(WIDTH))
        self.face = _Face(_IN_SHORT.get(attachment.form, attachment.form))
        self.face.setAccessibleName(f"查看附件 {name}")
        self.face.setToolTip(_hint(attachment, name, whose))
        self.face.clicked.connect(self._clicked)
        self.face.removing.connect(self.taken_off)
        self.face.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.face.customContextMenuRequested.connect(self._menu)
        self.face.setEnabled(attachment.digest is not None)
        off = button("移除", "link", act=self.taken_off.emit)
        off.setAccessibleName(f"移除附件 {name}")
        # Reached by the Delete key from the picture: twenty-five sheets are one Tab each, not two.
        off.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addWidget(self.face)
        box.addWidget(ElidedLabel(name))
        line = QHBoxLayout()
        line.addWidget(label(whose or size_words(attachment.size), "soft"), 1)
        line.addWidget(off)
        box.addLayout(line)

    def show_picture(self, png: bytes, ratio: float) -> None:
        """Show the small picture; `ratio` is how many points of it make one of the window."""
        pixels = QPixmap()
        if pixels.loadFromData(png):
            pixels.setDevicePixelRatio(ratio)
            self.face.setText("")
            self.face.setIcon(QIcon(pixels))
            self.face.setIconSize(QSize(px(WIDTH) - px(8), px(PICTURE)))

    def _clicked(self, _checked: bool = False) -> None:
        self.opened.emit()

    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction("查看").triggered.connect(self._clicked)
        personal = menu.addAction("含个人信息")
        personal.setCheckable(True)
        personal.setChecked(self.attachment.personal)
        personal.triggered.connect(self.personal_told)
        menu.addAction("移除").triggered.connect(self._off)
        menu.addSeparator()
        menu.addAction("彻底清除…").triggered.connect(self._erase)
        menu.popup(self.face.mapToGlobal(point))

    def _off(self, _checked: bool = False) -> None:
        self.taken_off.emit()

    def _erase(self, _checked: bool = False) -> None:
        self.erasing.emit()


class _Face(QPushButton):
    """The picture as a button: Enter presses it too, Delete takes it off."""

    removing = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("look", "plain")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        # The style sheet's least height of buttons would make a tile of words lower than one with a picture.
        return QSize(px(WIDTH), px(PICTURE) + px(12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        else:
            super().keyPressEvent(event)


def _hint(attachment: Attachment, name: str, whose: str) -> str:
    parts = [name, attachment.caption or "", whose, size_words(attachment.size)]
    if attachment.digest is None:
        parts.append("文件没有随报送件送来，或已经清除")
    elif attachment.personal:
        parts.append("含个人信息，查看会记录")
    return "\n".join(part for part in parts if part)
