"""The rows of a ledger as the preview shows them: what becomes of each, and what was understood."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.ledgers.rows import Problem, Reading
from lianxin.office.importing.outcome import RowOutcome
from lianxin.ui.pieces import ChipRow
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column
from lianxin.ui.theme import px

WORDS = {"new": "新增", "same": "相同", "changed": "修改", "refused": "未导入"}
ALL, DOUBTFUL = "all", "doubtful"
_FILTERS = ((ALL, "全部"), ("new", "新增"), ("same", "相同"), ("changed", "修改"), ("refused", "未导入"),
            (DOUBTFUL, "有疑问"))  # fmt: skip


def said(reading: Reading) -> str:
    """“3.1”按3月10日理解."""
    typed = f"“{reading.typed}”" if reading.typed else "空白"
    return f"{reading.cell} {typed}按{reading.understood or '空白'}理解"


def wrong(problem: Problem) -> str:
    """The cell and what is the matter with it."""
    return f"{problem.cell} {problem.message}"


class PreviewSource:
    """A ListSource over the rows of one preview; `kept` is the filter that is on, `mark` begins every key."""

    def __init__(self, rows: Sequence[RowOutcome] = (), *, mark: str = "") -> None:
        self._rows = tuple(rows)
        self._mark = mark
        self.kept = ALL

    @property
    def columns(self) -> Sequence[Column]:
        """Place, what becomes of it, what it says, what was understood."""
        return (
            Column("place", "位置", width=112, sortable=False),
            Column("outcome", "结果", width=76, sortable=False, look="badge"),
            Column("gist", "内容", stretch=True, sortable=False),
            Column("why", "说明", stretch=True, sortable=False, look="soft", drop=1),
        )

    def row(self, key: str) -> RowOutcome:
        """The row of a key."""
        return self._rows[int(key.rpartition("-")[2])]

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The rows that the filter keeps and that hold the words."""
        return [
            f"{self._mark}-{at}"
            for at, row in enumerate(self._rows)
            if self._keeps(row) and (not words or words in self._text(row))
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows."""
        return [self._cells(self.row(key)) for key in keys]

    def counts(self) -> dict[str, int]:
        """How many rows each filter keeps."""
        found = dict.fromkeys((code for code, _ in _FILTERS), 0)
        for row in self._rows:
            found[row.outcome] += 1
            found[ALL] += 1
            found[DOUBTFUL] += row.doubtful
        return found

    def _keeps(self, row: RowOutcome) -> bool:
        return self.kept == ALL or row.outcome == self.kept or (self.kept == DOUBTFUL and row.doubtful)

    def _cells(self, row: RowOutcome) -> Sequence[str]:
        return (f"{row.sheet} 第{row.row}行", self.word(row), row.gist, _why(row))

    def word(self, row: RowOutcome) -> str:
        """What becomes of a row, in one word."""
        return WORDS[row.outcome]

    def _text(self, row: RowOutcome) -> str:
        return " ".join((*self._cells(row), *row.cells.values()))


def _why(row: RowOutcome) -> str:
    notes = [wrong(each) for each in row.problems] + [said(each) for each in row.readings]
    if not notes:
        return ""
    return notes[0] if len(notes) == 1 else f"{notes[0]}　等{len(notes)}处"


class PreviewList(RecordList):
    """The list; its `chips` (全部、新增、相同、修改、未导入、有疑问) stand where the panel puts them."""

    def __init__(self) -> None:
        self.preview = PreviewSource()
        self._shown = 0
        super().__init__(
            self.preview, name="预览", unit="行", framed=False, filter_hint="查找  Ctrl+F",
            empty=EmptyWords("没有这样的行", "换一个筛选看看。"),
        )  # fmt: skip
        self.chips = ChipRow(_FILTERS, name="只看哪些行", numbered=False)
        self.chips.set_code(ALL)
        self.chips.setMinimumHeight(px(40))
        self.chips.chosen.connect(self._keep)

    def show_rows(self, rows: Sequence[RowOutcome]) -> None:
        """Show another preview, all of its rows."""
        # Other keys, so that nothing of the preview before stays chosen.
        self._shown += 1
        self.preview = PreviewSource(rows, mark=str(self._shown))
        counts = self.preview.counts()
        self.chips.set_choices([(code, f"{words} {counts[code]}") for code, words in _FILTERS])
        self.chips.set_code(ALL)
        self.set_source(self.preview)

    def keep(self, code: str) -> None:
        """Show only some rows, as if the chip were pressed."""
        self.chips.set_code(code)
        self._keep(code)

    def _keep(self, code: str) -> None:
        self.preview.kept = code or ALL
        self.refresh()
