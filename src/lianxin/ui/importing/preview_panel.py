"""The preview of one ledger: its kind, what it comes to, its rows left, and right row, sums and columns."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.office.importing.columns import importable_kinds
from lianxin.office.importing.ledger_import import Imported
from lianxin.ui.importing.columns_panel import ColumnsPanel, QuietCombo
from lianxin.ui.importing.preview_list import PreviewList
from lianxin.ui.importing.row_facts import RowFacts
from lianxin.ui.importing.sums_panel import SumsPanel
from lianxin.ui.pieces import Card, ChipRow, ScrollCard, TwoPanes, button, label
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.theme import px

ROW, SUMS, COLUMNS = "row", "sums", "columns"
_COUNTED = (
    ("visits", "来访{}批次"), ("persons", "{}人次"), ("days", "接待日{}次"), ("empty_days", "其中无人来访{}次"),
    ("mandates", "代表资格{}个"), ("deputies", "述职代表{}名"), ("wrong", "对不上的{}名"),
)  # fmt: skip


class PreviewPanel(QWidget):
    """`kind_chosen(kind)` when the clerk says which ledger it is."""

    kind_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._file = ElidedLabel("", "heading")
        self.kind = QuietCombo("这是什么台账", importable_kinds())
        self.kind.setMinimumContentsLength(10)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self._summary = label("", wrap=True)
        self.undo = button("撤销这次导入")
        self.save_refused = button("另存未导入的行…", hint="存成表格，改正后可以再导入")
        self.list = PreviewList()
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.row, self.sums, self.columns = RowFacts(), SumsPanel(), ColumnsPanel()
        self._what = ChipRow(
            ((ROW, "这一行"), (SUMS, "合计核对"), (COLUMNS, "列的对应")), name="右边看什么", numbered=False
        )
        self._what.chosen.connect(self.turn_to)
        left, right = Card(), ScrollCard()
        left.add(self.list, 1)
        right.body.insertWidget(0, self._what)
        for part in (self.row, self.sums, self.columns):
            right.add(part)
        right.add_stretch()
        self.panes = TwoPanes(left, right, names=("各行", "核对"), shares=(8, 5), least=(420, 380))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addLayout(self._top())
        box.addWidget(self.panes, 1)
        self.turn_to(SUMS)

    def begin(self, file_name: str) -> None:
        """Another file is being looked at."""
        self._file.set_words(file_name)
        self.columns.begin()

    def show_preview(self, found: Imported | None) -> None:
        """Show what would become of the rows; None when the kind is not clear."""
        self.undo.hide()
        self.save_refused.setVisible(found is not None and found.refused_rows is not None)
        if found is None:
            self.kind.choose("")
            self._summary.setText("看不出这是哪一种台账，请在上面选一种。还没有导入任何内容。")
            self.list.show_rows(())
            self.turn_to(SUMS)
            return
        self.kind.choose(found.kind)
        self._summary.setText(f"预览，还没有导入：{told(found)}")
        self.list.show_rows(found.rows)
        self.sums.show_sums(found.sums, found.warnings)
        self.columns.show_sheets(found.kind, found.sheets)
        self.turn_to(COLUMNS if self.columns.doubtful() and self._what.code() == COLUMNS else SUMS)

    def show_done(self, done: Imported) -> None:
        """Show what was taken in."""
        self._summary.setText(f"✓ 已导入：{told(done)}")
        self.list.show_rows(done.rows)
        self.undo.show()
        self.save_refused.setVisible(done.refused_rows is not None)

    def show_undone(self) -> None:
        """The import that is shown was taken back."""
        self._summary.setText("这次导入已经撤销，它新增的记录在回收站里。")
        self.undo.hide()

    def set_busy(self, busy: bool) -> None:
        """While something is under way nothing here can be changed."""
        for part in (self.kind, self.columns, self.undo, self.save_refused):
            part.setEnabled(not busy)

    def summary(self) -> str:
        """The line on top."""
        return self._summary.text()

    def turn_to(self, code: str) -> None:
        """Show the row, the sums or the columns on the right."""
        self._what.set_code(code)
        for part, name in ((self.row, ROW), (self.sums, SUMS), (self.columns, COLUMNS)):
            part.setVisible(name == code)

    def _top(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(10))
        line.addWidget(self._file, 1)
        line.addWidget(label("当作", "soft"))
        line.addWidget(self.kind)
        under = QHBoxLayout()
        under.setSpacing(px(10))
        under.addWidget(self._summary, 1)
        under.addWidget(self.save_refused)
        under.addWidget(self.undo)
        both = QVBoxLayout()
        both.setSpacing(px(4))
        both.addLayout(line)
        both.addLayout(under)
        chips = QHBoxLayout()
        chips.addWidget(self.list.chips)
        chips.addStretch(1)
        both.addLayout(chips)
        return both

    def _picked(self, key: str) -> None:
        if key:
            row = self.list.preview.row(key)
            self.row.show_row(row, self.list.preview.word(row))
            self.turn_to(ROW)

    def _opened(self, _key: str) -> None:
        self.panes.show_right()

    def _kind_changed(self, _place: int) -> None:
        if self.kind.code():
            self.kind_chosen.emit(self.kind.code())


def told(found: Imported) -> str:
    """What a ledger comes to, in one line."""
    counts = found.counts
    sums = [words.format(counts[name]) for name, words in _COUNTED if counts.get(name)]
    if found.kind != "contact" and "persons" in counts:
        sums = [words.replace("人次", "人") for words in sums]
    rows = [
        f"{word}{counts[name]}行"
        for word, name in (("新增", "new"), ("修改", "changed"), ("相同", "same"), ("未导入", "refused"))
        if counts[name]
    ]
    skipped: dict[str, int] = {}
    for sheet in found.sums:
        if sheet.found:
            for why, number in sheet.skipped.items():
                skipped[why] = skipped.get(why, 0) + number
    left = "、".join(f"{why}{number}" for why, number in skipped.items())
    parts = ["，".join(sums), "，".join(rows)]
    parts.append(f"跳过{sum(skipped.values())}行（{left}）" if skipped else "")
    return "；".join(part for part in parts if part) + "。"
