"""What is put in to be handed down: a list typed or pasted, the theme of the year, a template, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from lianxin.county.outgoing.handed_down import (
    HandedThing,
    Handing,
    categories_handing,
    layout_handing,
    roster_handings,
    rules_handing,
    theme_handing,
    units_handing,
)
from lianxin.domain.handed_down import (
    THEME_FIELDS,
    BadHanded,
    OwnLayout,
    read_categories,
    read_theme,
    read_units,
    shown_categories,
)
from lianxin.domain.records import AnnualTheme
from lianxin.office.desk import Desk
from lianxin.office.papers.catalogue import PAPERS
from lianxin.office.paperwork.templated import ABOUT
from lianxin.office.paperwork.templates import check_layout
from lianxin.ui.form import FormFields
from lianxin.ui.pieces import ChipRow, ElidedLabel, QuietCombo, button, label
from lianxin.ui.settings.lines import beside
from lianxin.ui.theme import px

AskFile = Callable[[QWidget, str, str], str]
SUBJECTS: Mapping[str, str] = {
    "categories": "意见小类", "units": "承办单位", "theme": "年度主题", "template": "文书模板", "roster": "上级代表名册",
    "rules": "规则库",
}  # fmt: skip
"""What is put in here; holidays are handed down in 放假安排, certificates and lists by themselves."""
HOW: Mapping[str, str] = {
    "categories": "一行一个类别，冒号后面写小类，如“行路：通村路、桥梁、路灯”。十八类不变，小类列在乡镇的登记表里供选。",
    "units": "一行一个县直单位，冒号后面可以写职责，如“县水利局：水库、渠道、饮水”。可以从 Excel 复制过来。",
    "theme": "乡镇采用以后，成为它自己的年度主题，再补本乡镇的活动和认领事项。",
    "template": "先在 Word 或 WPS 里改好版式（乡镇的“文书模板”里可以取出样子），选出来下发；乡镇采用以后按它打印。",
    "roster": "从县里的代表名册取出县级以上在任代表，按代表团、住址、单位里的乡镇名分给各乡镇，只写公开内容，不带电话。",
    "rules": "把县里现行的规则库下发给乡镇，乡镇看过有哪些不同再启用。",
}
_LISTS = ("categories", "units")
_ALL, _SOME = "all", "some"


class HandedEditor(QWidget):
    """`open_subject` begins a new one, `open_thing` the next version of one that stands."""

    def __init__(self, office: Desk, *, file_asked: AskFile) -> None:
        super().__init__()
        self._office, self._ask_file = office, file_asked
        self.subject = ""
        self._file: Path | None = None
        self.how = label("", "soft", wrap=True)
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName("要下发的内容")
        self.lines.setTabChangesFocus(True)
        self.lines.setMinimumHeight(px(150))
        self.theme = FormFields(
            AnnualTheme,
            ["year", "name", *THEME_FIELDS],
            today=office.today,
            tall=dict.fromkeys(THEME_FIELDS[2:], 2),
        )
        self.paper = QuietCombo("哪一种文书")
        for name in ABOUT:
            self.paper.addItem(PAPERS[name].label, name)
        self._name = ElidedLabel("还没有选文件", "soft")
        self.preview = label("", wrap=True)
        self._template = self._template_box()
        self._inputs: tuple[QWidget, ...] = (self.lines, self.theme, self._template, self.preview)
        self.whom = ChipRow(((_ALL, "全部乡镇"), (_SOME, "选中的乡镇")), name="下发给谁", numbered=False)
        self.whom.chosen.connect(lambda _code: self._show_towns())
        self.towns = QListWidget()
        self.towns.setAccessibleName("下发给哪些乡镇")
        self.towns.setMinimumHeight(px(110))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        for widget in (self.how, *self._inputs, self.whom, self.towns):
            box.addWidget(widget)

    def offer_towns(self, towns: Mapping[str, str]) -> None:
        """The townships that can be chosen; what was ticked stays."""
        kept = set(self.codes())
        self.towns.clear()
        for code, name in towns.items():
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked if code in kept else Qt.CheckState.Unchecked)
            self.towns.addItem(item)

    def open_subject(self, subject: str) -> None:
        """An empty sheet for a new one."""
        self.subject = subject
        self.how.setText(HOW[subject])
        self.lines.clear()
        self.theme.clear()
        if subject == "theme":
            self.theme.set_value("year", str(self._office.today().year + (self._office.today().month > 10)))
        self._take_file(None)
        shown = self._input_of(subject)
        for part in self._inputs:
            part.setVisible(part is shown)
        self.whom.setVisible(subject != "roster")
        self.whom.set_code(_ALL)
        self._tick(())
        self._show_towns()
        if shown is self.preview:
            self.preview.setText(self._told())

    def open_thing(self, thing: HandedThing, codes: Sequence[str]) -> None:
        """What stands, to be changed and handed down again. Raises BadHanded when it cannot be read."""
        self.open_subject(thing.subject)
        if thing.subject == "categories":
            self.lines.setPlainText(shown_categories(read_categories(thing.text)))
        elif thing.subject == "units":
            self.lines.setPlainText(
                "\n".join(f"{each.name}：{each.duties}".rstrip("：") for each in read_units(thing.text))
            )
        elif thing.subject == "theme":
            self.theme.set_typed(read_theme(thing.text))
        elif thing.subject == "template":
            self.paper.set_value(thing.key.partition(" ")[2])
        if codes and thing.subject != "roster":
            self.whom.set_code(_SOME)
            self._tick(codes)
            self._show_towns()

    def codes(self) -> tuple[str, ...]:
        """The ticked townships; () for all."""
        if self.whom.code() != _SOME:
            return ()
        items = (self.towns.item(row) for row in range(self.towns.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def handings(self) -> tuple[Handing, ...]:
        """What is to be handed down. Raises BadHanded, TemplateRefused, OSError."""
        codes = self.codes()
        if self.whom.code() == _SOME and not codes and self.subject != "roster":
            raise BadHanded("还没有选乡镇，没有下发。")
        made = self._made()
        if not made:
            raise BadHanded(
                "县里的名册里没有和乡镇对得上的县级以上代表，没有下发。请先在“台账”里导入代表名册。"
            )
        return made if self.subject == "roster" else tuple(_for(each, codes) for each in made)

    def focus_first(self) -> None:
        """Where typing begins."""
        if self.subject == "theme":
            self.theme.focus_first()
        else:
            self._input_of(self.subject).setFocus()

    def choose_file(self) -> None:
        """The template."""
        told = self._ask_file(self, "选择要下发的模板", "Word 文档 (*.docx)")
        if told:
            self._take_file(Path(told))

    def _input_of(self, subject: str) -> QWidget:
        """What is filled in for a subject; what needs nothing shows what would go."""
        if subject in _LISTS:
            return self.lines
        return {"theme": self.theme, "template": self._template}.get(subject, self.preview)

    def _made(self) -> tuple[Handing, ...]:
        match self.subject:
            case "categories":
                return (categories_handing(self.lines.toPlainText()),)
            case "units":
                return (units_handing(self.lines.toPlainText()),)
            case "theme":
                return (theme_handing(self.theme.typed()),)
            case "template":
                return (self._layout(),)
            case "roster":
                return roster_handings(self._office)
        return (rules_handing(self._office),)

    def _layout(self) -> Handing:
        if self._file is None:
            raise BadHanded("还没有选模板文件，没有下发。")
        paper, content = self.paper.value(), self._file.read_bytes()
        check_layout(self._office, paper, content)
        return layout_handing(PAPERS[paper].label, OwnLayout(paper, self._file.name, content))

    def _told(self) -> str:
        """What would go, for what is not typed."""
        try:
            found = self._made()
        except BadHanded as wrong:
            return str(wrong)
        return "\n".join(each.title for each in found) or "县里的名册里还没有和乡镇对得上的县级以上代表。"

    def _template_box(self) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(beside(self.paper, button("选模板文件…", act=self.choose_file), self._name))
        return holder

    def _take_file(self, file: Path | None) -> None:
        self._file = file
        self._name.set_words(file.name if file is not None else "还没有选文件")

    def _tick(self, codes: Sequence[str]) -> None:
        for row in range(self.towns.count()):
            item = self.towns.item(row)
            ticked = item.data(Qt.ItemDataRole.UserRole) in codes
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _show_towns(self) -> None:
        self.towns.setVisible(self.whom.code() == _SOME and self.subject != "roster")


def _for(handing: Handing, codes: tuple[str, ...]) -> Handing:
    return Handing(handing.subject, handing.title, handing.text, handing.slot, handing.source, codes)
