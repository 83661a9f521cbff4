"""回收站: what was removed, when and why, with the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dates import show_moment
from lianxin.domain.dictionary import kind_named
from lianxin.office.desk import Desk as Office
from lianxin.office.records import Removed, removed_records, restore_record
from lianxin.store.writing import Change
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column
from lianxin.ui.written import tell_written

_COLUMNS = (
    Column("title", "名称", stretch=True, sortable=False),
    Column("label", "种类", 110, sortable=False),
    Column("at", "删除时间", 170, sortable=False),
    Column("reason", "事由", 150, look="soft", sortable=False, drop=1),
)


class RemovedSource:
    """A ListSource over the recycle bin."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._found: dict[str, Removed] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """What it is called, its kind, when and why it went."""
        return _COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Everything removed, the latest first."""
        self._found = {f"{one.kind} {one.uid}": one for one in removed_records(self._office)}
        return [key for key, one in self._found.items() if words in one.title or words in one.label]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows."""
        return [self._cells(self._found[key]) for key in keys]

    def removed(self, key: str) -> Removed | None:
        """The row of a key."""
        return self._found.get(key)

    def _cells(self, one: Removed) -> Sequence[str]:
        return (one.title or one.label, one.label, show_moment(one.at) if one.at else "", one.reason)


class RecycleBin(QWidget):
    """Choose rows, press 恢复."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office = window, office
        self._source = RemovedSource(office)
        self.list = RecordList(
            self._source,
            name="回收站",
            empty=EmptyWords("回收站是空的", "删除的记录会在这里，随时可以恢复。"),
        )
        self.restore_button = button("恢复选中的", act=self.restore)
        self.restore_button.setEnabled(False)
        self.list.add_tool(self.restore_button)
        self.list.picked.connect(self._picked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.list)

    def refresh(self) -> None:
        """Read it again."""
        self.list.refresh()

    def restore(self) -> None:
        """Bring the chosen records back."""
        chosen = [one for key in self.list.selected_keys() if (one := self._source.removed(key)) is not None]
        changes: list[Change] = []
        for one in chosen:
            changes += restore_record(self._office, kind_named(one.kind), one.uid)
        if chosen:
            words = f"{chosen[0].label}“{chosen[0].title}”" if len(chosen) == 1 else f"{len(chosen)}条记录"
            tell_written(self._window, self._office, f"已恢复{words}", changes, shown=self.refresh)

    def _picked(self, key: str) -> None:
        self.restore_button.setEnabled(bool(key))
