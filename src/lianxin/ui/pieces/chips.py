"""A row of chips: choose one (or some) of a few words, by mouse or by the keys 1 to 9."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from lianxin.ui.pieces.buttons import button
from lianxin.ui.pieces.flow import FlowLayout
from lianxin.ui.theme import colour, colours, px

Choice = tuple[str, str]
"""A code and the words people read."""


class _Ring(QWidget):
    """The mark of the focus, drawn over the chips: under them its inner half would be hidden."""

    def __init__(self, row: ChipRow) -> None:
        super().__init__(row)
        self._row = row
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        box = self._row.focused_box()
        if not self._row.hasFocus() or box.isEmpty():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(colours().focus), 2))
        rounding = min(box.height() / 2, px(18))
        painter.drawRoundedRect(box, rounding, rounding)


class ChipRow(QWidget):
    """One tab stop; while it has the focus a digit chooses, arrows move, Backspace clears when allowed.

    `numbered` writes the digit before the words. `many` lets several be on. Emits `chosen(codes)` with the
    comma-joined codes whenever a person changes the choice, and after it `clicked(codes)` when the mouse did.
    """

    chosen = Signal(str)
    clicked = Signal(str)
    left = Signal()

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        *,
        name: str = "",
        numbered: bool = True,
        many: bool = False,
        may_clear: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbered, self._many, self._may_clear = numbered, many, may_clear
        self._codes: list[str] = []
        self._chips: list[QPushButton] = []
        self._words: list[str] = []
        self._flow = FlowLayout(self, gap=px(6))
        self._flow.setContentsMargins(2, 2, 2, 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._ring = _Ring(self)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the chips; a chosen code that is still offered stays chosen."""
        kept = self.codes()
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._codes = [code for code, _ in choices]
        self._words = [words for _, words in choices]
        self._chips = []
        for place, (code, words) in enumerate(choices, 1):
            chip = button(words, "chip")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setProperty("code", code)
            chip.setAccessibleDescription(f"按 {place}" if self._numbered and place < 10 else "")
            chip.clicked.connect(self._pressed)
            self._flow.addWidget(chip)
            self._chips.append(chip)
        self._ring.raise_()
        self.set_codes(kept)

    def set_words(self, words: Sequence[str]) -> None:
        """New words on the same chips, such as 办理中 13."""
        self._words = list(words)
        self._write()

    def codes(self) -> tuple[str, ...]:
        """The codes that are on, in the order of the row."""
        return tuple(code for code, chip in zip(self._codes, self._chips, strict=True) if chip.isChecked())

    def code(self) -> str:
        """The chosen code, or "" when none is."""
        return ",".join(self.codes())

    def set_code(self, code: str) -> None:
        """Choose without telling anybody; comma-joined codes when several may be on."""
        self.set_codes(code.split(","))

    def set_codes(self, codes: Iterable[str]) -> None:
        """Choose without telling anybody."""
        wanted = set(codes)
        for code, chip in zip(self._codes, self._chips, strict=True):
            chip.setChecked(code in wanted)
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and text.isdecimal() and text.isascii() and 1 <= int(text) <= len(self._chips):
            self._choose(int(text) - 1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self._many and self._chips:
            self._step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._may_clear:
            self.set_codes(())
            self.chosen.emit("")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.update()
        self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())

    def focused_box(self) -> QRect:
        """Around the chosen chip, which arrows move; around all chips while none or several are on."""
        on = [chip.geometry() for chip in self._chips if chip.isChecked() and not self._many]
        boxes = on[:1] or [chip.geometry() for chip in self._chips]
        around = QRect()
        for box in boxes:
            around = around.united(box)
        return around.adjusted(-1, -1, 1, 1).intersected(self.rect().adjusted(1, 1, -1, -1))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _pressed(self) -> None:
        sender = self.sender()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for place, chip in enumerate(self._chips):
            if chip is sender:
                # The click already turned the chip; put it back so that both ways go through one rule.
                chip.setChecked(not chip.isChecked())
                self._choose(place)
                self.clicked.emit(self.code())
                return

    def _choose(self, place: int) -> None:
        chip = self._chips[place]
        was = chip.isChecked()
        if self._many:
            chip.setChecked(not was)
        else:
            for other in self._chips:
                other.setChecked(other is chip)
            if was and self._may_clear:
                chip.setChecked(False)
        self._write()
        self.chosen.emit(self.code())

    def _step(self, by: int) -> None:
        on = [place for place, chip in enumerate(self._chips) if chip.isChecked()]
        place = (on[0] + by) % len(self._chips) if on else (0 if by > 0 else len(self._chips) - 1)
        if not (on and on[0] == place):
            self._choose(place)

    def _write(self) -> None:
        for place, (chip, words) in enumerate(zip(self._chips, self._words, strict=True), 1):
            tick = "✓ " if chip.isChecked() else ""
            digit = f"{place} " if self._numbered and place < 10 else ""
            chip.setText(f"{tick}{digit}{words}")
            chip.setAccessibleName(f"{words}，已选" if tick else words)
        # Its box goes with the words, and what it leaves is not under a chip that paints itself anew.
        self._ring.update()
