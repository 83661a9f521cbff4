"""One keyed model for every list, any size: ordered keys first, then pages of 100 rows by key."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

PAGE_ROWS = 100
KEPT_PAGES = 48
KEY_ROLE = Qt.ItemDataRole.UserRole
"""The key of the row, from any of its cells."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """A column: its sort key, header, width at 100 % (0: as wide as its header), and how cells look.

    `stretch` columns share what room is left. Where there is no room, columns with `drop` are hidden, the highest
    first; 0 stays. `note` explains the column in its tip. A `badge` cell is drawn by its own words (超期6天, 今天).
    """

    key: str
    title: str
    width: int = 0
    stretch: bool = False
    align: Literal["left", "right", "centre"] = "left"
    sortable: bool = True
    look: Literal["text", "soft", "badge"] = "text"
    note: str = ""
    drop: int = 0


class ListSource(Protocol):
    """What a list is made of. Called from the window's thread and, for a list that reads beside the window, from
    its worker; each call opens and closes its own read.
    """

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, in order; the same as long as the list is shown."""
        ...

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """All keys in order of the column `sort` ("" for the source's own order) that match `words`."""
        ...

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows as shown (masked where personal), in the order asked, all columns."""
        ...


@runtime_checkable
class QuickSource(Protocol):
    """A source that can tell how a long list begins before it knows the whole."""

    def first_keys(self, sort: str, descending: bool, count: int) -> Sequence[str]:
        """The first keys in order; none when they cannot be told sooner than all."""
        ...


Pages = Mapping[int, Sequence[Sequence[str]]]
"""Rows by the number of their page."""


def pages_around(source: ListSource, keys: Sequence[str], top: str) -> Pages:
    """The rows that stand on screen with the key `top` uppermost ("" or gone: the beginning), and some beside."""
    try:
        row = keys.index(top) if top else 0
    except ValueError:
        row = 0
    first, last = row // PAGE_ROWS, (row + PAGE_ROWS // 2) // PAGE_ROWS
    return {
        number: source.rows(part)
        for number in range(first, last + 1)
        if (part := keys[number * PAGE_ROWS : (number + 1) * PAGE_ROWS])
    }


ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "centre": Qt.AlignmentFlag.AlignCenter,
}


class KeyedTableModel(QAbstractTableModel):
    """Holds the ordered keys and an LRU of row pages; asks the source for nothing that is not shown."""

    def __init__(self, source: ListSource) -> None:
        super().__init__()
        self._source = source
        self._columns = tuple(source.columns)
        self._keys: Sequence[str] = ()
        self._pages: OrderedDict[int, Sequence[Sequence[str]]] = OrderedDict()
        self.fetched_pages = 0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the list."""
        return self._columns

    @property
    def source(self) -> ListSource:
        """Where the list comes from."""
        return self._source

    def set_keys(self, keys: Sequence[str], pages: Pages | None = None) -> None:
        """Show these keys in this order and forget every row read before. `pages` were read together with them."""
        self.beginResetModel()
        self._keys = keys
        self._pages = OrderedDict(pages or {})
        self.endResetModel()

    def key_at(self, row: int) -> str:
        """The key of a row, "" outside the list."""
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def row_of(self, key: str) -> int:
        """The row of a key, -1 when it is not in the list."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def cells(self, row: int) -> Sequence[str]:
        """The cells of a row; reads its page when it is not at hand. Empty cells for a row gone meanwhile."""
        number, place = divmod(row, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._read(number)
        else:
            self._pages.move_to_end(number)
        cells = page[place] if place < len(page) else ()
        return cells if len(cells) == len(self._columns) else [""] * len(self._columns)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[self._columns[index.column()].align]
        if role == KEY_ROLE:
            return self.key_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(index.row())[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.cells(index.row())[index.column()]
            return f"{self._columns[index.column()].title}：{words or '空'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[column.align]
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.note or ("点一下按此列排序" if column.sortable else None)
        return None

    def _read(self, number: int) -> Sequence[Sequence[str]]:
        first = number * PAGE_ROWS
        page = self._source.rows(self._keys[first : first + PAGE_ROWS])
        self.fetched_pages += 1
        self._pages[number] = page
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        return page
