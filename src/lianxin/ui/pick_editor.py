"""A field whose value is picked from a list while typing: codes of a long list, records of another kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit

from lianxin.domain.codes import Code, CodeList
from lianxin.domain.numerals import plain
from lianxin.office.by_letters import codes_by_letters
from lianxin.ui.editors import Editor
from lianxin.ui.pieces.picklist import Pick, PickList
from lianxin.ui.theme import colour, colours


class Lookup(Protocol):
    """Finds records to refer to. Names are as lists show them; `candidates` answers the best first, few."""

    def candidates(self, kind: str, words: str) -> Sequence[tuple[str, str]]:
        """(uid, label) of records of this kind that fit the words; "" asks for the usual ones."""
        ...

    def name_of(self, kind: str, uid: str) -> str:
        """The label of one record, "" when it is not known."""
        ...


Find = Callable[[str], Sequence[tuple[str, str]]]
NameOf = Callable[[str], str]
NEW = "＋"
"""The key of the line that offers to register something new."""


class PickEditor(Editor):
    """Type a few characters, take one of the offered lines with Enter; Down shows the usual ones.

    `new_wanted(words)` when the last line, 新增…, was taken.
    """

    new_wanted = Signal(str)

    def __init__(self, find: Find, name_of: NameOf, *, placeholder: str = "", offer_new: str = "") -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._find, self._name_of, self._offer_new = find, name_of, offer_new
        self._key, self._name = "", ""
        self._list: PickList | None = None
        self._line.setPlaceholderText(placeholder)
        self._arrow = self._line.addAction(_arrow_icon(), QLineEdit.ActionPosition.TrailingPosition)
        self._arrow.setToolTip("打开列表（↓）")
        self._arrow.triggered.connect(self._open_all)
        self._line.textEdited.connect(self._typed)

    def text(self) -> str:
        return self._key

    def set_text(self, text: str) -> None:
        self._key = text.strip()
        self._name = (self._name_of(self._key) or self._key) if self._key else ""
        self._line.setText(self._name)
        self._line.setCursorPosition(0)

    def loose_words(self) -> str:
        return "" if self._key else self._line.text().strip()

    def set_loose_words(self, words: str) -> None:
        self._key, self._name = "", ""
        self._line.setText(words)

    def shown(self) -> str:
        return self._line.text()

    def set_read_only(self, read_only: bool) -> None:
        self._line.setReadOnly(read_only)

    def offer(self, words: str = "") -> None:
        """Open the list for these words."""
        picks = [Pick(key, name) for key, name in self._find(words.strip())]
        if self._offer_new and words.strip():
            picks.append(Pick(NEW, f"＋ 新增{self._offer_new}“{words.strip()}”"))
        self._pick_list().offer(picks, nothing="没有相符的，请换个说法" if words.strip() else "还没有可选的")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.control and not self._line.isReadOnly():
            closed = self._list is None or self._list.isHidden()
            key_down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            if closed and key_down and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
                self.offer("" if self._key else self._line.text())
                return True
            if closed and event.type() == QEvent.Type.MouseButtonRelease:
                self.offer("" if self._key else self._line.text())
        return super().eventFilter(watched, event)

    def _open_all(self) -> None:
        self._line.setFocus()
        self.offer("")

    def _pick_list(self) -> PickList:
        if self._list is None:
            self._list = PickList(self._line, least_width=180)
            self._list.picked.connect(self._picked)
        return self._list

    def _typed(self, text: str) -> None:
        self._key = ""
        if text.strip():
            self.offer(text)
        elif self._list is not None:
            self._list.hide()
        self.edited.emit()

    def _picked(self, key: str) -> None:
        if key == NEW:
            self.new_wanted.emit(self._line.text().strip())
            return
        self.set_text(key)
        self.edited.emit()

    def _on_leave(self) -> None:
        words = self._line.text().strip()
        if self._key or not words:
            return
        found = list(self._find(words))
        same = [key for key, name in found if name == words]
        if len(same) == 1:
            self.set_text(same[0])
            self.edited.emit()


def _arrow_icon() -> QIcon:
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(colours().ink_soft), 3))
    painter.drawPolyline([QPointF(8, 13), QPointF(16, 21), QPointF(24, 13)])
    painter.end()
    return QIcon(picture)


def code_find(codes: CodeList) -> Find:
    """Finds codes by label, code or synonym, the words anywhere in them; then by the letters of their pinyin."""

    def find(words: str) -> Sequence[tuple[str, str]]:
        wanted = plain(words).casefold()
        found = [code for code in codes.codes if not wanted or _holds(code, wanted)]
        found += [code for code in codes_by_letters(codes, words) if code not in found]
        return [(code.code, code.label) for code in found]

    return find


def _holds(code: Code, wanted: str) -> bool:
    return any(wanted in plain(text).casefold() for text in (code.label, code.code, *code.synonyms))


def ref_find(lookup: Lookup, kind: str) -> Find:
    """Finds records of one kind through the lookup."""

    def find(words: str) -> Sequence[tuple[str, str]]:
        return lookup.candidates(kind, words)

    return find


def ref_name(lookup: Lookup, kind: str) -> NameOf:
    """Names records of one kind through the lookup."""

    def name_of(uid: str) -> str:
        return lookup.name_of(kind, uid)

    return name_of
