"""The form of any kind of record: made from the dictionary, with draft, saving, undo, removal and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record
from lianxin.office.access.access_log import note_field
from lianxin.office.desk import Desk as Office
from lianxin.office.lists.field_history import field_history
from lianxin.office.names import Names
from lianxin.office.records import (
    RecordRefused,
    Saved,
    StillUsed,
    new_uid,
    remove_record,
    save_record,
    undo_changes,
)
from lianxin.office.returned import returned_words
from lianxin.store.drafts import DraftElsewhere
from lianxin.store.errors import StoreProblem
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.form import FormFields, Line
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.scroll_card import ScrollCard

_DRAFT = "draft-"


class RegisterForm(ScrollCard):
    """One record, new or known. `stored(uid)` after a save, `gone` after a removal.

    What is typed is kept as a draft at every pause; a draft found is put back and said so.
    """

    stored = Signal(str)
    gone = Signal()

    def __init__(
        self,
        window: Desk,
        office: Office,
        cls: type[Record],
        drafts: DraftKeeper,
        *,
        single: bool = False,
        wires: Sequence[Line] | None = None,
    ) -> None:
        super().__init__()
        self._window, self._office, self._cls, self._drafts = window, office, cls, drafts
        self._single = single
        self._opened: Record | None = None
        self._uid, self._key = "", ""
        self.form: FormFields[Record] = FormFields(
            cls, wires or _typed_by_hand(cls), today=office.today, lookup=StoreLookup(office)
        )
        self._blank = self.form.typed()
        self._left = label("", "doubt", wrap=True)
        self._left.hide()
        self._returned = label("", "doubt", wrap=True)
        self._returned.hide()
        self.add(self._returned)
        self.add(self._left)
        self.add(self.form)
        self.save_button = button("保存", act=self._save_pressed, hint="Ctrl+Enter 保存并新增下一条")
        self.drop_button = button("放弃修改", "link", act=self.drop)
        self.remove_button = button("删除", "link", act=self.remove, hint="移到回收站，可以恢复")
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.drop_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.remove_button)
        self.form.draft_due.connect(self.keep)
        self.form.changed.connect(self._edited)
        self.form.finished.connect(self.save_button.setFocus)
        self.form.submitted.connect(self.save_and_next)
        self.form.disclosed.connect(self._disclosed)
        self.form.history_asked.connect(self._history)
        self._show_words()

    @property
    def uid(self) -> str:
        """The record that is shown, "" for a new one."""
        return self._opened.uid if self._opened is not None else ""

    def draft_key(self) -> str:
        """Under which key what is typed here is kept."""
        return self._key

    def record_class(self) -> type[Record]:
        """The kind this form is of."""
        return self._cls

    def begin_new(self) -> None:
        """An empty form, or what was left of one."""
        self.keep()
        self._opened = None
        left = next(
            (draft for draft in self._drafts.left(self._cls.KIND) if draft.key.startswith(_DRAFT)), None
        )
        self._key = left.key if left is not None else self._drafts.new_key()
        self._uid = new_uid(self._office)
        self._returned.hide()
        self.form.clear()
        self.form.set_read_only(False)
        self._take(left.payload if left is not None else None)
        self._show_words()

    def open(self, uid: str) -> bool:
        """Show a record; False when it is not here any more."""
        self.keep()
        with self._office.store.reading() as reading:
            record = reading.get(self._cls, uid)
            draft = reading.draft(self._cls.KIND, uid)
            returned = returned_words(reading, uid)
        if record is None:
            return False
        self._returned.setText(returned)
        self._returned.setVisible(bool(returned))
        self._opened, self._uid, self._key = record, uid, uid
        self.form.set_record(record, mask=True)
        self._take(draft.payload if draft is not None else None)
        self._show_words()
        return True

    def keep(self) -> None:
        """Keep what is typed as a draft; what is as stored keeps nothing."""
        if not self._key or not self._is_changed():
            return
        payload: dict[str, JsonValue] = dict(self.form.changes())
        try:
            self._drafts.keep(self._cls.KIND, self._key, payload)
        except DraftElsewhere as elsewhere:
            self.form.set_read_only(True)
            self._say(elsewhere.message)
            return
        self._window.saved()

    def save(self) -> bool:
        """Register what is typed; False with the problems shown when it cannot be."""
        opened = self._opened
        record = self.form.read_over(opened) if opened is not None else self.form.read(self._uid)
        if record is None:
            return False
        try:
            saved = self.store(record, opened)
        except RecordRefused as refused:
            self.form.show_problems(refused.problems)
            return False
        except StoreProblem as problem:
            self._window.not_saved(problem.message)
            self._window.problem(Problem(what=problem.message, code=problem.code))
            return False
        name = self._title(saved.record)
        self._opened, self._key = saved.record, saved.record.uid
        if saved.record != record:
            # It got its number, or another window stored something else of it meanwhile.
            self.form.set_record(saved.record, mask=True)
        self._say("")
        self._show_words()
        self._window.saved()
        self._window.hub.tell(self.kinds())
        if any(change.outcome != "same" for change in saved.changes):
            self._window.tell(f"已{'新增' if opened is None else '保存'}{name}", self._undo(saved.changes))
        self.stored.emit(saved.record.uid)
        return True

    def store(self, record: Record, opened: Record | None) -> Saved:
        """Stores what is typed; a page that keeps more with a record says so here. Raises RecordRefused."""
        return save_record(self._office, record, opened=opened, draft_key=self._key)

    def take_away(self, uid: str) -> tuple[Change, ...]:
        """Moves the record to the recycle bin with what belongs to it. Raises StillUsed."""
        return remove_record(self._office, self._cls, uid)

    def kinds(self) -> frozenset[str]:
        """The kinds of record that a save or a removal may have changed."""
        return frozenset({self._cls.KIND})

    def _save_pressed(self) -> None:
        self.save()

    def save_and_next(self) -> None:
        """Ctrl+Enter: register and go on with an empty form."""
        if self.save() and not self._single:
            self.begin_new()
            self.form.focus_first()

    def drop(self) -> None:
        """Let the changes that were not saved go; they can be taken back."""
        typed, key, opened = self.form.changes(), self._key, self._opened
        self._drafts.forget(self._cls.KIND, key)
        self._key = ""
        if opened is not None:
            self.open(opened.uid)
        else:
            self.begin_new()

        def put_back() -> None:
            self.form.set_typed(typed)
            self.keep()
            self._show_words()

        self._window.tell("已放弃没有保存的修改", put_back)

    def remove(self) -> None:
        """Move the record to the recycle bin."""
        if self._opened is None:
            return
        name = self._title(self._opened)
        try:
            changes = self.take_away(self._opened.uid)
        except StillUsed as used:
            self._window.problem(Problem(what=used.message, safe="", code="U140"))
            return
        self._key = ""
        self._window.saved()
        self._window.hub.tell(self.kinds())
        self._window.tell(f"已删除{name}", self._undo(changes))
        self.gone.emit()

    def _take(self, payload: object) -> None:
        if not isinstance(payload, dict):
            self._say("")
            return
        self.form.set_typed({str(wire): str(text) for wire, text in payload.items()})
        self._say("上次没有保存的内容已经放回来了，核对后请保存，不要了请点“放弃修改”。")

    def _say(self, words: str) -> None:
        self._left.setText(words)
        self._left.setVisible(bool(words))

    def _is_changed(self) -> bool:
        typed = self.form.changes()
        if self._opened is None:
            return any(text != self._blank.get(wire, "") for wire, text in typed.items())
        return bool(typed)

    def _edited(self, _wire: str) -> None:
        self._show_words()

    def _show_words(self) -> None:
        known = self._opened is not None
        heading = self._title(self._opened) if self._opened is not None else f"新增{self._cls.LABEL}"
        self.set_heading(heading)
        self.remove_button.setVisible(known and not self._single)
        self.drop_button.setVisible(bool(self._key) and self._is_changed())

    def _title(self, record: Record) -> str:
        with self._office.store.reading() as reading:
            name = Names(reading).title(record)
        return f"{self._cls.LABEL}“{name}”" if name and name != self._cls.LABEL else self._cls.LABEL

    def _undo(self, changes: tuple[Change, ...]) -> Callable[[], None]:
        def undo() -> None:
            undo_changes(self._office, changes)
            self._window.saved()
            self._window.hub.tell(self.kinds())
            if self._opened is not None and not self.open(self._opened.uid):
                self._key = ""
                self.gone.emit()

        return undo

    def _disclosed(self, wire: str) -> None:
        if self._opened is not None:
            note_field(self._office, self._cls, self._opened.uid, wire)

    def _history(self, wire: str, point: QPoint) -> None:
        if self._opened is not None:
            written = field_history(self._office, self._cls, self._opened.uid, wire)
            HistoryPopup(self._cls.spec(wire).label, written, self).show_at(point)


def _typed_by_hand(cls: type[Record]) -> list[str]:
    """The fields of a form: a link to a record of any kind is made by the page that has both, not typed."""
    links = {spec.wire for spec in cls.fields() if spec.kind.name == "owner" and not spec.required}
    hidden = links | {f"{wire}_kind" for wire in links}
    return [spec.wire for spec in cls.fields() if spec.wire not in hidden]
