"""合计核对: what every sheet came to beside the total it states itself; sheets that hold no ledger are named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from lianxin.office.importing.sums import SheetSum
from lianxin.ui.pieces import label
from lianxin.ui.pieces.buttons import TextLook
from lianxin.ui.theme import px


class SumsPanel(QWidget):
    """One line a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(2, 1)

    def show_sums(self, sums: Sequence[SheetSum], warnings: Sequence[str] = ()) -> None:
        """Show these sheets, and under them what rules say of the whole."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for place, heading in enumerate(("表", "数出来", "与表中合计")):
            self._grid.addWidget(label(heading, "soft"), 0, place)
        for row, sheet in enumerate(sums, 1):
            words, look = _against(sheet)
            counted = (
                f"{sheet.entries}条" if sheet.persons is None else f"{sheet.entries}批次 {sheet.persons}人次"
            )
            self._put(row, 0, sheet.sheet, "plain")
            self._put(row, 1, counted if sheet.found else "", "plain")
            self._put(row, 2, words, look)
        for place, words in enumerate(warnings, len(sums) + 1):
            made = label(words, "doubt", wrap=True)
            made.setAccessibleName(words)
            self._grid.addWidget(made, place, 0, 1, 3)

    def lines(self) -> list[str]:
        """What the third column says, sheet by sheet."""
        found = []
        for row in range(1, self._grid.rowCount()):
            item = self._grid.itemAtPosition(row, 2)
            made = item.widget() if item is not None else None
            if made is not None:
                found.append(made.accessibleName())
        return found

    def _put(self, row: int, column: int, words: str, look: TextLook) -> None:
        made = label(words, look, wrap=column == 2)
        made.setAccessibleName(words)
        self._grid.addWidget(made, row, column, Qt.AlignmentFlag.AlignTop)


def _against(sheet: SheetSum) -> tuple[str, TextLook]:
    if not sheet.found:
        if not sheet.seen:
            return "空表", "soft"
        rows = f"，有{sheet.unread}行像是数据" if sheet.unread else ""
        expected, seen = "、".join(sheet.expected), "／".join(sheet.seen)
        return f"没有找到表头，这张表没有读{rows}。要有{expected}这样的列名，看到的是：{seen}", "doubt"
    if not sheet.stated:
        return "表中没有写合计", "soft"
    off = [each for each in sheet.stated if not each.agrees]
    if off:
        told = "；".join(f"表中写{each.stated}{each.unit}，数出{each.counted}{each.unit}" for each in off)
        return f"{told}，请核对", "problem"
    return "✓ " + "、".join(f"{each.stated}{each.unit}" for each in sheet.stated) + "，相符", "good"
