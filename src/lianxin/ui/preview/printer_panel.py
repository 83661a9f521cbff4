"""How a paper is printed: copies, both sides, and what else can be done with it. Plain choices, one column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from lianxin.ui.pieces import QuietCombo, button, label
from lianxin.ui.preview.page_range import places_named
from lianxin.ui.theme import px

MOST_COPIES = 200
NO_PRINTER = "这台电脑没有装打印机。可以先存为 PDF，拷到有打印机的电脑上打印。"
ONE, BOTH, ODD, EVEN = "one", "both", "odd", "even"
_SIDES = ((ONE, "单面"), (BOTH, "双面"), (ODD, "只印单数页"), (EVEN, "只印双数页"))
_HINTS = {
    ONE: "",
    ODD: "手动双面第一步：先印单数页。",
    EVEN: "手动双面第二步：把印好的一叠翻过来放回纸盒，再印双数页。先用两页试一次，看好方向。",
}


def can_turn(info: QPrinterInfo) -> bool:
    """Whether a printer turns the sheet by itself."""
    turning = (QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexAuto)
    return any(mode in turning for mode in info.supportedDuplexModes())


def duplex_of(side: str, *, lying: bool) -> QPrinter.DuplexMode:
    """How the sheet is turned, so that the back stands upright when the paper is bound at its left."""
    if side != BOTH:
        return QPrinter.DuplexMode.DuplexNone
    return QPrinter.DuplexMode.DuplexShortSide if lying else QPrinter.DuplexMode.DuplexLongSide


class PrinterPanel(QScrollArea):
    """Copies and sides; the buttons below are the window's own (`add_button`)."""

    print_wanted = Signal()

    def __init__(
        self, pages: int, *, lying: bool, printers: Sequence[str], turns: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pages, self._lying, self._turns = pages, lying, turns
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(px(252))
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(px(14), px(12), px(14), px(12))
        self._box.setSpacing(px(6))
        self.setWidget(inner)
        self.print = button("打印  Ctrl+P", "main", act=self.print_wanted.emit)
        self.print.setAccessibleName("打印")
        self.print.setEnabled(bool(printers))
        self.copies = QSpinBox()
        # The arrows of the style sheet are hard to see; a number is typed, or turned with ↑ and ↓.
        self.copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setSuffix(" 份")
        self.copies.setAccessibleName("份数")
        self.range = QLineEdit()
        self.range.setPlaceholderText("全部，或如 1-3，5")
        self.range.setAccessibleName("页码")
        self.range.returnPressed.connect(self.print_wanted.emit)
        self.sides = QuietCombo("单双面")
        for key, words in _SIDES[: 4 if pages > 1 else 1]:
            self.sides.addItem(words, key)
        self.hint = label("", "soft", wrap=True)
        self.sides.currentIndexChanged.connect(self._sides_chosen)
        for widget in (
            self.print,
            label("份数", "soft"),
            self.copies,
            *((label("页码", "soft"), self.range) if pages > 1 else ()),
            label("单双面", "soft"),
            self.sides,
            self.hint,
        ):
            self._box.addWidget(widget)
        if not printers:
            self._box.addWidget(label(NO_PRINTER, "late", wrap=True))
        self._box.addSpacing(px(8))
        self._foot = QVBoxLayout()
        self._foot.setSpacing(px(6))
        self._box.addLayout(self._foot)
        self._box.addStretch(1)
        self._sides_chosen()

    def add(self, widget: QWidget) -> None:
        """Put one more button or line below."""
        self._foot.addWidget(widget)

    def side(self) -> str:
        """ONE, BOTH, ODD or EVEN."""
        return str(self.sides.currentData())

    def places(self) -> list[int]:
        """The pages that are to be printed, from 0; odd ones are the first, third … of those named. Raises BadRange."""
        step = {ODD: slice(0, None, 2), EVEN: slice(1, None, 2)}.get(self.side(), slice(None))
        return places_named(self.range.text(), self._pages)[step]

    def set_up(self, printer: QPrinter) -> None:
        """Tell a printer what was chosen, and how many pages there are to choose from."""
        printer.setFromTo(1, self._pages)
        printer.setPrintRange(QPrinter.PrintRange.AllPages)
        printer.setCopyCount(self.copies.value())
        printer.setDuplex(duplex_of(self.side(), lying=self._lying))

    def _sides_chosen(self) -> None:
        words = _HINTS.get(self.side(), "")
        if self.side() == BOTH:
            edge = "短边" if self._lying else "长边"
            words = (
                f"按{edge}翻转。"
                if self._turns
                else f"默认打印机不会自动双面：请分两次，先“只印单数页”，翻面再“只印双数页”（按{edge}翻）。"
            )
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
