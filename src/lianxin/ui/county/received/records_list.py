"""What a received file does to records, one line each, with chips for what happens to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.county.received.records_told import MOST, RecordTold
from lianxin.ui.pieces import ChipRow, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column
from lianxin.ui.theme import px

WORDS = {"conflict": "待确认", "changed": "修改", "new": "新增", "same": "已有"}
_ALL, _RETURNED, _HINTED = "all", "returned", "hinted"
_RETURNED_WORDS = "退回"


class RecordsSource:
    """A ListSource over the records of one file."""

    def __init__(self, records: Sequence[RecordTold] = (), mark: str = "") -> None:
        # Other keys for another file, so that nothing of the one before stays chosen.
        self._records = {f"{mark}{number}": each for number, each in enumerate(records)}
        self.kept = _ALL

    @property
    def columns(self) -> Sequence[Column]:
        """What happens, and which record: its kind and title."""
        return (
            Column("outcome", "变化", width=72, sortable=False, look="badge"),
            Column("title", "记录", stretch=True, sortable=False),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The records that are asked for."""
        return [
            key
            for key, each in self._records.items()
            if _falls_under(each, self.kept) and (not words or words in f"{each.label} {each.title}")
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these records."""
        found = [self._records[key] for key in keys]
        return [_cells(each) for each in found]

    def record(self, key: str) -> RecordTold | None:
        """One record."""
        return self._records.get(key)


def _falls_under(record: RecordTold, kept: str) -> bool:
    return kept in (_ALL, _HINTED, record.outcome) or (kept == _RETURNED and bool(record.reason))


def _cells(record: RecordTold) -> Sequence[str]:
    if record.reason:
        return (_RETURNED_WORDS, f"{record.label}　{record.title}　→ {record.reason}")
    return (WORDS[record.outcome], f"{record.label}　{record.title}")


class FileRecords(QWidget):
    """`opened(kind, uid)` when a record is to be looked at, `picked(record)` when another one is chosen."""

    opened = Signal(str, str)
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = 0
        self._records: Sequence[RecordTold] = ()
        self._source = RecordsSource()
        self.chips = ChipRow(name="只看哪些记录", numbered=False)
        self.chips.chosen.connect(self._keep)
        self.list = RecordList(
            self._source, name="这一份里的记录", with_filter=False, unit="条", framed=False,
            empty=EmptyWords("没有记录", "这一份不改动台账里的记录。"),
        )  # fmt: skip
        self.list.setMinimumHeight(px(190))
        self.list.opened.connect(self._opened)
        self.list.picked.connect(self._picked)
        self._more = label(f"只列出前{MOST}条。", "soft")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        for part in (self.chips, self.list, self._more):
            box.addWidget(part)

    def show_records(self, records: Sequence[RecordTold]) -> None:
        """Show the records of another file."""
        self._records = records
        self._fill(records, ())

    def keys(self) -> Sequence[str]:
        """The keys of the lines that are shown, in their order."""
        return self._source.keys("", False, "")

    def show_again(self, records: Sequence[RecordTold]) -> None:
        """The same records after one was returned: what is kept and chosen stays."""
        if [(each.kind, each.uid) for each in records] != [(each.kind, each.uid) for each in self._records]:
            self.show_records(records)
            return
        chosen, kept = self.list.current_key(), self._source.kept
        self._records = records
        self._source = RecordsSource(records, f"{self._shown}-")
        self._source.kept = kept if kept != _HINTED else _ALL
        self._offer(records, ())
        self.chips.set_code(self._source.kept)
        self.list.set_source(self._source)
        self.list.select(chosen)

    def show_hinted(self, words: str, records: Sequence[RecordTold]) -> None:
        """Only the records behind a hint; the first chip shows all again."""
        self._fill(records, ((_HINTED, f"{words} {len(records)}"),))

    def _fill(self, records: Sequence[RecordTold], hinted: Sequence[tuple[str, str]]) -> None:
        self._shown += 1
        self._source = RecordsSource(records, f"{self._shown}-")
        self._offer(self._records, hinted)
        self.chips.set_code(hinted[0][0] if hinted else _ALL)
        self._more.setVisible(len(records) >= MOST)
        self.list.set_source(self._source)

    def _offer(self, records: Sequence[RecordTold], hinted: Sequence[tuple[str, str]]) -> None:
        counts = {code: sum(1 for each in records if each.outcome == code) for code in WORDS}
        chips = [(code, f"{words} {counts[code]}") for code, words in WORDS.items() if counts[code]]
        returned = sum(1 for each in records if each.reason)
        more = [(_RETURNED, f"{_RETURNED_WORDS} {returned}")] if returned else []
        self.chips.set_choices([(_ALL, f"全部 {len(records)}"), *hinted, *more, *chips])

    def _keep(self, code: str) -> None:
        if code != _HINTED:
            self._fill(self._records, ())
            self.chips.set_code(code or _ALL)
        self._source.kept = code or _ALL
        self.list.refresh()

    def _picked(self, key: str) -> None:
        self.picked.emit(self._source.record(key))

    def _opened(self, key: str) -> None:
        found = self._source.record(key)
        if found is not None:
            self.opened.emit(found.kind, found.uid)
