"""One deputy's file beside the list: every section with its lines, each leading to its record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dates import show_day, show_day_numeric
from lianxin.domain.scoring.performance import FileSection
from lianxin.office.scoring.performance_file import FileLine, FileShown
from lianxin.ui.pieces import Act, ActFlow, LineSection, ScrollCard, button, label
from lianxin.ui.theme import px

_SHOWN = 12
"""Lines of a section that stand open; the others follow when asked for."""


class FileCard(ScrollCard):
    """Shows a FileLine. `opened(kind, uid)` when a record is wanted, `final_wanted` for the kept PDF."""

    opened = Signal(str, str)
    final_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line: FileLine | None = None
        self._title, self._state = label("", "heading", wrap=True), label("", "soft", wrap=True)
        self.body.insertWidget(0, self._title)
        self.add(self._state)
        self._seen = button("查看定稿", "link", act=self.final_wanted.emit)
        self._changes = LineSection("定稿以后的变化")
        self._changes.add_tool(self._seen)
        self.add(self._changes)
        self._sections: dict[str, LineSection] = {}
        self._whole: set[str] = set()
        held = QWidget()
        self._below = QVBoxLayout(held)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(px(8))
        self.add(held)
        self.add_stretch()
        self._acts = ActFlow()
        self.foot.addWidget(self._acts, 1)

    def show_line(self, line: FileLine, acts: list[Act]) -> None:
        """Show the file of a deputy and what can be done with it."""
        if self.line is None or self.line.mandate != line.mandate:
            self._whole = set()
        self.line = line
        file = line.shown.file
        self._title.setText(f"{file.name}  {file.year}年履职档案（{file.level}级）")
        self.setAccessibleName(self._title.text())
        self._show_final(line.shown)
        for section in file.sections:
            self._show_section(section)
        for key in set(self._sections) - {one.key for one in file.sections}:
            self._sections[key].hide()
        self._acts.show_acts(acts)

    def texts(self) -> dict[str, str]:
        """What is on screen, by section, for those who look from outside."""
        found = {key: "\n".join(section.lines()) for key, section in self._sections.items()}
        return {
            "title": self._title.text(), "state": self._state.text(),
            "changes": "\n".join(self._changes.lines()), **found,
        }  # fmt: skip

    def _show_final(self, shown: FileShown) -> None:
        self._changes.clear()
        self._changes.setVisible(bool(shown.finals))
        if not shown.finals:
            self._state.setText("还没有定稿。年终核对以后定稿，留一份不再变动的 PDF。")
            return
        sheet = shown.finals[0]
        same = "与现在的记录一致" if not shown.differs else f"以后记录有{len(shown.differs)}处变化"
        self._state.setText(f"{show_day(sheet.day)}定稿，{same}。文件指纹 {(sheet.digest or '')[:16]}…")
        self._changes.set_note("没有变化" if not shown.differs else "")
        for words in shown.differs:
            self._changes.say(words.replace("｜", "　"))

    def _show_section(self, section: FileSection) -> None:
        shown = self._sections.get(section.key)
        if shown is None:
            shown = self._sections[section.key] = LineSection(section.title)
            self._below.addWidget(shown)
        shown.clear()
        shown.show()
        shown.set_note(section.counted)
        rows = section.rows if section.key in self._whole else section.rows[:_SHOWN]
        for row in rows:
            day = show_day_numeric(row.day) if row.day else ""
            shown.add_row(day, row.result, row.words, partial(self.opened.emit, row.kind, row.uid))
        if len(rows) < len(section.rows):
            more = len(section.rows) - len(rows)
            shown.add_line(f"还有{more}条", [("全部列出", partial(self._open_whole, section.key))], soft=True)

    def _open_whole(self, key: str) -> None:
        self._whole.add(key)
        if self.line is not None:
            self._show_section(self.line.shown.file.section(key))
