"""五份文件逐条对应: a page of the help, the same table as docs/coverage.md, from which the pages it names are opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.office.papers.coverage import PAGES, Covered, coverage, kind_words, page_words, paper_words
from lianxin.ui.facts import FactSheet
from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column
from lianxin.ui.theme import px

_COLUMNS = (
    Column("id", "标号", width=78, sortable=False),
    Column("what", "文件的要求", stretch=True, width=220, sortable=False),
    Column("pages", "在哪一页", width=190, sortable=False, look="soft", drop=1),
)
_NOT_OURS = "不由乡镇办"


class CoverageSource:
    """A ListSource over the lines of the five documents."""

    columns: Sequence[Column] = _COLUMNS

    def __init__(self) -> None:
        self._lines = {line.id: line for line in coverage()}
        self._words = {line.id: " ".join((line.id, line.what, *_told(line))) for line in self._lines.values()}

    def keys(self, _sort: str, _descending: bool, words: str) -> Sequence[str]:
        """The ids of the lines that hold the words."""
        return [key for key, text in self._words.items() if words in text]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these lines."""
        return [[key, self._lines[key].what, page_words(self._lines[key]) or _NOT_OURS] for key in keys]

    def line(self, key: str) -> Covered | None:
        """The line of an id."""
        return self._lines.get(key)


def _told(line: Covered) -> tuple[str, str, str, str]:
    return kind_words(line), page_words(line), paper_words(line), line.reason


class CoveragePage(Page):
    """The list left; right what serves the line, with a button for each page."""

    def __init__(self, window: Desk) -> None:
        super().__init__(window)
        self.source = CoverageSource()
        self.list = RecordList(
            self.source, name="五份文件逐条对应", filter_hint="找要求、记录、文书  Ctrl+F",
            empty=EmptyWords("没有找到", "换几个字再找。"),
        )  # fmt: skip
        self.card, self._document, self.facts = Card("选一条"), label("", "soft", wrap=True), FactSheet()
        self._ways = QHBoxLayout()
        self._ways.setSpacing(px(8))
        self.ways: list[QWidget] = []
        self.card.add(self._document)
        self.card.add(self.facts)
        self.card.add_layout(self._ways)
        self.card.add_stretch()
        self._panes = TwoPanes(self.list, self.card, names=("要求", "怎么办"), least=(380, 340))
        self.body.addWidget(self._panes, 1)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _key: self._panes.show_right())

    def head(self) -> Head:
        return Head("五份文件逐条对应")

    def refresh(self) -> None:
        self.list.refresh()
        if not self.list.current_key():
            self.list.select(self.list.model.key_at(0))

    def focus_first(self) -> None:
        self.list.setFocus()

    def focus_filter(self) -> None:
        self.list.focus_filter()

    def go_back(self) -> bool:
        return self._panes.go_back()

    def _picked(self, key: str) -> None:
        line = self.source.line(key)
        if line is None:
            return
        self.card.set_heading(f"{line.id}　{line.what}")
        self._document.setText(f"《{line.document}》")
        records, _, papers, reason = _told(line)
        facts = [("记录", records), ("文书", papers)] if line.ours else [(_NOT_OURS, reason)]
        self.facts.set_facts(facts)
        for way in self.ways:
            self._ways.removeWidget(way)
            way.deleteLater()
        self.ways = [button(f"到“{PAGES[page]}”", act=partial(self.desk.go, page)) for page in line.pages]
        for way in self.ways:
            self._ways.addWidget(way)
