"""The short questions of this page: where to, which files, and why a freezing is taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from lianxin.ui.asking.files import ask_open_all


def ask_files(parent: QWidget, title: str) -> list[Path]:
    """Signed files of any kind; none when the clerk thought better of it."""
    return ask_open_all(parent, title, "报送件和回执 (*.zip *.age)")


def ask_reason(parent: QWidget) -> str:
    """Why the figures are thawed; "" to leave them frozen."""
    words, agreed = QInputDialog.getText(
        parent, "取消定稿", "为什么取消定稿？（记入本机日志）", QLineEdit.EchoMode.Normal
    )
    return words.strip() if agreed else ""


def open_folder(path: Path) -> bool:
    """Shows a folder with the computer's own program."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
