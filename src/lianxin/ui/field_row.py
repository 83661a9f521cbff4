"""One row of a form: label with its mark, editor, what was understood beside it, what is wrong below it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from lianxin.domain.dictionary import Spec
from lianxin.ui.allowed import refused
from lianxin.ui.editors import Editor
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px
from lianxin.ui.understanding import Understanding


class FieldRow(QWidget):
    """Puts a field together. `disclosed(wire)` when a masked value is asked for, `hint_taken(wire)` when the
    word offered beside the field is pressed, `history_asked(wire, point)` on right click on the label.
    """

    disclosed = Signal(str)
    hint_taken = Signal(str)
    history_asked = Signal(str, QPoint)

    def __init__(self, spec: Spec, editor: Editor, *, words: str = "") -> None:
        super().__init__()
        self.spec, self.editor, self._words = spec, editor, words or spec.label
        self._label = label(self._words)
        self._mark = label("*" if spec.required else "", "late")
        self._mark.setToolTip("必填")
        self._hint, self._below = label("", "soft"), label("", "problem", wrap=True)
        self._doubt = label("", "doubt", wrap=True)
        self._offer = button("", "link")
        self._offer.clicked.connect(self._offer_pressed)
        self._offer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._masked = label("")
        self._show = button("显示", "link", hint="显示全部内容，并记入查看记录")
        self._show.clicked.connect(self._show_pressed)
        self._head = QWidget()
        self._lay_out()
        required = "，必填" if spec.required else ""
        editor.control.setAccessibleName(f"{self._words}{required}")
        editor.control.setAccessibleDescription(spec.note)
        self._label.setBuddy(editor.control)
        self._head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._head.customContextMenuRequested.connect(self._head_asked)
        self.set_masked("")

    @property
    def show_button(self) -> QPushButton:
        """The word 显示 of a masked field."""
        return self._show

    def label_width(self) -> int:
        """The width the label would like."""
        return self._label.fontMetrics().horizontalAdvance(self._words) + px(24)

    def set_label_width(self, width: int) -> None:
        """Give the label a width, so that the editors of a form stand in one line."""
        self._label.setWordWrap(width < self.label_width())
        self._head.setFixedWidth(width)

    def set_hint(self, words: str, offer: str = "") -> None:
        """Say something beside the field (第3次来访); `offer` is a word to press (沿用上次住址)."""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self._offer.setText(offer)
        self._offer.setAccessibleName(f"{self.spec.label}：{offer}")
        self._offer.setVisible(bool(offer))

    def show_understanding(self, found: Understanding) -> None:
        """Show what was understood, asked or wrong; nothing clears it."""
        if found.shown:
            self._hint.setText(found.shown)
            self._hint.setVisible(True)
        self._doubt.setText(f"请核对：{found.doubt}" if found.doubt else "")
        self._doubt.setVisible(bool(found.doubt))
        self.set_problem(found.problem)

    def set_problem(self, problem: str) -> None:
        """Say below the field what is wrong, "" for nothing."""
        self._below.setText(f"！{problem}" if problem else "")
        self._below.setVisible(bool(problem))
        self.editor.set_wrong(bool(problem))
        self.editor.control.setAccessibleDescription(problem or self.spec.note)

    def problem(self) -> str:
        """The sentence below the field, without its mark."""
        return self._below.text().removeprefix("！")

    def hint(self) -> str:
        """The words beside the field."""
        return "" if self._hint.isHidden() else self._hint.text()

    def doubt(self) -> str:
        """The question below the field."""
        return self._doubt.text()

    def set_masked(self, words: str) -> None:
        """Show a masked text and 显示 instead of the editor; "" shows the editor."""
        self._masked.setText(words)
        self._masked.setVisible(bool(words))
        self._show.setVisible(bool(words))
        self._show.setAccessibleName(f"显示{self.spec.label}")
        self.editor.setVisible(not words)

    def is_masked(self) -> bool:
        """Whether the value is hidden now."""
        return bool(self._masked.text())

    def _lay_out(self) -> None:
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, px(8), px(6), 0)
        head.setSpacing(px(2))
        head.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        grows = self.editor.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Fixed
        line.addWidget(self.editor, 1 if grows else 0)
        line.addWidget(self._masked)
        line.addWidget(self._show)
        line.addWidget(self._hint)
        line.addWidget(self._offer)
        if not grows:
            line.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(px(3))
        right.addLayout(line)
        right.addWidget(self._doubt)
        right.addWidget(self._below)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(right, 1)
        # Chips that go on in a second line need more height than their hint says, which Maximum would cut off.
        wraps = self.editor.sizePolicy().hasHeightForWidth()
        upright = QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        for widget in (self._hint, self._doubt, self._below, self._offer):
            widget.hide()

    def _offer_pressed(self) -> None:
        self.hint_taken.emit(self.spec.wire)

    def _show_pressed(self) -> None:
        if refused(self.show_button, "reveal"):
            return
        self.set_masked("")
        self.disclosed.emit(self.spec.wire)
        self.editor.setFocus()

    def _head_asked(self, point: QPoint) -> None:
        self.history_asked.emit(self.spec.wire, self._head.mapToGlobal(point))
