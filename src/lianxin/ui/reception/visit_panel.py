"""The card in which visits are registered one after another: form, drafts, who this is, what is alike, saving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from lianxin.domain.casework.standing import due_date
from lianxin.domain.dates import show_day_short
from lianxin.domain.records import Contact, Visitor
from lianxin.office.access.access_log import note_field
from lianxin.office.cases.correcting import correct_visit, standing_visit
from lianxin.office.cases.registering import VisitRefused, register_visit
from lianxin.office.cases.steps import StepRefused
from lianxin.office.cases.visit_records import StandingVisit
from lianxin.office.desk import Desk as Office
from lianxin.office.lists.field_history import field_history
from lianxin.office.numbers import short_number
from lianxin.office.reception.visitors import suggested_categories
from lianxin.office.records import undo_changes
from lianxin.store.drafts import Draft
from lianxin.store.errors import StoreProblem
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import Act, act_button, button
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.reception.added_names import AddedNames
from lianxin.ui.reception.deputy_lookup import DeputyLookup
from lianxin.ui.reception.telling_notice import NoticeOffer
from lianxin.ui.reception.visit_drafts import VisitDraft, VisitDrafts, draft_words
from lianxin.ui.reception.visit_form import Visit, VisitForm
from lianxin.ui.reception.visit_hints import VisitHints
from lianxin.ui.reception.visit_words import matter_name, own_matters, registered_words, timed

WINDOW = "main"
"""Owner of drafts while the program has one window; the pages take another keeper when it has several."""
_SAVE, _SAVE_CORRECTED = "保存并登记下一位", "保存修改"


class VisitPanel(ScrollCard):
    """Registers visits and corrects them. `registered(Registered)` after each new one, `corrected(uid)` when one
    was corrected or the correction taken back, `drafts_changed` when parked ones come or go, `notice_wanted(opinion)`
    to print the 来访事项告知单 of a matter that was just registered.
    """

    registered = Signal(object)
    corrected = Signal(str)
    drafts_changed = Signal()
    notice_wanted = Signal(str)

    def __init__(
        self, desk: Desk, office: Office, keeper: DraftKeeper, *, page: str, with_place: bool = False
    ) -> None:
        super().__init__("登记来访")
        self._desk, self._office = desk, office
        self._drafts = VisitDrafts(keeper, page)
        self._key, self._heading_words = "", "登记来访"
        self._standing: StandingVisit | None = None
        self._began: datetime | None = None
        self.form = VisitForm(
            today=office.today,
            lookup=DeputyLookup(office),
            suggest=suggested_categories,
            most_persons=office.profile.group_visit.value,
            with_place=with_place,
        )
        self.hints = VisitHints(office)
        self.hints.taken.connect(self.take_known)
        self.hints.looked.connect(self._look_at_alike)
        self.hints.joining.connect(self.join_or_part)
        self._save = act_button(Act(_SAVE, self.save, "Ctrl+Enter"), "main")
        self._notice = NoticeOffer(self)
        self._notice.wanted.connect(self.notice_wanted)
        self._park = button("暂存", act=self.park, hint="先放一边，接待下一位；以后从“暂存的”里取回")
        self._parked = button("暂存的")
        self._menu = QMenu(self._parked)
        self._parked.setMenu(self._menu)
        self._lay_out()
        self.form.changed.connect(self._edited)
        self.form.draft_due.connect(self.keep)
        self.form.submitted.connect(self.save)
        self.form.ended.connect(self._save.setFocus)
        self.form.left.connect(self._recognise)
        self._added = AddedNames(desk, office, self.form, self.keep)
        self.form.dropped.connect(self._person_dropped)
        self.form.others.grown.connect(self.follow_focus_soon)
        self.form.history_asked.connect(self._history)
        self.form.matter.way_changed.connect(self._tell_due)
        self.form.matter.way_changed.connect(self.follow_focus_soon)
        self.form.matter.parted.connect(self.join_or_part)
        for keys, act in (
            ("Ctrl+Return", self.save),
            ("Ctrl+L", self.take_known),
            ("Ctrl+B", self.join_or_part),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.hints.forget()

    # ---- what the pages say ---------------------------------------------------------------------

    def set_background(self, typed: Mapping[str, str]) -> None:
        """What the day tells of every visit: channel, date, station, reception day, deputies."""
        self.form.background = dict(typed)
        self._tell_due()

    def first_come(self) -> None:
        """Bring back what a killed window left of this page; called once when the page is shown first."""
        left = self._drafts.unfinished()
        if left is not None:
            self.load(left)
            self._desk.tell("上次没有登记完的内容已经恢复，可以接着填。")
        self.show_parked()

    def edit(self, uid: str) -> bool:
        """修改 or 补全: a registered visit in the form, with what was typed about it before; what was being typed
        is parked. False when it is not here any more. Its personal data are shown in full, which is logged."""
        if self.editing() == uid:
            self.form.focus_first()
            return True
        self.set_aside()
        left = self._drafts.about(uid)
        if left is not None:
            self.load(left)
            self._desk.tell("上次没有保存的修改已经放回，核对后请保存。")
        elif not self._stand_on(uid):
            return False
        note_field(self._office, Contact, uid, "修改")
        self._say_heading()
        self._recognise("who")
        self.form.focus_first()
        return True

    def editing(self) -> str:
        """The uid of the registered visit in the form, "" for a new visit."""
        return self._standing.contact.uid if self._standing else ""

    def leave(self) -> None:
        """Back to the list: a visit being corrected is put aside, a new one waits in the form."""
        if self.editing():
            self.set_aside()
        else:
            self.keep()

    def start_anew(self) -> None:
        """An empty form for the next visitor."""
        self._key, self._standing, self._began = "", None, None
        self.form.clear()
        self.hints.forget()
        self._say_heading()

    def set_place_title(self, heading: str) -> None:
        """The words on top while a new visit is typed (第8位)."""
        self._heading_words = heading
        self._say_heading()

    # ---- drafts ---------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep what is typed as a draft; nothing typed keeps nothing."""
        if self._nothing_typed() and not self._key:
            return
        self._store_draft(parked=False)
        self._desk.saved()

    def park(self) -> None:
        """暂存: put this visit aside and be ready for the next."""
        if self._nothing_typed():
            self._desk.tell("还没有填写内容，不用暂存。")
            return
        self.set_aside()
        self._desk.tell("已暂存，可以先登记下一位；从“暂存的”里取回。")
        self.form.focus_first()

    def set_aside(self) -> None:
        """Park what is typed, if anything, and clear the form."""
        if not self._nothing_typed():
            self._store_draft(parked=True)
            self._desk.saved()
        elif self._key:
            self._drafts.forget(self._key)
        self.start_anew()
        self.show_parked()

    def load(self, draft: Draft) -> None:
        """Take a draft into the form."""
        self.start_anew()
        kept = VisitDraft.of(draft)
        if kept.contact:
            self._stand_on(kept.contact)
        self._key, self._began = draft.key, kept.began
        self.form.set_typed(kept.typed)
        self._say_joined()
        self.keep()
        self._say_heading()
        self._recognise("who")
        self.show_parked()

    def show_parked(self) -> None:
        """Count the parked drafts and offer them."""
        self._menu.clear()
        parked = self._drafts.to_take_up(self._key)
        for draft in parked:
            self._menu.addAction(draft_words(draft)).triggered.connect(partial(self._take_up, draft))
        self._parked.setVisible(bool(parked))
        self._parked.setText(f"暂存的 {len(parked)} 份")
        self.drafts_changed.emit()

    def parked_words(self) -> list[str]:
        """What the list of parked drafts offers."""
        return [act.text() for act in self._menu.actions()]

    def take_up_parked(self, place: int) -> None:
        """Take the parked draft at this place of the list into the form; what is in it is parked instead."""
        self._menu.actions()[place].trigger()

    def _nothing_typed(self) -> bool:
        return self.form.blank() if self._standing is None else not self.form.changes()

    def _store_draft(self, *, parked: bool) -> None:
        standing = self._standing.contact if self._standing else None
        self._key = self._drafts.keep(
            self._key,
            VisitDraft(
                typed=self.form.changes(),
                contact=standing.uid if standing else "",
                number=(standing.number or "") if standing else "",
                began=self._began,
                parked=parked,
            ),
        )

    def _take_up(self, draft: Draft, _checked: bool = False) -> None:
        self.set_aside()
        self.load(draft)
        self.form.focus_first()

    def _stand_on(self, uid: str) -> bool:
        standing = standing_visit(self._office, uid)
        if standing is None:
            return False
        self._standing = standing
        self.form.show_standing(standing, matter=own_matters(self._office, uid))
        self._say_joined()
        return True

    # ---- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """保存并登记下一位, or 保存修改."""
        standing = self._standing
        visit = self.form.read()
        if visit is None:
            self._desk.not_saved("请先改好标出的地方，填写的内容已存草稿")
            self.keep()
            return
        try:
            if standing is not None and not standing.contact.to_complete:
                self._save_corrected(visit, standing)
            else:
                self._save_registered(visit, standing)
        except VisitRefused as refused:
            self._desk.not_saved(str(refused))
            self.keep()
        except StepRefused as refused:
            self._desk.not_saved(f"{refused}填写的内容还在表里。")
            self.form.matter.show_refusal(str(refused))
            self.keep()
        except StoreProblem as wrong:
            self._desk.problem(Problem(what=str(wrong)))

    def _save_registered(self, visit: Visit, standing: StandingVisit | None) -> None:
        typed = self.form.changes()
        done = register_visit(
            self._office,
            contact=visit.contact if standing else timed(visit.contact, self._began),
            visitors=visit.visitors,
            raised=visit.raised,
            opened=standing,
            draft_key=self._key,
        )
        self._stored(done.changes)
        self._notice.offer(done.opinion.uid if done.opinion is not None and done.told_on_paper else "")
        self.form.focus_first()
        self._desk.tell(
            registered_words(self._office, done, visit), partial(self._undo, done.changes, typed, standing)
        )
        self.registered.emit(done)

    def _save_corrected(self, visit: Visit, standing: StandingVisit) -> None:
        done = correct_visit(
            self._office,
            contact=visit.contact,
            visitors=visit.visitors,
            opened=standing,
            category=visit.category if len(standing.opinions) == 1 else "",
            sensitive=visit.sensitive,
            raised=None if standing.opinions else visit.raised,
            draft_key=self._key,
        )
        self._stored(done.changes)
        number, uid = short_number(done.contact.number or ""), done.contact.uid
        self.corrected.emit(uid)
        if done.words:
            self._desk.tell(
                f"已修改 {number}：{done.words}", partial(self._undo_corrected, done.changes, uid)
            )
        else:
            self._desk.tell(f"{number} 没有改动")

    def _stored(self, changes: tuple[Change, ...]) -> None:
        self._desk.saved()
        self._desk.hub.tell({change.kind for change in changes})
        self.start_anew()
        self.show_parked()

    def _undo(
        self, changes: tuple[Change, ...], typed: Mapping[str, str], standing: StandingVisit | None
    ) -> None:
        undone = undo_changes(self._office, changes)
        self._desk.hub.tell({change.kind for change in undone})
        self._notice.offer("")
        self.set_aside()
        if standing is not None:
            self._stand_on(standing.contact.uid)
        self.form.set_typed(typed)
        self._say_joined()
        self.keep()
        self._say_heading()
        self._desk.saved()
        self._desk.tell("已撤销这次登记，填写的内容放回了表里；编号作废留号。")
        self.form.focus_first()

    def _undo_corrected(self, changes: tuple[Change, ...], uid: str) -> None:
        undone = undo_changes(self._office, changes)
        self._desk.hub.tell({change.kind for change in undone})
        self._desk.saved()
        self._desk.tell("已撤销这次修改，恢复原来的内容。")
        self.corrected.emit(uid)

    # ---- who this is, what is alike -------------------------------------------------------------

    def take_known(self) -> None:
        """沿用上次住址: fill what is empty from the last visit."""
        if self.hints.fill(self.form):
            self.keep()
            self.form.said.focus_first()

    def join_or_part(self) -> None:
        """合并办理: this visit speaks of the matter that sounds alike, or after all of one of its own (Ctrl+B)."""
        if self.form.matter.joined():
            self.form.matter.join("", "")
            self._recognise("said")
            self.form.matter.enter_first()
            return
        self._recognise("said")
        found = self.hints.joinable()
        if found is not None:
            self.form.matter.join(found.opinion, "")
            self._say_joined()
            self.hints.told_joined()
            # The row in which the focus was may be gone: what is left to do is to save.
            self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_joined(self) -> None:
        joined = self.form.matter.joined()
        if joined:
            self.form.matter.say_joined(f"与 {matter_name(self._office, joined)} 合并办理，不另立意见")

    def _recognise(self, group: str) -> None:
        own = bool(self._standing and self._standing.opinions)
        self.hints.look(
            self.form,
            who=group == "who",
            except_contact=self.editing(),
            may_join=not own and not self.form.matter.joined(),
        )

    def _look_at_alike(self, opinion: str) -> None:
        self.keep()
        self._desk.open_record("opinion", opinion)

    def _person_dropped(self, key: str, typed: Mapping[str, str]) -> None:
        name = typed.get("name") or "同来的人"
        self._desk.tell(f"已从表上去掉{name}，保存后生效", partial(self.form.others.put_back, key, typed))

    def _tell_due(self) -> None:
        due = due_date(self._day_typed(), self._office.profile)
        self.form.unit_row.set_hint(f"期限{show_day_short(due)}")

    def _day_typed(self) -> date:
        parsed = Contact.parse(
            {**self.form.contact_typed(), "words": "—", "type": "visit"}, uid="", today=self._office.today()
        ).record
        return parsed.day if parsed is not None else self._office.today()

    def _history(self, cls: type[Contact] | type[Visitor], wire: str, point: QPoint) -> None:
        """What a field of the registered visit held before, on right click on its label."""
        standing = self._standing
        if standing is None or (cls is Visitor and not standing.visitors):
            return
        uid = standing.contact.uid if cls is Contact else standing.visitors[0].uid
        HistoryPopup(cls.spec(wire).label, field_history(self._office, cls, uid, wire), self).show_at(point)

    # ---- inside ---------------------------------------------------------------------------------

    def _edited(self) -> None:
        if self._began is None:
            self._began = self._office.store.now()

    def _say_heading(self) -> None:
        standing = self._standing
        corrected = standing is not None and not standing.contact.to_complete
        self._save.setText(f"{_SAVE_CORRECTED if corrected else _SAVE}  Ctrl+Enter")
        self._save.setAccessibleName(_SAVE_CORRECTED if corrected else _SAVE)
        if standing is None:
            self.set_heading(self._heading_words)
        else:
            number = short_number(standing.contact.number or "")
            self.set_heading(f"{'修改' if corrected else '补全'} {number}", "编号不变")

    def _lay_out(self) -> None:
        self.add_tool(
            button(
                "补录纸质表 Ctrl+M", "link", act=self.form.turn_paper,
                hint="照手写的登记表补录：加上表号、记录人、年龄、拟办意见，顺序与纸上一样；再按一次收起",
            )
        )  # fmt: skip
        self.add(self.form)
        self.add(self.hints)
        self.add_stretch()
        self.foot.addWidget(self._save)
        self.foot.addWidget(self._notice)
        self.foot.addWidget(self._park)
        self.foot.addWidget(self._parked)
        self.foot.addStretch(1)
        QWidget.setTabOrder(self._save, self._park)
