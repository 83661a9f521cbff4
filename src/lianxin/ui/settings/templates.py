"""文书模板: take a layout out, change it in Word or WPS, put it in; the shipped one is a button away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.office.beside import write_beside
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.catalogue import PAPERS
from lianxin.office.papers.form_examples import take_template
from lianxin.office.paperwork.templated import FIXED
from lianxin.office.paperwork.templates import (
    OwnTemplate,
    TemplateRefused,
    fields_of,
    put_template,
    reset_template,
    templates,
)
from lianxin.store.errors import StoreProblem
from lianxin.store.files import why_not
from lianxin.store.writing import Change
from lianxin.ui.asking.files import ask_open, ask_save
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.record_list import RecordList
from lianxin.ui.settings.lines import beside
from lianxin.ui.table import Column
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

_COLUMNS = (
    Column("label", "文书", 220, sortable=False),
    Column("state", "用的模板", 220, sortable=False),
    Column("problem", "说明", stretch=True, sortable=False, look="soft"),
)
_HOW = (
    "取出模板，用 Word 或 WPS 改版式、加字句，{{ }} 里的字段会换成这一份文书的内容，表格里的字段可以挪动、删去；"
    "改好以后换上，从那时起按它打印。"
    "模板随数据一起备份。"
)
AskFile = Callable[[QWidget, str], str]


class TemplateSource:
    """A ListSource over the documents that have a template."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._found: dict[str, OwnTemplate] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """The document, whose template it is printed with, and what was wrong last."""
        return _COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Every document whose name holds the words."""
        labels = {paper.name: paper.label for paper in PAPERS.values()}
        self._found = {each.paper: each for each in templates(self._office, labels)}
        return [key for key, each in self._found.items() if words in each.label]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these documents."""
        return [_cells(self._found[key]) for key in keys]

    def label_of(self, key: str) -> str:
        """The Chinese name of a document."""
        return PAPERS[key].label


class TemplatesSection(QWidget):
    """Choose a document; take out, put in, put back."""

    def __init__(
        self,
        window: Desk,
        office: Office,
        *,
        ask_open: AskFile | None = None,
        ask_save: AskFile | None = None,
    ) -> None:
        super().__init__()
        self._window, self._office = window, office
        self._ask_open, self._ask_save = ask_open or _ask_open, ask_save or _ask_save
        self._source = TemplateSource(office)
        self.list = RecordList(self._source, name="文书模板", unit="种")
        self.list.picked.connect(self._picked)
        self.fields, self.refused = _fields(), label("", "problem", wrap=True)
        self.take_button = button("取出…", act=self.take)
        self.put_button = button("换上…", act=self.put)
        self.reset_button = button("恢复原样", act=self.reset)
        card = Card("这份文书的模板")
        for widget in (label(_HOW, "soft", wrap=True), self.fields, self.refused):
            card.add(widget)
        card.add(beside(self.take_button, self.put_button, self.reset_button, label("")))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(self.list, 1)
        box.addWidget(card)
        self._picked("")

    def refresh(self) -> None:
        """Read it again."""
        self.list.refresh()

    def take(self) -> None:
        """取出: a copy to change."""
        paper = self.list.current_key()
        name = self._ask_save(self, f"{self._source.label_of(paper)}模板.docx") if paper else ""
        if not name:
            return
        try:
            path = write_beside(Path(name), take_template(self._office, paper))
        except (OSError, StoreProblem) as wrong:
            self._refuse(f"没有取出：{why_not(wrong) if isinstance(wrong, OSError) else wrong}。")
            return
        self._refuse("")
        self._window.tell(f"已取出到 {path}")

    def put(self) -> None:
        """换上 a file the clerk chooses."""
        paper = self.list.current_key()
        name = self._ask_open(self, "选择改好的模板") if paper else ""
        if name:
            self.put_file(paper, Path(name))

    def put_file(self, paper: str, file: Path) -> None:
        """换上 this file, or say with its place what is wrong in it."""
        try:
            changes = put_template(self._office, paper, file.name, file.read_bytes())
        except TemplateRefused as wrong:
            self._refuse(str(wrong))
        except OSError as wrong:
            self._refuse(f"文件没有读出来：{why_not(wrong)}。原来的模板没有变。")
        else:
            self._done(changes, f"{self._source.label_of(paper)}已换上本单位的模板")

    def reset(self) -> None:
        """恢复原样."""
        paper = self.list.current_key()
        if paper:
            self._done(reset_template(self._office, paper), f"{self._source.label_of(paper)}已恢复原样")

    def _done(self, changes: Sequence[Change], words: str) -> None:
        self._refuse("")
        tell_written(self._window, self._office, words, changes, shown=self.refresh)

    def _picked(self, key: str) -> None:
        fixed = FIXED.get(key, "")
        for each in (self.take_button, self.put_button, self.reset_button):
            each.setEnabled(bool(key) and not fixed)
        told = f"可以用的字段：{'、'.join(fields_of(self._office, key))}" if key and not fixed else fixed
        self.fields.setPlainText(told or "先在上面选一种文书。")
        self._refuse("")

    def _refuse(self, words: str) -> None:
        self.refused.setText(words)
        self.refused.setVisible(bool(words))


def _fields() -> QPlainTextEdit:
    """The names of the fields, to be copied into a template."""
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName("可以用的字段")
    made.setFixedHeight(px(84))
    return made


def _cells(each: OwnTemplate) -> Sequence[str]:
    state = (
        f"本单位的（{show_day(each.since)}换上）" if each.since else "固定样式" if each.fixed else "随程序的"
    )
    return (each.label, state, each.problem or each.fixed)


def _ask_open(parent: QWidget, title: str) -> str:
    return ask_open(parent, title, "Word 文档 (*.docx)")


def _ask_save(parent: QWidget, name: str) -> str:
    return ask_save(parent, "取出模板", name, "Word 文档 (*.docx)")
