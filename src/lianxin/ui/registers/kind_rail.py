"""The rail of 台账: kinds under the headings of their subjects, found by words, pinyin or initials, with counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record, kind_named
from lianxin.office.papers.register_groups import by_subject
from lianxin.store.search import readings_of
from lianxin.ui.record_list import FilterBox
from lianxin.ui.theme import px

_KIND = Qt.ItemDataRole.UserRole


class KindRail(QWidget):
    """`chosen(kind)` when another kind becomes the current one."""

    chosen = Signal(str)

    def __init__(self, here: Sequence[type[Record]], shown: Sequence[type[Record]]) -> None:
        super().__init__()
        self.box = FilterBox()
        self.box.setPlaceholderText("找台账，如 wyzc")
        self.box.setAccessibleName("找台账")
        self.box.setClearButtonEnabled(True)
        self.box.textChanged.connect(self._narrow)
        self.box.left_down.connect(self._into_list)
        self.list = QListWidget()
        self.list.setObjectName("sidelist")
        self.list.setAccessibleName("台账种类")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill(here, shown)
        self.list.currentItemChanged.connect(self._changed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addWidget(self.box)
        box.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def kinds(self) -> list[str]:
        """The kinds that are offered now, in order."""
        return [str(item.data(_KIND)) for item in self._items() if item.data(_KIND) and not item.isHidden()]

    def all_kinds(self) -> list[str]:
        """Every kind of the rail."""
        return [str(item.data(_KIND)) for item in self._items() if item.data(_KIND)]

    def first_kind(self) -> str:
        """The kind at the top."""
        return self.kinds()[0]

    def choose(self, kind: str) -> None:
        """Make a kind the current one; KeyError for one the rail does not have."""
        for item in self._items():
            if item.data(_KIND) == kind:
                item.setHidden(False)
                self.list.setCurrentItem(item)
                return
        raise KeyError(kind)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write how many records each kind has."""
        for item in self._items():
            kind = str(item.data(_KIND) or "")
            if kind:
                count = counts.get(kind, 0)
                item.setText(f"{kind_named(kind).LABEL}  {count:,}" if count else kind_named(kind).LABEL)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _fill(self, here: Sequence[type[Record]], shown: Sequence[type[Record]]) -> None:
        for heading, found in by_subject(here):
            self._add(heading, found)
        if shown:
            self._add("查看和导出", shown)

    def _add(self, heading: str, found: Sequence[type[Record]]) -> None:
        top = QListWidgetItem(heading)
        top.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(top)
        for cls in found:
            item = QListWidgetItem(cls.LABEL)
            item.setData(_KIND, cls.KIND)
            self.list.addItem(item)

    def _narrow(self, words: str) -> None:
        wanted, heading, any_below = words.strip().casefold(), None, False
        for item in self._items():
            kind = item.data(_KIND)
            if not kind:
                _end_group(heading, any_below)
                heading, any_below = item, False
                continue
            shown = not wanted or _holds(kind_named(str(kind)).LABEL, wanted)
            item.setHidden(not shown)
            any_below = any_below or shown
        _end_group(heading, any_below)

    def _into_list(self) -> None:
        kinds = self.kinds()
        if kinds and self.box.text():
            self.choose(kinds[0])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KIND):
            self.chosen.emit(str(item.data(_KIND)))


def _end_group(heading: QListWidgetItem | None, any_below: bool) -> None:
    if heading is not None:
        heading.setHidden(not any_below)


def _holds(label: str, wanted: str) -> bool:
    if wanted in label.casefold():
        return True
    return wanted.isascii() and any(wanted in spoken for spoken in readings_of(label))
