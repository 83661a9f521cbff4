"""来访走访登记: every contact of any channel left, the chosen one or the form of a new one right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget

from lianxin.domain.dates import show_day
from lianxin.domain.records import Contact, FormNumbers
from lianxin.office.cases.registering import Registered
from lianxin.office.desk import Desk as Office
from lianxin.office.desk import main_station
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces.buttons import Act
from lianxin.ui.pieces.faces import EmptyState
from lianxin.ui.printing import paper_folder
from lianxin.ui.reception.blank_forms import BlankForms
from lianxin.ui.reception.folding import Folding
from lianxin.ui.reception.form_printing import print_forms
from lianxin.ui.reception.register_dialog import RegisterDialog
from lianxin.ui.reception.telling_notice import show_notice
from lianxin.ui.reception.visit_columns import contacts_source
from lianxin.ui.reception.visit_drafts import VisitDrafts
from lianxin.ui.reception.visit_facts import VisitFacts
from lianxin.ui.reception.visit_panel import WINDOW, VisitPanel
from lianxin.ui.record_list import EmptyWords, RecordList

_PAGE = "contacts"
"""What drafts of this page are kept under."""

_EMPTY = EmptyWords(
    "还没有来访走访登记",
    "来访、走访、电话、信件都登记在这里；以前的台账可以在“设置与备份”里导入。",
    "登记来访",
)


class ContactsPage(Page):
    """The list, facts of the chosen contact, and F2 for the form. `drafts` is shared with the page 接待日."""

    def __init__(
        self,
        desk: Desk,
        office: Office,
        *,
        drafts: DraftKeeper | None = None,
        papers: Path | None = None,
    ) -> None:
        super().__init__(desk)
        self.office, self._papers = office, papers
        self._keeper = drafts or DraftKeeper(office, WINDOW)
        self.list = RecordList(
            contacts_source(office), name="来访走访登记", empty=_EMPTY, reads=desk.reads, unit="次"
        )
        self._panel: VisitPanel | None = None
        self.facts = VisitFacts(desk, office, back_words="登记新来访 F2")
        self._nothing = EmptyState(
            "左边选一条，这里看详情", "按 F2 登记新的来访、走访、电话、信件。", "登记来访"
        )
        self.side = QStackedWidget()
        for card in (self._nothing, self.facts):
            self.side.addWidget(card)
        grid = QGridLayout()
        self.body.addLayout(grid, 1)
        self._folding = Folding(self, grid, self.list, self.side)
        self._came, self._wanted = False, ""
        self.list.counted.connect(self._read)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._picked)
        self.list.empty_acted.connect(self.register_new)
        self._nothing.acted.connect(self.register_new)
        self.facts.back.connect(self.register_new)
        self.facts.editing.connect(self._edit)
        self.facts.printing.connect(self.print_form)
        self.facts.notice_wanted.connect(self.print_notice)
        self.follow(("contact", "visitor", "opinion", "routing", "assignment", "reply", "satisfaction"))

    @property
    def panel(self) -> VisitPanel:
        """The form, made when it is first wanted: it is half of the page, and most looks are for the list."""
        if self._panel is None:
            panel = self._panel = VisitPanel(
                self.desk, self.office, self._keeper, page=_PAGE, with_place=True
            )
            panel.registered.connect(self._registered)
            panel.corrected.connect(self._corrected)
            panel.notice_wanted.connect(self.print_notice)
            panel.show_parked()
            self.side.addWidget(panel)
        return self._panel

    def head(self) -> Head:
        others = (
            Act("打印登记表", self.print_now, hint="Ctrl+P，选中一条时打印这一条"),
            Act(
                "打印登记簿",
                self.ask_register,
                hint="群众来访登记簿，一次来访一行，选一个时段",
                needs="reveal",
            ),
            Act(
                "打印空白表", self.ask_blank, needs="look", hint="印几张，带不带表号；写坏的表号也在这里作废"
            ),
            Act("导入台账", self._import, hint="往年的接待群众台账，Excel 或 Word"),
        )
        if self.registering():
            return Head("来访走访登记", None, (Act("返回列表", self._back_to_list, "Esc"), *others))
        return Head("来访走访登记", Act("登记来访", self.register_new, "F2"), others)

    def _import(self) -> None:
        self.desk.go("import")

    def refresh(self) -> None:
        if not self._came:
            self._came = True
            if VisitDrafts(self._keeper, _PAGE).unfinished() is not None:
                self.panel.first_come()
                self._show_form()
        self.list.refresh()
        if self.side.currentWidget() is self.facts and not self.facts.show_contact(self.facts.uid()):
            self._show(self._nothing)

    def registering(self) -> bool:
        """Whether the form is on the right."""
        return self._panel is not None and self.side.currentWidget() is self._panel

    def register_new(self) -> None:
        """F2: the form of a new contact, with the channel, date and place of the last one."""
        self.panel.leave()
        self._show_form()
        self.panel.form.focus_first()

    def open_record(self, kind: str, uid: str) -> None:
        if kind == Contact.KIND:
            self._wanted = "" if self.list.select(uid) else uid
            self._picked(uid)
        elif kind == FormNumbers.KIND:
            self._show_blanks(uid)

    def _read(self, _shown: int) -> None:
        """A record that was asked for before the list was read is chosen now, not the first line."""
        wanted, self._wanted = self._wanted, ""
        if wanted and self.list.select(wanted):
            self._picked(wanted)

    def focus_first(self) -> None:
        if self.registering():
            self.panel.form.focus_first()
        else:
            self.list.setFocus()

    def focus_filter(self) -> None:
        self.list.focus_filter()

    def print_now(self) -> None:
        print_forms(
            self.desk, self.office, self.list.selected_keys() or [self.list.current_key()],
            self._papers or paper_folder(), owner=self,
        )  # fmt: skip

    def print_form(self, uid: str) -> None:
        """The form of one visit as a Word file, the blank one when none is chosen."""
        print_forms(self.desk, self.office, [uid], self._papers or paper_folder(), owner=self)

    def print_notice(self, opinion: str) -> None:
        """来访事项告知单 of a matter that was guided elsewhere."""
        show_notice(self.desk, self.office, opinion, self._papers or paper_folder())

    def ask_blank(self) -> None:
        """Blank forms with their 表号, as many as are asked for."""
        self._show_blanks("")

    def _show_blanks(self, number: str) -> None:
        """The same with what became of a number that was looked up."""
        dialog = BlankForms(self.desk, self.office, self._papers or paper_folder(), self, number=number)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_register(self) -> None:
        """群众来访登记簿 of a period."""
        dialog = RegisterDialog(self.desk, self.office, self._papers or paper_folder(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def print_blank(self) -> None:
        """A blank form to write on by hand."""
        self.print_form("")

    def go_back(self) -> bool:
        if self.registering():
            self._back_to_list()
            return True
        return False

    def close_down(self) -> None:
        if self._panel is not None:
            self._panel.keep()

    def _show_form(self) -> None:
        place = self.panel.form.place
        if place is not None and not place.value("date").strip():
            with self.office.store.reading() as reading:
                station = main_station(reading)
            today = self.office.today()
            place.set_typed(
                {
                    "type": place.value("type") or "visit",
                    "date": show_day(today),
                    "station": station.uid if station else "",
                }
            )
            self.panel.form.set_typed({})
        self._show(self.panel)

    def _show(self, card: EmptyState | VisitFacts | VisitPanel) -> None:
        self.side.setCurrentWidget(card)
        self.head_changed.emit()

    def _back_to_list(self) -> None:
        uid = self.panel.editing() or self.list.current_key()
        self.panel.leave()
        self._show(self.facts if uid and self.facts.show_contact(uid) else self._nothing)
        self.list.setFocus()

    def _picked(self, uid: str) -> None:
        if uid and self.facts.show_contact(uid):
            self._show(self.facts)
        elif not self.registering():
            self._show(self._nothing)

    def _edit(self, uid: str) -> None:
        self._show_form()
        if not self.panel.edit(uid):
            self.refresh()

    def _corrected(self, uid: str) -> None:
        """Show a visit as it is registered now."""
        self._show(self.facts if self.facts.show_contact(uid) else self._nothing)
        self.list.setFocus()

    def _registered(self, _done: Registered) -> None:
        self.list.refresh()
