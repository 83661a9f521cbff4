"""代表: the roster left, the deputy right; every act on a sheet in the deputy's place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Signal

from lianxin.domain.dictionary import Record
from lianxin.domain.records import DeputyGroup, Mandate, Person
from lianxin.office.case_papers.case_file import note_disclosure
from lianxin.office.deputies import people as deputies
from lianxin.office.deputies.rollover import RolloverRefused, rollover_sheet
from lianxin.office.deputies.roster import DeputyFile, Roster, deputy_file, person_of
from lianxin.office.desk import Desk
from lianxin.office.records import new_uid
from lianxin.office.scoring.duty_register import blank_register, duty_register
from lianxin.office.scoring.performance_file import file_paper
from lianxin.ui.deputies.detail import DeputyDetail
from lianxin.ui.deputies.filters import RosterFilters
from lianxin.ui.deputies.forms import (
    EditPerson,
    GroupForm,
    JoinGroup,
    MandateForm,
    MandateState,
    RegisterDeputy,
)
from lianxin.ui.deputies.rollover_form import RolloverForm
from lianxin.ui.deputies.source import RosterSource
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import FormFields
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, EmptyState, label
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.record_list import EmptyWords, RecordList

FOLLOWED = ("person", "mandate", "group", "group-member", "district", "station", "rota", "contact", "term")


class DeputiesPage(SheetPage):
    """The roster by level, group and district with counts, and each deputy beside it.

    `file_wanted(person)` when the deputy's file of the year is asked for.
    """

    file_wanted = Signal(str)
    papers: Path | None = None

    def __init__(self, window: Window, office: Desk, *, drafts: DraftKeeper | None = None) -> None:
        super().__init__(window, office, drafts)
        self.lookup = StoreLookup(office)
        self.source = RosterSource(office)
        self._wanted = ""
        self.filters = RosterFilters(office)
        self.filters.changed.connect(self._filtered)
        self.list = RecordList(
            self.source,
            name="代表",
            unit="人",
            reads=window.reads,
            empty=EmptyWords("这里还没有代表", "可以导入花名册，或按 F2 登记一名代表。", "导入花名册"),
        )
        self.list.add_tool(self.filters.combos)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.list.empty_acted.connect(self._import)
        self.detail = DeputyDetail(self.lookup)
        self._connect_detail()
        self._nothing = EmptyState("还没有选中代表", "请在列表里选一名，这里显示他的资格、小组和履职情况。")
        self.right.addWidget(self._nothing)
        self.right.addWidget(self.detail)
        self.panes = TwoPanes(
            self.list, self.right, names=("花名册", "这名代表"), shares=(13, 9), least=(420, 400)
        )
        self.seats = label("", "soft", wrap=True)
        self.seats.hide()
        self.body.addWidget(self.filters)
        self.body.addWidget(self.seats)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(self.filters)
        self.follow(FOLLOWED)

    # ---- what the window asks -------------------------------------------------------------------

    def head(self) -> Head:
        others = (
            Act("换届", self.roll_over, hint="结束这一届，建立下一届，连任的代表转入新的资格"),
            Act("导入花名册", self._import, hint="从 Excel、WPS 表格或 Word 表格导入"),
        )
        return Head("代表", Act("登记代表", self.register_new, "F2"), others)

    def refresh(self) -> None:
        self.filters.read_choices()
        self.seats.setText(deputies.seats_words(self.office))
        self.seats.setVisible(bool(self.seats.text()))
        self.list.refresh()
        if self.form is None and self.shown_uid():
            self.show_record(self.shown_uid())

    def open_record(self, kind: str, uid: str) -> None:
        person = uid if kind == Person.KIND else person_of(self.office, kind, uid)
        if person:
            self.show_person(person)

    def print_now(self) -> None:
        """Ctrl+P: the shown deputy's file of this year."""
        file = self.detail.file
        if file is None or not file.mandates:
            self.desk.tell("请先在花名册里选一名代表，再打印他的履职档案。")
            return
        made = partial(file_paper, self.office, file.mandates[0].uid, self.office.today().year)
        print_beside(self.desk, "打印履职档案", made, self.papers or paper_folder(), owner=self)

    def print_register(self) -> None:
        """代表履职登记表 of the shown deputy, blank where he has no mandate."""
        file, year = self.detail.file, self.office.today().year
        held = file.mandates[0].uid if file is not None and file.mandates else ""
        made = (
            partial(duty_register, self.office, held, year) if held else partial(blank_register, self.office)
        )
        print_beside(self.desk, "打印履职登记表", made, self.papers or paper_folder(), owner=self)

    # ---- list and detail ------------------------------------------------------------------------

    def show_person(self, uid: str) -> None:
        """Choose a deputy, widening the filter when the list does not hold him."""
        self.panes.show_right()
        if self.list.select(uid):
            return
        self._wanted = uid
        self.list.set_filter("")
        self.filters.clear()

    def shown_uid(self) -> str:
        return self.detail.file.person.uid if self.detail.file else ""

    def show_record(self, uid: str) -> None:
        file = deputy_file(self.office, uid) if uid else None
        if file is None:
            self.detail.file = None
            self.right.setCurrentWidget(self._nothing)
            return
        acts = [
            Act("修改基本情况", self.edit_person),
            Act("履职档案", partial(self.file_wanted.emit, uid)),
            Act("打印档案", self.print_now, "Ctrl+P"),
            Act("履职登记表", self.print_register, hint="今年的履职逐条登记，可以手工补写"),
        ]
        self.detail.show_file(file, acts, self._warnings(file))
        self.right.setCurrentWidget(self.detail)

    def sheet_closed(self) -> None:
        self.show_record(self.list.current_key())
        self.list.setFocus()

    def sheet_saved(self, done: Done) -> None:
        if done.show and done.show != self.shown_uid():
            self.show_person(done.show)
        else:
            self.show_record(self.shown_uid())
        self.list.setFocus()

    def _filtered(self) -> None:
        self.source.chosen = self.filters.chosen()
        self.filters.show_counts(None)
        self.list.refresh()

    def _counted(self, shown: int) -> None:
        if self._wanted:
            uid, self._wanted = self._wanted, ""
            if not self.list.select(uid) and self.filters.chosen().level != "ended":
                self._wanted = uid
                self.filters.choose("ended")
                return
        if shown and not self.list.current_key() and self.form is None:
            self.list.select(self.list.model.key_at(0))
        chosen, words = self.filters.chosen(), self.list.filter_words()

        def work(_progress: Progress, _cancel: Cancel) -> Roster:
            return self.source.read(chosen, words)

        def done(found: Roster) -> None:
            if chosen == self.filters.chosen() and words == self.list.filter_words():
                self.filters.show_counts(found.counts)

        self.desk.reads.start(work, title="", done=done, owner=self)

    def _warnings(self, file: DeputyFile) -> str:
        told = [deputies.group_warning(self.office, one.group.name, one.size) for one in file.groups]
        return "；".join(words for words in told if words)

    # ---- acts -----------------------------------------------------------------------------------

    def roll_over(self) -> None:
        """换届 of the level the list is narrowed to, of the township's own deputies otherwise."""
        level = "county" if self.filters.code() == "county" else "township"
        try:
            sheet = rollover_sheet(self.office, level)
        except RolloverRefused as refused:
            self.desk.tell(str(refused))
            return
        self.open_sheet(RolloverForm(self.desk, self.office, sheet))

    def register_new(self) -> None:
        """F2: a new deputy."""
        waiting = [one for one in self.drafts.left(Person.KIND) if one.key.startswith("draft-")]
        key = waiting[0].key if waiting else self.drafts.new_key()
        self.open_sheet(RegisterDeputy(self.office, self.lookup, key))

    def edit_person(self) -> None:
        """Correct the facts of the person."""
        if self.detail.file is not None:
            form = EditPerson(self.office, self.detail.file.person)
            form.history_asked.connect(self._history)
            form.disclosed.connect(self._disclosed)
            self.open_sheet(form)

    def add_mandate(self) -> None:
        """One more mandate of the person."""
        if self.detail.file is not None:
            self.open_sheet(MandateForm(self.office, self.lookup, self.detail.file, None))

    def edit_mandate(self, uid: str) -> None:
        """Correct a mandate."""
        mandate, _ = self._mandate(uid)
        if self.detail.file is not None and mandate is not None:
            self.open_sheet(MandateForm(self.office, self.lookup, self.detail.file, mandate))

    def change_state(self, uid: str) -> None:
        """A mandate ends, is suspended, or is taken up again."""
        mandate, words = self._mandate(uid)
        if self.detail.file is not None and mandate is not None:
            self.open_sheet(MandateState(self.office, self.detail.file, mandate, words))

    def join_group(self) -> None:
        """Put the deputy into a group."""
        if self.detail.file is not None:
            self.open_sheet(JoinGroup(self.office, self.lookup, self.detail.file))

    def leave_group(self, member: str) -> None:
        """Take the deputy out of a group; a group left too small is said with the rule's source."""
        file = self.detail.file
        held = next((one for one in file.groups if one.member.uid == member), None) if file else None
        if file is None or held is None:
            return
        changes = deputies.leave_group(self.office, member=member)
        warning = deputies.group_warning(self.office, held.group.name, held.size - 1)
        told = f"{file.person.name} 已退出{held.group.name}"
        self.after_write(f"{told}。{warning}" if warning else told, changes)

    def edit_group(self, uid: str) -> None:
        """Correct a group."""
        file = self.detail.file
        held = next((one for one in file.groups if one.group.uid == uid), None) if file else None
        if held is not None:
            self.open_sheet(GroupForm(self.office, held.group))

    def add_named(self, part: FormFields[Record], wire: str, name: str) -> None:
        if part.row(wire).spec.kind.refers != DeputyGroup.KIND:
            super().add_named(part, wire, name)
            return
        group = DeputyGroup(uid=new_uid(self.office), name=name)
        changes = deputies.make_group(self.office, group)
        part.set_value(wire, group.uid)
        self.after_write(f"已新建小组“{name}”", changes)

    def _mandate(self, uid: str) -> tuple[Mandate | None, str]:
        file = self.detail.file
        if file is not None:
            for mandate, words in zip(file.mandates, file.mandate_lines, strict=True):
                if mandate.uid == uid:
                    return mandate, words
        return None, ""

    def _connect_detail(self) -> None:
        self.detail.disclosed.connect(self._disclosed)
        self.detail.history_asked.connect(self._history)
        self.detail.mandate_add.connect(self.add_mandate)
        self.detail.mandate_edit.connect(self.edit_mandate)
        self.detail.mandate_state.connect(self.change_state)
        self.detail.group_join.connect(self.join_group)
        self.detail.group_leave.connect(self.leave_group)
        self.detail.group_edit.connect(self.edit_group)
        self.detail.opened.connect(self.desk.open_record)

    def _history(self, wire: str, point: QPoint) -> None:
        if self.shown_uid():
            self.show_history(Person, self.shown_uid(), wire, point)

    def _disclosed(self, wire: str) -> None:
        file = self.detail.file
        if file is not None:
            note_disclosure(self.office, f"代表 {file.person.name} {Person.spec(wire).label}")

    def _import(self) -> None:
        self.desk.go("import")
