"""The card in which visits are registered one after another: form, drafts, who this is, what is alike, saving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from lianxin.domain.canonical import JsonValue
from lianxin.domain.casework import due_date
from lianxin.domain.dates import show_day_short
from lianxin.domain.records import Contact, Visitor
from lianxin.office.desk import Desk as Office
from lianxin.office.numbers import short_number
from lianxin.office.records import undo_changes
from lianxin.office.registering import NOT_TOLD, Raised, Registered, register_visit
from lianxin.office.visitors import (
    add_named,
    suggested_categories,
)
from lianxin.store.drafts import Draft, DraftElsewhere
from lianxin.store.errors import StoreProblem
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import Act, act_button, button
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.reception.visit_form import NO_MATTER, WAY_WORDS, Visit, VisitForm
from lianxin.ui.reception.visit_hints import VisitHints
from lianxin.ui.understanding import typed_of

WINDOW = "main"
"""Owner of drafts while the program has one window; the pages take another keeper when it has several."""
QUEUE = "queue"
"""Marks the draft of an unfinished line of 连续登记, which is not a parked visit."""


@dataclass(frozen=True)
class Standing:
    """A contact that stands already and is being completed: the two uids to write over, and its number."""

    contact: Contact
    visitor: Visitor | None


class VisitPanel(ScrollCard):
    """Registers visits. `registered(Registered)` after each, `drafts_changed` when parked ones come or go."""

    registered = Signal(object)
    drafts_changed = Signal()

    def __init__(
        self, desk: Desk, office: Office, keeper: DraftKeeper, *, page: str, with_place: bool = False
    ) -> None:
        super().__init__("登记来访")
        self._desk, self._office, self._keeper, self._page = desk, office, keeper, page
        self._key, self._heading_words = "", "登记来访"
        self._standing: Standing | None = None
        self._began: datetime | None = None
        self._lookup = StoreLookup(office)
        self.form = VisitForm(
            today=office.today, lookup=self._lookup, suggest=suggested_categories, with_place=with_place
        )
        self.hints = VisitHints(office)
        self.hints.taken.connect(self.take_known)
        self.hints.looked.connect(self._look_at_alike)
        self._save = act_button(Act("保存并登记下一位", self.save, "Ctrl+Enter"), "main")
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
        self.form.new_wanted.connect(self._add_new)
        self.form.way_changed.connect(self._tell_due)
        for keys, act in (("Ctrl+Return", self.save), ("Ctrl+L", self.take_known)):
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
        for draft in self._keeper.left(Contact.KIND):
            if draft.payload.get("page") == self._page and not draft.payload.get("parked"):
                self.load(draft)
                self._desk.tell("上次没有登记完的内容已经恢复，可以接着填。")
                break
        self.show_parked()

    def complete(self, contact: Contact, visitor: Visitor | None) -> None:
        """Take a 待补全 line into the form; what was being typed is parked."""
        self.set_aside()
        self._standing = Standing(contact, visitor)
        typed = {f"c.{wire}": text for wire, text in typed_of(contact).items()}
        if contact.words == NOT_TOLD:
            typed["c.words"] = ""
        if visitor is not None:
            typed |= {f"v.{wire}": text for wire, text in typed_of(visitor).items()}
        self.form.set_typed(typed)
        self._say_heading()
        self._recognise("who")
        self.form.focus_first()

    def completing(self) -> str:
        """The uid of the contact being completed, "" for a new visit."""
        return self._standing.contact.uid if self._standing else ""

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
        if self.form.blank() and not self._key:
            return
        self._store_draft(parked=False)
        self._desk.saved()

    def _store_draft(self, *, parked: bool) -> None:
        self._key = self._key or self._keeper.new_key()
        try:
            self._keeper.keep(Contact.KIND, self._key, self._payload(parked=parked))
        except DraftElsewhere:
            # Another window took it over; what is typed here goes on as a draft of its own.
            self._key = self._keeper.new_key()
            self._keeper.keep(Contact.KIND, self._key, self._payload(parked=parked))

    def park(self) -> None:
        """暂存: put this visit aside and be ready for the next."""
        if self.form.blank():
            self._desk.tell("还没有填写内容，不用暂存。")
            return
        self.set_aside()
        self._desk.tell("已暂存，可以先登记下一位；从“暂存的”里取回。")
        self.form.focus_first()

    def set_aside(self) -> None:
        """Park what is typed, if anything, and clear the form."""
        if not self.form.blank():
            self._store_draft(parked=True)
            self._desk.saved()
        self.start_anew()
        self.show_parked()

    def load(self, draft: Draft) -> None:
        """Take a draft into the form."""
        self.start_anew()
        typed = draft.payload.get("typed")
        self._key = draft.key
        began = draft.payload.get("began")
        self._began = datetime.fromisoformat(began) if isinstance(began, str) and began else None
        standing = draft.payload.get("contact")
        if isinstance(standing, str) and standing:
            self._stand_on(standing)
        if isinstance(typed, dict):
            self.form.set_typed({name: str(text) for name, text in typed.items()})
        self.keep()
        self._say_heading()
        self._recognise("who")
        self.show_parked()

    def show_parked(self) -> None:
        """Count the parked drafts and offer them."""
        self._menu.clear()
        parked = [draft for draft in self._keeper.left(Contact.KIND) if self._offered(draft)]
        for draft in parked:
            self._menu.addAction(_draft_words(draft)).triggered.connect(partial(self._take_up, draft))
        self._parked.setVisible(bool(parked))
        self._parked.setText(f"暂存的 {len(parked)} 份")
        self.drafts_changed.emit()

    def parked_words(self) -> list[str]:
        """What the list of parked drafts offers."""
        return [act.text() for act in self._menu.actions()]

    def take_up_parked(self, place: int) -> None:
        """Take the parked draft at this place of the list into the form; what is in it is parked instead."""
        self._menu.actions()[place].trigger()

    def _offered(self, draft: Draft) -> bool:
        if draft.key == self._key or draft.payload.get("page") == QUEUE:
            return False
        return bool(draft.payload.get("parked")) or draft.payload.get("page") == self._page

    def _take_up(self, draft: Draft, _checked: bool = False) -> None:
        self.set_aside()
        self.load(draft)
        self.form.focus_first()

    def _payload(self, *, parked: bool) -> dict[str, JsonValue]:
        typed: dict[str, JsonValue] = dict(self.form.typed())
        return {
            "page": self._page,
            "parked": parked,
            "typed": typed,
            "contact": self.completing(),
            "began": self._began.isoformat() if self._began else "",
        }

    def _stand_on(self, uid: str) -> None:
        with self._office.store.reading() as reading:
            contact = reading.get(Contact, uid)
            if contact is None:
                return
            visitors = reading.children(Visitor, "contact", [uid])
        self._standing = Standing(contact, visitors[0] if visitors else None)

    # ---- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """保存并登记下一位."""
        standing = self._standing
        visit = self.form.read(
            contact_uid=standing.contact.uid if standing else "",
            visitor_uid=standing.visitor.uid if standing and standing.visitor else "",
        )
        if visit is None:
            self._desk.not_saved("请先改好标出的地方，填写的内容已存草稿")
            self.keep()
            return
        typed = self.form.typed()
        try:
            done = register_visit(
                self._office,
                contact=self._whole(visit),
                visitors=[self._whole_visitor(visit)],
                raised=self._raised(visit),
                draft_key=self._key,
            )
        except StoreProblem as wrong:
            self._desk.problem(Problem(what=str(wrong)))
            return
        self._desk.saved()
        self._desk.hub.tell({change.kind for change in done.changes})
        self.start_anew()
        self.show_parked()
        self.form.focus_first()
        self._desk.tell(self._said_of(done, visit), partial(self._undo, done.changes, typed, standing))
        self.registered.emit(done)

    def _whole(self, visit: Visit) -> Contact:
        contact = visit.contact
        standing = self._standing
        if standing is not None:
            # What the form does not show stays as it stands.
            known = standing.contact
            if self.form.place is None:
                return replace(known, persons=contact.persons, words=contact.words)
            return replace(contact, number=known.number, reception_day=known.reception_day)
        if contact.at is None and self._began is not None and contact.day == self._began.date():
            contact = replace(contact, at=self._began.time().replace(second=0, microsecond=0, tzinfo=None))
        return contact

    def _whole_visitor(self, visit: Visit) -> Visitor:
        standing = self._standing
        if standing is None or standing.visitor is None:
            return visit.visitor
        told = visit.visitor
        return replace(
            standing.visitor, name=told.name, anonymous=told.anonymous, sex=told.sex, phone=told.phone,
            village=told.village, address=told.address, confidential=told.confidential, informed=told.informed,
        )  # fmt: skip

    def _raised(self, visit: Visit) -> Raised | None:
        if visit.way == NO_MATTER:
            return None
        return Raised(category=visit.category, route=visit.way, unit=visit.unit, words=visit.words)

    def _said_of(self, done: Registered, visit: Visit) -> str:
        number = short_number(done.contact.number or "")
        went = WAY_WORDS.get(visit.way, "待分流")
        if visit.unit:
            went = f"转{self._lookup.name_of('unit', visit.unit)}"
        due = f"，期限{show_day_short(done.due)}" if done.due else ""
        return f"已登记 {number} {visit.visitor.name or '匿名来访人'}：{went}{due}"

    def _undo(self, changes: tuple[Change, ...], typed: Mapping[str, str], standing: Standing | None) -> None:
        undone = undo_changes(self._office, changes)
        self._desk.hub.tell({change.kind for change in undone})
        self.set_aside()
        self._standing = standing
        self.form.set_typed(typed)
        self.keep()
        self._say_heading()
        self._desk.saved()
        self._desk.tell("已撤销这次登记，填写的内容放回了表里；编号作废留号。")
        self.form.focus_first()

    # ---- who this is, what is alike -------------------------------------------------------------

    def take_known(self) -> None:
        """沿用上次住址: fill what is empty from the last visit."""
        if self.hints.fill(self.form):
            self.keep()
            self.form.said.focus_first()

    def _recognise(self, group: str) -> None:
        self.hints.look(self.form, who=group == "who", except_contact=self.completing())

    def _look_at_alike(self, opinion: str) -> None:
        self.keep()
        self._desk.open_record("opinion", opinion)

    def _add_new(self, wire: str, words: str) -> None:
        kind = {"village": "region", "unit": "unit"}[wire]
        uid, changes = add_named(self._office, kind, words)
        self._desk.hub.tell({change.kind for change in changes})
        if wire == "unit":
            self.form.unit.set_text(uid)
        else:
            self.form.who.set_value(wire, uid)
        label = "承办单位" if wire == "unit" else "村（社区）"
        self._desk.tell(f"已新增{label}“{words}”", partial(self._undo_new, changes, wire))
        self.keep()

    def _undo_new(self, changes: tuple[Change, ...], wire: str) -> None:
        undone = undo_changes(self._office, changes)
        if wire == "unit":
            self.form.unit.set_text("")
        else:
            self.form.who.set_value(wire, "")
        self._desk.hub.tell({change.kind for change in undone})

    def _tell_due(self) -> None:
        day = self._day_typed()
        due = due_date(day, self._office.profile)
        self.form.unit_row.set_hint(f"期限{show_day_short(due)}")

    def _day_typed(self) -> date:
        parsed = Contact.parse(
            {**self.form.contact_typed(), "words": "—", "type": "visit"}, uid="", today=self._office.today()
        ).record
        return parsed.day if parsed is not None else self._office.today()

    # ---- inside ---------------------------------------------------------------------------------

    def _edited(self) -> None:
        if self._began is None:
            self._began = self._office.store.now()

    def _say_heading(self) -> None:
        standing = self._standing
        if standing is None:
            self.set_heading(self._heading_words)
        else:
            self.set_heading(f"补全 {short_number(standing.contact.number or '')}", "编号不变")

    def _lay_out(self) -> None:
        self.add(self.form)
        self.add(self.hints)
        self.add_stretch()
        self.foot.addWidget(self._save)
        self.foot.addWidget(self._park)
        self.foot.addWidget(self._parked)
        self.foot.addStretch(1)
        QWidget.setTabOrder(self._save, self._park)


def _draft_words(draft: Draft) -> str:
    typed = draft.payload.get("typed")
    told = typed if isinstance(typed, dict) else {}
    name = str(told.get("v.name") or "（未填姓名）")
    words = str(told.get("c.words") or "").replace("\n", " ")[:18]
    return f"{draft.saved_at.hour}:{draft.saved_at.minute:02d}  {name}  {words}".rstrip()
