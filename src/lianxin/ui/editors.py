"""The editors of a form, one for each sort of value; all hold text as typed and never check while typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from lianxin.ui.pieces.buttons import repolish
from lianxin.ui.pieces.chips import ChipRow, Choice
from lianxin.ui.theme import px


class Editor(QWidget):
    """Holds one control. `edited` on every change by a person, `left` when the focus goes elsewhere."""

    edited = Signal()
    left = Signal()

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self.control = control
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(control)
        self.setFocusProxy(control)
        control.installEventFilter(self)
        self.setSizePolicy(control.sizePolicy())

    def text(self) -> str:
        """The text as typed, ready for the record's parse."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Put a text without telling anybody."""
        raise NotImplementedError

    def loose_words(self) -> str:
        """What was typed but stands for nothing yet (a name not picked from the list); kept in drafts."""
        return ""

    def set_loose_words(self, words: str) -> None:
        """Put back words that stand for nothing yet."""

    def shown(self) -> str:
        """The value as people read it."""
        return self.text()

    def enter(self) -> None:
        """Take the focus to be filled in; what stands there is selected, so that typing takes its place."""
        self.control.setFocus(Qt.FocusReason.TabFocusReason)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the control; the words stand beside it."""
        if self.control.property("wrong") != ("true" if wrong else "false"):
            self.control.setProperty("wrong", "true" if wrong else "false")
            repolish(self.control)

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read but not changed."""
        self.control.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.control and event.type() == QEvent.Type.FocusOut:
            self._on_leave()
            self.left.emit()
        return False

    def _on_leave(self) -> None:
        """Tidy up before others hear that the field was left."""

    def _edited(self) -> None:
        self.edited.emit()


class LineEditor(Editor):
    """One line of text; also days, phones and counts, which are understood after leaving."""

    def __init__(self, *, width: int = 0, placeholder: str = "", right: bool = False) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._line.setPlaceholderText(placeholder)
        if width:
            self._line.setFixedWidth(px(width))
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if right:
            self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.textEdited.connect(self._text_edited)

    def text(self) -> str:
        return self._line.text()

    def set_text(self, text: str) -> None:
        self._line.setText(text)
        self._line.setCursorPosition(0)

    def enter(self) -> None:
        super().enter()
        self._line.selectAll()

    def set_read_only(self, read_only: bool) -> None:
        self._line.setReadOnly(read_only)

    def _text_edited(self, _text: str) -> None:
        self.edited.emit()


class LinesBox(QPlainTextEdit):
    """Several lines; Enter goes on to the next field as everywhere, Shift+Enter makes a new line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # Files dragged onto a form are for the record's attachments, not text with their addresses.
        files = any(url.isLocalFile() for url in source.urls())
        return not files and super().canInsertFromMimeData(source)


class LinesEditor(Editor):
    """A box that grows with its text between `least` and `most` lines."""

    def __init__(self, *, placeholder: str = "", least: int = 3, most: int = 9) -> None:
        self._box = LinesBox()
        super().__init__(self._box)
        self._least, self._most = least, most
        self._silent = False
        self._box.setTabChangesFocus(True)
        self._box.setPlaceholderText(placeholder)
        self._box.setToolTip("换行请按 Shift+Enter")
        self._box.textChanged.connect(self._text_changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def text(self) -> str:
        return self._box.toPlainText()

    def set_text(self, text: str) -> None:
        self._silent = True
        self._box.setPlainText(text)
        self._silent = False

    def set_read_only(self, read_only: bool) -> None:
        self._box.setReadOnly(read_only)
        repolish(self._box)

    def _text_changed(self) -> None:
        self._fit()
        if not self._silent:
            self.edited.emit()

    def _fit(self) -> None:
        lines = round(self._box.document().size().height())
        shown = max(self._least, min(self._most, lines))
        self._box.setFixedHeight(QFontMetrics(self._box.font()).lineSpacing() * shown + px(20))


class ChipsEditor(Editor):
    """A few codes side by side; the keys 1 to 9 choose."""

    def __init__(self, choices: Sequence[Choice], *, many: bool = False, may_clear: bool = False) -> None:
        self._row = ChipRow(choices, many=many, may_clear=may_clear)
        super().__init__(self._row)
        self._row.chosen.connect(self._chosen)
        policy = self._row.sizePolicy()
        self.setSizePolicy(policy)

    def text(self) -> str:
        return self._row.code()

    def set_text(self, text: str) -> None:
        self._row.set_code(text)

    def _chosen(self, _code: str) -> None:
        self.edited.emit()


class YesNoEditor(Editor):
    """A box to tick; Space or 1 ticks, 0 clears."""

    def __init__(self, words: str = "是") -> None:
        self._box = QCheckBox(words)
        super().__init__(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._box.clicked.connect(self._clicked)

    def text(self) -> str:
        return "是" if self._box.isChecked() else "否"

    def set_text(self, text: str) -> None:
        self._box.setChecked(text.strip() in {"是", "有", "1", "true", "True"})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.control and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            wanted = {"1": True, "0": False}.get(event.text())
            if wanted is not None:
                self._box.setChecked(wanted)
                self.edited.emit()
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, _checked: bool) -> None:
        self.edited.emit()
