"""以前的导入: every import with what it brought, each to be taken back whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lianxin.office.desk import Desk
from lianxin.office.importing.ledger_import import PastImport, past_imports
from lianxin.ui.pieces import Card, button
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column


class PastSource:
    """A ListSource over the past imports."""

    def __init__(self, office: Desk) -> None:
        self._office = office
        self._known: dict[str, PastImport] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """When, which ledger, which file, what it brought, whether it was taken back."""
        return (
            Column("at", "时间", width=140, sortable=False),
            Column("label", "台账", width=130, sortable=False),
            Column("file", "文件", stretch=True, sortable=False),
            Column("counts", "导入了", width=210, sortable=False),
            Column("state", "状态", width=80, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The imports, latest first."""
        self._known = {each.batch: each for each in past_imports(self._office)}
        return list(self._known)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these imports."""
        zone = self._office.store.now().tzinfo
        return [_cells(self._known[key], zone) for key in keys]

    def known(self, key: str) -> PastImport | None:
        """One import of the list."""
        return self._known.get(key)


class PastImports(Card):
    """`undo_asked(batch)` when the chosen import is to be taken back."""

    undo_asked = Signal(str)

    def __init__(self, office: Desk, parent: QWidget | None = None) -> None:
        super().__init__("以前的导入", parent)
        self._source = PastSource(office)
        self.list = RecordList(
            self._source, name="以前的导入", with_filter=False, unit="次", framed=False,
            empty=EmptyWords("还没有导入过", "导入过的台账会列在这里，每一次都可以整个撤销；中途断掉的，把同一个文件再导入一次就接着做完。"),
        )  # fmt: skip
        self.list.picked.connect(self._picked)
        self.undo = button(
            "撤销这次导入",
            act=self._pressed,
            hint="它新增的记录进回收站，改过的恢复原样；没有做完的也可以撤销",
        )
        self.undo.setEnabled(False)
        self.add_tool(self.undo)
        self.add(self.list, 1)

    def refresh(self) -> None:
        """Read the list again."""
        self.list.refresh()
        self._picked(self.list.current_key())

    def _picked(self, key: str) -> None:
        known = self._source.known(key)
        self.undo.setEnabled(known is not None and not known.undone)

    def _pressed(self) -> None:
        self.undo_asked.emit(self.list.current_key())


def _cells(past: PastImport, zone: tzinfo | None) -> Sequence[str]:
    counts = past.counts
    parts = (("新增", "new"), ("修改", "changed"), ("相同", "same"), ("未导入", "refused"))
    told = "，".join(f"{word}{counts[name]}行" for word, name in parts if counts.get(name))
    return (
        f"{past.at.astimezone(zone):%Y-%m-%d %H:%M}",
        past.label,
        past.file_name,
        told or "没有新的行",
        "已撤销" if past.undone else "没有做完" if past.unfinished else "",
    )
