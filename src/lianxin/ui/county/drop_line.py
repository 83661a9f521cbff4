"""Where files and folders are dropped at the county, with the buttons that ask for them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.ui.asking.files import ask_open_all
from lianxin.ui.pieces import Card, button, label
from lianxin.ui.sending.receipt_card import dropped_paths
from lianxin.ui.theme import px

HINT = "把乡镇送来的文件或整个文件夹拖到这里"
LET_GO = "松开就开始核验，不会马上导入"
_MOST = 2000
"""Files looked at on one stick."""


class DropLine(Card):
    """`dropped(paths)`; `files_asked`, `folder_asked` and `stick_asked` when a button was pressed."""

    dropped = Signal(object)
    files_asked = Signal()
    folder_asked = Signal()
    stick_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.body.setContentsMargins(px(16), px(6), px(10), px(6))
        self._hint = label(HINT)
        self.stick = button("从U盘读取", act=self.stick_asked.emit)
        self.files = button("选择文件…", act=self.files_asked.emit)
        self.folder = button("选择文件夹…", act=self.folder_asked.emit)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._hint, 1)
        for made in (self.stick, self.files, self.folder):
            line.addWidget(made)
        self.add_layout(line)
        self.setAccessibleName(HINT)

    def set_busy(self, busy: bool) -> None:
        """While something is under way nothing further is taken."""
        for made in (self.stick, self.files, self.folder):
            made.setEnabled(not busy)
        self.setAcceptDrops(not busy)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            self._hint.setText(LET_GO)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._hint.setText(HINT)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hint.setText(HINT)
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


def ask_files(parent: QWidget) -> list[Path]:
    """Received files of any kind; none when the clerk thought better of it."""
    kinds = "报送件和表格 (*.zip *.age *.xlsx *.xls *.docx *.csv);;所有文件 (*)"
    return ask_open_all(parent, "选择乡镇送来的文件", kinds)


def reports_on(places: Iterable[Path]) -> list[Path]:
    """What may be reports on these sticks, on top or one folder below; what cannot be read is left out."""
    found: list[Path] = []
    for place in places:
        with contextlib.suppress(OSError):
            for number, each in enumerate(sorted(place.iterdir())):
                if number > _MOST or each.name.startswith((".", "$")):
                    continue
                if each.is_dir():
                    with contextlib.suppress(OSError):
                        found += [one for one in sorted(each.iterdir()) if _may_be(one)]
                elif _may_be(each):
                    found.append(each)
    return found[:_MOST]


def _may_be(path: Path) -> bool:
    """A bundle by its name; what the county itself put on the stick is none."""
    own = path.name.startswith((".", "回执", "登记", "县人大证书"))
    return not own and path.name.endswith((".zip", ".age")) and path.is_file()
