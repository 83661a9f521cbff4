"""A heading with words to press, and lines below it, each with its own words to press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px


class LineSection(QWidget):
    """A heading with a word to press, and lines below it, each with its own words to press."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading, self._note = label(heading, "heading"), label("", "soft")
        self._head = QHBoxLayout()
        self._head.setSpacing(px(8))
        self._head.addWidget(self._heading)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addLayout(self._head)
        box.addLayout(self._grid)
        self._lines: list[str] = []
        self._note.hide()

    def add_tool(self, widget: QWidget) -> None:
        """Put a word to press at the right of the heading."""
        self._head.addWidget(widget)

    def set_note(self, words: str) -> None:
        """Say something beside the heading."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def clear(self) -> None:
        """Take every line away."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []

    def say(self, words: str) -> None:
        """One soft line."""
        self._grid.addWidget(label(words, "soft", wrap=True), len(self._lines), 0, 1, 3)
        self._lines.append(words)

    def add_line(
        self, words: str, tools: Sequence[tuple[str, Callable[[], None]]], *, soft: bool = False
    ) -> None:
        """A line of words with what can be done to it."""
        row = len(self._lines)
        said = label(words, "soft" if soft else "plain", wrap=True)
        self._grid.addWidget(said, row, 0, 1, 2)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        holder = QWidget()
        holder.setLayout(line)
        for name, act in tools:
            made = button(name, "link", act=act)
            made.setAccessibleName(f"{name}：{words}")
            line.addWidget(made)
        self._grid.addWidget(holder, row, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._lines.append(words)

    def add_row(self, day: str, what: str, words: str, act: Callable[[], None]) -> None:
        """Day, what it was, its words, and a word that opens it."""
        row, top = len(self._lines), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label(f"{day}  {what}".strip(), "soft"), row, 0)
        self._grid.addWidget(label(words, wrap=True), row, 1)
        made = button("查看", "link", act=act)
        made.setAccessibleName(f"查看{day}{what or words}")
        self._grid.addWidget(made, row, 2, top | Qt.AlignmentFlag.AlignRight)
        self._lines.append(" ".join(part for part in (day, what, words) if part))

    def lines(self) -> list[str]:
        """The lines as shown."""
        return list(self._lines)
