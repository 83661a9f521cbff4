"""换届: the guided sheet that closes a term, ticks who was elected again, takes the new ones, and can be undone whole."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from lianxin.domain.records import Mandate, Term
from lianxin.office.deputies.rollover import (
    Carried,
    Newcomer,
    RolledOver,
    RolloverRefused,
    RolloverSheet,
    roll_over,
)
from lianxin.office.desk import Desk
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pieces import LineSection, button, label
from lianxin.ui.theme import px

_LEAST_HEIGHT, _ROW = 200, 32


class RolloverForm(ActForm):
    """One level at a time; a deputy stays ticked when elected again."""

    def __init__(self, window: Window, office: Desk, sheet: RolloverSheet) -> None:
        level = sheet.closing.shown("level")
        super().__init__(
            f"{level}级换届", f"{sheet.closing_title} 届满，建立下一届", kind=Term.KIND,
            key=f"rollover-{sheet.closing.uid}", save_words="换届",
        )  # fmt: skip
        self._window, self._office, self._sheet = window, office, sheet
        self.add(
            label(
                f"新一届第一次会议开过以后办理。{sheet.open_words}。办错了可以整个撤销。", "soft", wrap=True
            )
        )
        self.term = FormFields(Term, ["start", "seats"], today=office.today)
        self.document = FormFields(
            Mandate, ["state_document", "remark"], today=office.today, tall={"remark": 5},
            labels={"state_document": "公告文号", "remark": "新当选代表"},
        )  # fmt: skip
        self.document.set_hint("remark", "一行一名：姓名 选区编号，如：田新民 3")
        self.add_part(self.term)
        heading = LineSection(f"连任的代表（现有{len(sheet.holders)}名，勾选当选连任的）")
        heading.add_tool(button("全部不选", "link", act=self.untick_all))
        self.add(heading)
        self.people = self._made_list()
        self.add(self.people)
        self.add_part(self.document)
        self.finish_parts()

    def untick_all(self) -> None:
        """Begin with nobody ticked."""
        for row in range(self.people.count()):
            self.people.item(row).setCheckState(Qt.CheckState.Unchecked)

    def save(self) -> Done | None:
        term = self.term.read("", also={"level": self._sheet.level, "ordinal": "1"})
        told = self.document.read("", also={"person": "-", "level": self._sheet.level})
        if term is None or told is None:
            return None
        if term.start is None:
            self.term.show_problems({"start": "请填写新一届第一次会议的日期"})
            return None
        try:
            newcomers = self._newcomers(told.remark or "")
        except RolloverRefused as refused:
            self.say_problem(str(refused))
            return None
        act = partial(
            roll_over, self._office, self._sheet.level, first_session=term.start,
            document=told.state_document or "", seats=term.seats, carried=self._carried(), newcomers=newcomers,
        )  # fmt: skip
        self._window.jobs.start(
            lambda _progress, _cancel: act(),
            title="换届",
            done=self._rolled_over,
            failed=self._refused,
            owner=self,
        )
        return None

    def _rolled_over(self, done: RolledOver) -> None:
        self.done.emit(Done(done.words, done.changes))

    def _refused(self, wrong: Exception) -> None:
        if not isinstance(wrong, RolloverRefused):
            raise wrong
        self.say_problem(str(wrong))

    def _made_list(self) -> QListWidget:
        people = QListWidget()
        people.setAccessibleName("连任的代表")
        people.setMinimumHeight(px(_LEAST_HEIGHT))
        for one in self._sheet.holders:
            row = QListWidgetItem(f"{one.name}　{one.district_name}".strip())
            row.setData(Qt.ItemDataRole.UserRole, one.mandate)
            row.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            row.setCheckState(Qt.CheckState.Checked)
            row.setSizeHint(QSize(0, px(_ROW)))
            people.addItem(row)
        return people

    def _carried(self) -> list[Carried]:
        rows = [self.people.item(row) for row in range(self.people.count())]
        return [
            Carried(str(row.data(Qt.ItemDataRole.UserRole)))
            for row in rows
            if row.checkState() == Qt.CheckState.Checked
        ]

    def _newcomers(self, text: str) -> list[Newcomer]:
        """Raises RolloverRefused for a district that is not known."""
        found: list[Newcomer] = []
        for line in text.splitlines():
            name, _, number = line.replace("　", " ").strip().partition(" ")
            if name:
                found.append(Newcomer(name, self._district(number.strip())))
        return found

    def _district(self, words: str) -> str | None:
        if not words:
            return None
        for uid, name in self._sheet.districts:
            if words in (name, name.removeprefix("第").removesuffix("选区")):
                return uid
        raise RolloverRefused(
            "remark", f"没有“{words}”这个选区，请写选区编号或名称，还没有换届，数据没有改动"
        )
