"""接待日: the days of the month, who receives, the visits of the chosen day, and the form of the next visitor."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from lianxin.domain.calendar.holiday_notice import month_notes
from lianxin.domain.canonical import JsonValue
from lianxin.domain.checks import read_count
from lianxin.domain.dates import Unreadable, show_day_short, show_weekday
from lianxin.domain.records import Contact, ReceptionDay
from lianxin.office.cases.registering import Registered, queue_visitor
from lianxin.office.desk import Desk as Office
from lianxin.office.numbers import short_number
from lianxin.office.papers.catalogue import named_notice
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.reception.days import DaySheet, announce, day_sheet, day_to_show, days_between
from lianxin.office.records import undo_changes
from lianxin.store.drafts import DraftElsewhere
from lianxin.store.writing import Change
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.numbering import numbering_of
from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces.buttons import Act, button, label
from lianxin.ui.pieces.faces import EmptyState
from lianxin.ui.print_marks import marking_of
from lianxin.ui.printing import paper_folder, paper_problem, show_paper
from lianxin.ui.reception.arranging import Arranging
from lianxin.ui.reception.day_acts import DayActs
from lianxin.ui.reception.day_strip import DayStrip
from lianxin.ui.reception.duty_line import DutyLine
from lianxin.ui.reception.folding import Folding
from lianxin.ui.reception.form_printing import print_forms
from lianxin.ui.reception.queue_line import QueueBar, QueueLine
from lianxin.ui.reception.telling_notice import show_notice
from lianxin.ui.reception.visit_columns import day_source, of_day
from lianxin.ui.reception.visit_drafts import QUEUE
from lianxin.ui.reception.visit_facts import VisitFacts
from lianxin.ui.reception.visit_panel import WINDOW, VisitPanel
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.theme import px

_EMPTY = EmptyWords("今天还没有来访", "右边登记第一位；人多时用下面的“连续登记”先记下姓名和事由。")
_OPEN = ("planned", "announced")


class ReceptionPage(Page):
    """One reception day at a time. `drafts` is shared with the page 来访走访登记."""

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
        self._sheet: DaySheet | None = None
        self._came, self._queue_key = False, ""
        self.acts = DayActs(desk, office, self, self._go_to)
        self.strip, self.duty, self.counts = DayStrip(), DutyLine(), label("", wrap=True)
        self.state = button("", hint="公告、顺延、取消、规则")
        self._state_menu = QMenu(self.state)
        self.state.setMenu(self._state_menu)
        self._source = day_source(office, "")
        self.list = RecordList(self._source, name="当天来访", empty=_EMPTY, with_filter=False, unit="批")
        self.queue = QueueBar(StoreLookup(office))
        self.sheets = AttachmentStrip(
            desk, office, heading="当天登记表照片", empty="可整批拖到这里，按文件名顺序", folded=True
        )
        self.panel = VisitPanel(desk, office, self._keeper, page="reception")
        self.facts = VisitFacts(desk, office)
        self.whole = Arranging(desk, office, self._keeper, self.acts, papers=papers)
        self.rules, self.rota = self.whole.rules, self.whole.rota
        self._no_day = EmptyState("还没有接待日", "先建一个接待日，或写好规则让它自己生成。", "新建接待日")
        self.side = QStackedWidget()
        self._lay_out()
        self._connect()
        self.follow(
            ("reception-day", "rota", "contact", "visitor", "opinion", "routing", "assignment", "person")
        )

    # ---- as the window sees it ------------------------------------------------------------------

    def head(self) -> Head:
        day = self._sheet.day if self._sheet else None
        new = Act("新建接待日", self._new_day, "F2")
        if self.whole.title():
            return Head(self.whole.title(), None, (new,))
        if day is None:
            return Head("接待日", None, (new, Act("接待日规则", self._show_rules)))
        hours = f" {day.start:%H:%M}–{day.end:%H:%M}" if day.start and day.end else ""
        title = f"接待日 · {show_day_short(day.day)} {show_weekday(day.day)}{hours}"
        others = [new, Act("打印登记表", self.print_now, hint="Ctrl+P，选中一条时打印这一条，否则打印空白表")]
        if day.state in _OPEN:
            others.append(Act("结束接待", self.close_day))
        return Head(title, None, tuple(others))

    def refresh(self) -> None:
        if not self._came:
            self._came = True
            found = day_to_show(self.office)
            if found is not None:
                self._go_to(found)
            self.panel.first_come()
            self._restore_queue()
        uid = self._sheet.day.uid if self._sheet else ""
        self._sheet = day_sheet(self.office, uid) if uid else None
        self._show_day()

    def open_record(self, kind: str, uid: str) -> None:
        with self.office.store.reading() as reading:
            found = reading.get(ReceptionDay, uid) if kind == ReceptionDay.KIND else None
        if found is not None:
            self._go_to(found)

    def focus_first(self) -> None:
        if self.whole.currentWidget() is self.rules:
            self.rules.fields.focus_first()
        elif self._sheet is not None and self.side.currentWidget() is self.panel:
            self.panel.form.focus_first()

    def print_now(self) -> None:
        if self.whole.currentWidget() is self.rota:
            self.rota.print_table(word=True)
        else:
            chosen = self.list.selected_keys() or [self.list.current_key()]
            print_forms(self.desk, self.office, chosen, self._papers or paper_folder(), owner=self)

    def print_form(self, uid: str) -> None:
        """The form of one visit, or the blank one."""
        print_forms(self.desk, self.office, [uid], self._papers or paper_folder(), owner=self)

    def print_telling(self, opinion: str) -> None:
        """来访事项告知单 of a matter that was guided elsewhere."""
        show_notice(self.desk, self.office, opinion, self._papers or paper_folder())

    def print_notice(self) -> None:
        """接待日公告 as a Word file; the day counts as announced from today."""
        if self._sheet is None:
            return
        try:
            paper = named_notice(self.office, self._sheet.day.uid)
        except PapersProblem as wrong:
            paper_problem(self.desk, wrong)
            return
        day = self._sheet.day
        marking = marking_of(self.desk, self.office, "接待日公告", ReceptionDay.KIND, [day.uid])
        again = partial(named_notice, self.office, day.uid)
        numbering = numbering_of(
            self.desk,
            self.office,
            day.uid,
            f"{show_day_short(day.day)}接待日公告",
            self.office.today(),
            again,
        )
        shown = show_paper(
            self.desk, paper, self._papers or paper_folder(), marking, numbering, personal=False
        )
        if shown and day.state in _OPEN:
            changes = announce(self.office, self._sheet.day.uid)
            self.desk.hub.tell({change.kind for change in changes})

    def go_back(self) -> bool:
        if self.whole.title():
            self._show_panel()
            return True
        if self.side.currentWidget() is self.panel:
            uid = self.panel.editing()
            if not uid:
                return False
            self.panel.leave()
            self._corrected(uid)
            return True
        self._show_panel()
        return True

    def close_down(self) -> None:
        self.panel.keep()
        self._keep_queue()

    def sheet(self) -> DaySheet | None:
        """The day that is shown."""
        return self._sheet

    def close_day(self) -> None:
        """结束接待: the form's visit is parked, the day is held."""
        if self._sheet is not None:
            self.panel.keep()
            self.acts.close(self._sheet)

    # ---- inside ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top, rest = QWidget(), QWidget()
        above, below = QVBoxLayout(top), QVBoxLayout(rest)
        told = QHBoxLayout()
        told.addWidget(self.counts, 1)
        told.addWidget(self.state)
        for box in (above, below):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(px(8))
        above.addWidget(self.strip)
        above.addWidget(self.duty)
        above.addLayout(told)
        below.addWidget(self.list, 1)
        below.addWidget(self.queue)
        below.addWidget(self.sheets)
        self.sheets.take_drops_of(self)
        for card in (self.panel, self.facts, self._no_day):
            self.side.addWidget(card)
        grid = QGridLayout(self.whole.day_side)
        grid.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.whole, 1)
        self._folding = Folding(self, grid, rest, self.side, top=top)

    def _connect(self) -> None:
        self.strip.chosen.connect(self._chosen)
        self.strip.month_wanted.connect(self._show_month)
        self.duty.arrived.connect(self.acts.arrived)
        self.duty.asked.connect(self.acts.asked)
        self.duty.more_wanted.connect(self._one_more)
        self.duty.proposal_wanted.connect(self._propose)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._complete)
        self.facts.editing.connect(self._edit)
        self.facts.printing.connect(self.print_form)
        self.facts.back.connect(self._show_panel)
        self.whole.back.connect(self._show_panel)
        self.whole.turned.connect(self.head_changed)
        self.whole.day_wanted.connect(self._chosen)
        self.strip.rota_wanted.connect(self.show_rota)
        self.panel.registered.connect(self._registered)
        self.panel.corrected.connect(self._corrected)
        for card in (self.panel, self.facts):
            card.notice_wanted.connect(self.print_telling)
        self.queue.entered.connect(self._queued)
        self.queue.draft_due.connect(self._keep_queue)
        self._no_day.acted.connect(self._new_day)
        QShortcut(QKeySequence("F4"), self).activated.connect(self.queue.focus_first)

    def _go_to(self, day: ReceptionDay) -> None:
        """Show this day; what is typed stays in the form, for it is the visitor who sits there."""
        self._source.conditions = of_day(day.uid)
        self._sheet = day_sheet(self.office, day.uid)
        self._show_month(day.day.replace(day=1))
        self.whole.show_day()
        if self.side.currentWidget() is self._no_day or self.side.currentWidget() is self.facts:
            self.side.setCurrentWidget(self.panel)
        self._show_day()

    def _chosen(self, uid: str) -> None:
        with self.office.store.reading() as reading:
            day = reading.get(ReceptionDay, uid)
        if day is not None:
            self._go_to(day)

    def _show_month(self, month: date) -> None:
        last = (date.fromordinal(month.toordinal() + 32)).replace(day=1)
        days = days_between(self.office, month, date.fromordinal(last.toordinal() - 1))
        chosen = self._sheet.day.uid if self._sheet else ""
        notes = month_notes(self.office.profile.calendar, month.year, month.month)
        self.strip.show_days(month, days, chosen=chosen, today=self.office.today(), holidays="　".join(notes))

    def _show_day(self) -> None:
        sheet = self._sheet
        self._show_month(
            self.strip.month if self.strip.month != date.min else self.office.today().replace(day=1)
        )
        for widget in (self.duty, self.counts, self.state, self.list, self.queue, self.sheets):
            widget.setVisible(sheet is not None)
        self.sheets.show_owner(ReceptionDay.KIND, sheet.day.uid if sheet else "")
        self.whole.refresh()
        if sheet is None:
            self.side.setCurrentWidget(self._no_day)
            self.head_changed.emit()
            return
        self.duty.show_duties(sheet.duties, open_day=sheet.day.state in _OPEN)
        self.counts.setText(sheet.counts())
        self._show_state(sheet.day)
        self.list.refresh()
        self.panel.set_background(self._background(sheet))
        late = "" if sheet.day.day == self.office.today() else f"补录{show_day_short(sheet.day.day)} · "
        self.panel.set_place_title(f"{late}第{sheet.visits + 1}位")
        self.head_changed.emit()

    def _show_state(self, day: ReceptionDay) -> None:
        reason = f"：{day.state_reason}" if day.state_reason else ""
        self.state.setText(f"{day.shown('state')}{reason}")
        self.state.setAccessibleName(f"这个接待日：{self.state.text()}")
        self._state_menu.clear()
        acts = [
            ("接待日公告（Word）", self.print_notice),
            ("复制公告文字", partial(self.acts.copy_notice, day)),
        ]
        if day.state == "planned":
            acts.append(("已公告", partial(self.acts.announced, day)))
        if day.state in _OPEN:
            acts += [
                ("顺延…", partial(self.acts.postpone, day)),
                ("取消…", partial(self.acts.cancel, day)),
            ]
        for words, act in [*acts, ("轮值表", self.show_rota), ("接待日规则", self._show_rules)]:
            self._state_menu.addAction(words).triggered.connect(act)

    def _background(self, sheet: DaySheet) -> dict[str, str]:
        day = sheet.day
        return {
            "type": "reception_day",
            "date": day.day.isoformat(),
            "station": day.station or "",
            "reception_day": day.uid,
            "deputies": sheet.deputies(),
        }

    def _show_panel(self) -> None:
        self.list.view.clearSelection()
        self.list.view.setCurrentIndex(self.list.view.rootIndex())
        self.whole.show_day()
        self.side.setCurrentWidget(self.panel if self._sheet else self._no_day)
        self.panel.form.focus_first()

    def show_rota(self) -> None:
        """轮值表 in place of the day."""
        self.panel.keep()
        self.whole.show_rota()

    def _show_rules(self) -> None:
        self.panel.keep()
        self.whole.show_rules()

    def _new_day(self) -> None:
        self.acts.new_day(self.strip.month, self.focus_first)

    def _one_more(self) -> None:
        if self._sheet is not None:
            self.acts.one_more(self._sheet.day.uid)

    def _propose(self) -> None:
        if self._sheet is not None:
            self.acts.propose(self._sheet.day)

    def _picked(self, uid: str) -> None:
        if uid and self.facts.show_contact(uid):
            self.panel.leave()
            self.side.setCurrentWidget(self.facts)

    def _complete(self, uid: str) -> None:
        """Enter on a line of the queue goes on with it; a registered visit is read first."""
        with self.office.store.reading() as reading:
            contact = reading.get(Contact, uid)
        if contact is not None and contact.to_complete:
            self._edit(uid)

    def _edit(self, uid: str) -> None:
        self.side.setCurrentWidget(self.panel)
        if not self.panel.edit(uid):
            self.refresh()

    def _corrected(self, uid: str) -> None:
        """Show a visit as it is registered now."""
        self.side.setCurrentWidget(self.facts if self.facts.show_contact(uid) else self.panel)
        self.list.setFocus()

    def _registered(self, _done: Registered) -> None:
        self.refresh()

    # ---- the queue at the door ------------------------------------------------------------------

    def _queued(self, line: QueueLine) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        try:
            persons = read_count(line.persons).count if line.persons else 1
        except Unreadable as wrong:
            self.desk.tell(str(wrong))
            return
        now = self.office.store.now()
        today = sheet.day.day == now.date()
        contact = Contact(
            uid="", channel="reception_day", day=sheet.day.day, station=sheet.day.station,
            at=now.time().replace(second=0, microsecond=0, tzinfo=None) if today else None,
            reception_day=sheet.day.uid, deputies=sheet.deputies() or None, words=line.words, persons=persons,
        )  # fmt: skip
        done = queue_visitor(
            self.office, contact=contact, name=line.name, village=line.village or None,
            address=line.address or None,
        )  # fmt: skip
        self.queue.clear()
        self._keep_queue()
        self.queue.focus_first()
        self.desk.saved()
        self.desk.hub.tell({change.kind for change in done.changes})
        self.refresh()
        told = f"已记下 {short_number(done.contact.number or '')} {line.name or '匿名来访人'}，待补全"
        self.desk.tell(told, partial(self._unqueue, done.changes, line))

    def _unqueue(self, changes: tuple[Change, ...], line: QueueLine) -> None:
        undone = undo_changes(self.office, changes)
        self.desk.hub.tell({change.kind for change in undone})
        if self.queue.blank():
            self.queue.set_typed(
                {"name": line.name, "village": line.village, "village~": line.address, "words": line.words,
                 "persons": line.persons}
            )  # fmt: skip
        self.refresh()

    def _keep_queue(self) -> None:
        if self.queue.blank():
            if self._queue_key:
                self._keeper.forget(Contact.KIND, self._queue_key)
            self._queue_key = ""
            return
        payload: dict[str, JsonValue] = {"page": QUEUE, "line": dict(self.queue.typed())}
        self._queue_key = self._queue_key or self._keeper.new_key()
        try:
            self._keeper.keep(Contact.KIND, self._queue_key, payload)
        except DraftElsewhere:
            # Another window took it over; this line goes on as a draft of its own.
            self._queue_key = self._keeper.new_key()
            self._keeper.keep(Contact.KIND, self._queue_key, payload)
        self.desk.saved()

    def _restore_queue(self) -> None:
        for draft in self._keeper.left(Contact.KIND):
            line = draft.payload.get("line")
            if draft.payload.get("page") == QUEUE and isinstance(line, dict):
                self._queue_key = draft.key
                self.queue.set_typed({name: str(text) for name, text in line.items()})
                return
