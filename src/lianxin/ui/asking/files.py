"""The system's dialogs for files and folders; each question begins where it was answered last in this window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_last: dict[str, Path] = {}


def ask_open(parent: QWidget, title: str, kinds: str, begin: str = "") -> str:
    """One file of these kinds, such as `Word 文档 (*.docx)`; "" when the clerk thought better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, title, _begin(title, begin), kinds)
    return _kept(title, name)


def ask_open_all(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Any number of files; none when the clerk thought better of it."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, _begin(title), kinds)
    return [Path(_kept(title, name)) for name in names]


def ask_save(parent: QWidget, title: str, name: str, kinds: str) -> str:
    """Where a file is written that would be called `name`; "" for nowhere."""
    path, _ = QFileDialog.getSaveFileName(parent, title, str(Path(_begin(title)) / name), kinds)
    return _kept(title, path)


def ask_folder(parent: QWidget, title: str, begin: str = "") -> str:
    """A folder; "" when the clerk thought better of it."""
    return _kept(title, QFileDialog.getExistingDirectory(parent, title, _begin(title, begin)), folder=True)


def _begin(title: str, begin: str = "") -> str:
    return begin or str(_last.get(title, Path.home()))


def _kept(title: str, name: str, *, folder: bool = False) -> str:
    if name:
        _last[title] = Path(name) if folder else Path(name).parent
    return name
