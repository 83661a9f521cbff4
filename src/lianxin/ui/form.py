"""A form made from the dictionary: a row per field, problems in plain words, Enter to the next field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from time import monotonic
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.codes import CodeList
from lianxin.domain.dictionary import Record, Spec
from lianxin.ui.allowed import grey_out, refusal_in
from lianxin.ui.editors import ChipsEditor, Editor, LineEditor, LinesEditor, YesNoEditor
from lianxin.ui.enter_key import enter_pressed
from lianxin.ui.field_row import FieldRow
from lianxin.ui.pick_editor import Lookup, PickEditor, code_find, ref_find, ref_name
from lianxin.ui.side_by_side import SideBySide
from lianxin.ui.theme import px
from lianxin.ui.understanding import NOTHING_TYPED, masked, readable, typed_of, understand

R = TypeVar("R", bound=Record, covariant=True)
Line = str | tuple[str, ...]
"""A wire name, or several that share one line of the form."""

DRAFT_PAUSE_MS = 400
DRAFT_LATEST_SECONDS = 2.0
LOOSE = "~"
"""Ends the key under which typed() keeps words of a pick field that stand for nothing yet."""

_CHIPS_MOST, _CHIPS_CHARS = 6, 26
_WIDTHS = {
    "day": 140,
    "month": 130,
    "clock": 90,
    "count": 90,
    "year": 90,
    "decimal": 90,
    "phone": 180,
    "identity": 210,
    "name": 150,
}
_PLACEHOLDERS = {"day": "如 3.5", "month": "如 1965.6", "clock": "如 9:30"}


class FormFields(QWidget, Generic[R]):
    """The fields `wires` of the record class, in that order (all fields when None), read as the record is read.

    `changed(wire)` on every edit, `draft_due` after a pause in typing and on leaving a field (keep typed() then),
    `finished` on Enter in the last field, `submitted` on Ctrl+Enter, `disclosed(wire)` when a masked value was
    shown (log it), `hint_taken(wire)`, `history_asked(wire, point)`, `new_wanted(wire, words)` when a record that
    does not exist yet is wanted in a field named in `offer_new`.
    """

    changed = Signal(str)
    draft_due = Signal()
    finished = Signal()
    submitted = Signal()
    disclosed = Signal(str)
    hint_taken = Signal(str)
    history_asked = Signal(str, QPoint)
    new_wanted = Signal(str, str)

    def __init__(
        self,
        cls: type[R],
        wires: Sequence[Line] | None = None,
        *,
        today: Callable[[], date],
        lookup: Lookup | None = None,
        offer_new: Sequence[str] = (),
        tall: Mapping[str, int] | None = None,
        labels: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cls, self._today, self._lookup = cls, today, lookup
        self._offer_new, self._tall = frozenset(offer_new), dict(tall or {})
        self._labels = dict(labels or {})
        self._rows: dict[str, FieldRow] = {}
        self._hints: dict[str, tuple[str, str]] = {}
        self._stood: dict[str, str] = {}
        self._typing_since = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        lines = wires if wires is not None else [spec.wire for spec in cls.fields()]
        self._lay_out([(line,) if isinstance(line, str) else line for line in lines])
        self.clear()

    def showEvent(self, event: QShowEvent) -> None:
        words = refusal_in(self, "register")
        if words:
            grey_out(self, words)
        super().showEvent(event)

    def typed(self) -> dict[str, str]:
        """Everything typed, by wire name; words of a pick field that stand for nothing are under wire + "~"."""
        found: dict[str, str] = {}
        for wire, row in self._rows.items():
            found[wire] = row.editor.text()
            loose = row.editor.loose_words()
            if loose:
                found[wire + LOOSE] = loose
        return found

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put typed text back, as from a draft; fields not named are left as they are. Tells nobody."""
        for wire, row in self._rows.items():
            if wire in typed:
                row.editor.set_text(typed[wire])
            if typed.get(wire + LOOSE):
                row.editor.set_loose_words(typed[wire + LOOSE])
            if wire in typed or wire + LOOSE in typed:
                self._understand(wire)

    def clear(self) -> None:
        """An empty form with the sensible beginnings of the dictionary, no problems, nothing masked."""
        self._stood = {}
        for wire, row in self._rows.items():
            spec = row.spec
            start = spec.default if not spec.required else None
            packed = None if start is None else spec.kind.pack(start)
            row.editor.set_text("" if packed is None else _as_typed(packed))
            row.set_masked("")
            self._hints[wire] = (spec.unit, "")
            row.set_hint(spec.unit)
            row.show_understanding(NOTHING_TYPED)
        self._pause.stop()

    def set_record(self, record: Record, *, mask: bool = False) -> None:
        """Show a record; with `mask`, personal values stay hidden until 显示 is pressed.

        TypeError for a record of another class (taking any Record here lets a form stand for a FormFields[Record]).
        """
        if not isinstance(record, self._cls):
            raise TypeError(f"{type(record).__name__} in a form of {self._cls.__name__}")
        self.clear()
        typed = typed_of(record)
        self.set_typed(typed)
        if mask:
            for wire, row in self._rows.items():
                shown = readable(self._cls, typed, wire, today=self._today())
                if row.spec.withheld_able and shown:
                    row.set_masked(masked(row.spec, shown))
                    # What was understood beside the field would tell what is hidden.
                    row.set_hint(*self._hints.get(wire, ("", "")))
        self._stood = self.typed()

    def changes(self) -> dict[str, str]:
        """What is typed otherwise than the record of `set_record` stood; everything typed when none was shown.

        Drafts of a known record keep this and no more, so that one put back later undoes nothing stored meanwhile.
        """
        return {name: text for name, text in self.typed().items() if self._stood.get(name) != text}

    def read_over(self, opened: Record) -> R | None:
        """The opened record with what is typed here; what is not on the form stays. Problems as `read` shows them.

        The way of every form that edits: what it gives is stored with the same `opened`.
        """
        kept = {wire: text for wire, text in typed_of(opened).items() if wire not in self._rows}
        return self.read(opened.uid, also=kept)

    def read(self, uid: str, *, also: Mapping[str, str] | None = None) -> R | None:
        """The record as typed, with `also` for fields that are not on the form; None, with the problems shown and
        the first one focused, when it cannot be registered yet."""
        problems = self.problems(also=also)
        self.show_problems(problems)
        if problems:
            return None
        return self._cls.parse({**(also or {}), **self.typed()}, uid=uid, today=self._today()).record

    def problems(self, *, also: Mapping[str, str] | None = None) -> dict[str, str]:
        """What stands in the way of registering, by wire name; shows nothing."""
        typed = {**(also or {}), **self.typed()}
        found = dict(self._cls.parse(typed, uid="", today=self._today()).problems)
        for wire, row in self._rows.items():
            loose = row.editor.loose_words()
            if loose:
                found[wire] = f"{row.spec.label}“{loose}”还没有对上，请从列表里选一个"
        return found

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Write problems beside their fields (others are cleared) and go to the first."""
        first: FieldRow | None = None
        for wire, row in self._rows.items():
            row.set_problem(problems.get(wire, ""))
            if wire in problems and first is None:
                first = row
        if first is not None:
            first.set_masked("") if first.is_masked() else None
            first.editor.enter()

    def set_value(self, wire: str, text: str) -> None:
        """Fill one field on the person's behalf (沿用上次住址); counts as an edit."""
        self._rows[wire].editor.set_text(text)
        self._understand(wire)
        self._edited(wire)

    def value(self, wire: str) -> str:
        """The typed text of one field."""
        return self._rows[wire].editor.text()

    def set_hint(self, wire: str, words: str, *, offer: str = "") -> None:
        """Say something beside a field; `offer` is a word to press, answered by `hint_taken(wire)`."""
        self._hints[wire] = (words, offer)
        self._rows[wire].set_hint(words, offer)

    def set_shown(self, wire: str, shown: bool) -> None:
        """Show or hide a field; a hidden one keeps its text and is skipped by Enter."""
        self._rows[wire].setVisible(shown)

    def set_read_only(self, read_only: bool) -> None:
        """Let the form be read but not changed."""
        for row in self._rows.values():
            row.editor.set_read_only(read_only)

    def label_width(self) -> int:
        """The width its labels would like, so that several forms below each other can be lined up."""
        wanted = max((row.label_width() for row in self._rows.values()), default=0)
        return max(min(px(124), wanted), px(72))

    def set_label_width(self, width: int) -> None:
        """Give all labels at the left edge this width."""
        for share in self._shares:
            share.set_label_width(width)

    def row(self, wire: str) -> FieldRow:
        """The row of a field, for what a page adds to it."""
        return self._rows[wire]

    def wires(self) -> tuple[str, ...]:
        """The fields on the form, in paper order."""
        return tuple(self._rows)

    def focus_first(self) -> None:
        """Go to the first field that can be typed in."""
        for row in self._rows.values():
            if not row.isHidden():
                row.editor.enter()
                return

    def focus_field(self, wire: str) -> None:
        """Go to a field."""
        self._rows[wire].editor.enter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = enter_pressed(event)
        if pressed == "submit":
            self.submitted.emit()
        elif pressed == "next":
            self._next_after(watched)
        return bool(pressed)

    def _lay_out(self, lines: Sequence[tuple[str, ...]]) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        shares: list[FieldRow | SideBySide] = []
        for line in lines:
            rows = [self._make_row(wire) for wire in line]
            share = rows[0] if len(rows) == 1 else SideBySide(rows)
            box.addWidget(share)
            shares.append(share)
        box.addStretch(1)
        self._shares = tuple(shares)
        self.set_label_width(self.label_width())
        before: QWidget | None = None
        for row in self._rows.values():
            if before is not None:
                QWidget.setTabOrder(before, row.editor.control)
            before = row.editor.control

    def _make_row(self, wire: str) -> FieldRow:
        spec = self._cls.spec(wire)
        editor = self._make_editor(spec)
        row = FieldRow(spec, editor, words=self._labels.get(wire, ""))
        self._rows[wire] = row
        editor.setProperty("wire", wire)
        editor.control.installEventFilter(self)
        editor.edited.connect(self._editor_edited)
        editor.left.connect(self._editor_left)
        row.disclosed.connect(self.disclosed)
        row.hint_taken.connect(self.hint_taken)
        row.history_asked.connect(self.history_asked)
        return row

    def _make_editor(self, spec: Spec) -> Editor:
        kind = spec.kind
        if kind.codes is not None:
            return self._code_editor(spec, kind.codes)
        if kind.name == "yes_no":
            return YesNoEditor()
        if kind.name == "ref":
            return self._ref_editor(spec)
        if kind.lines:
            return LinesEditor(placeholder=spec.note, least=self._tall.get(spec.wire, 3))
        width = _WIDTHS.get(kind.name, 0)
        placeholder = spec.note or _PLACEHOLDERS.get(kind.name, "")
        return LineEditor(width=width, placeholder=placeholder, right=kind.name in ("count", "decimal"))

    def _code_editor(self, spec: Spec, codes: CodeList) -> Editor:
        choices = [(code.code, code.label) for code in codes.codes]
        clears = not spec.required and spec.default is None
        many = spec.kind.name == "codes"
        few = len(choices) <= _CHIPS_MOST and sum(len(words) for _, words in choices) <= _CHIPS_CHARS
        if few or many:
            return ChipsEditor(choices, many=many, may_clear=clears or many)
        return PickEditor(code_find(codes), codes.label_of, placeholder="打几个字，或按 ↓ 选")

    def _ref_editor(self, spec: Spec) -> Editor:
        if self._lookup is None:
            raise ValueError(f"{spec.label} refers to {spec.kind.refers}: the form needs a lookup")
        kind = spec.kind.refers
        editor = PickEditor(
            ref_find(self._lookup, kind),
            ref_name(self._lookup, kind),
            placeholder=spec.note or "打几个字，或按 ↓ 选",
            offer_new=spec.label if spec.wire in self._offer_new else "",
        )
        editor.new_wanted.connect(self._new_wanted)
        return editor

    def _wire_of(self, sender: QObject | None) -> str:
        return next((wire for wire, row in self._rows.items() if row.editor is sender), "")

    def _editor_edited(self) -> None:
        self._edited(self._wire_of(self.sender()))

    def _edited(self, wire: str) -> None:
        # Whoever types without a pause has a draft every few moments all the same.
        if not self._pause.isActive():
            self._typing_since = monotonic()
        if not self._pause.isActive() or monotonic() - self._typing_since < DRAFT_LATEST_SECONDS:
            self._pause.start()
        self.changed.emit(wire)

    def _editor_left(self) -> None:
        wire = self._wire_of(self.sender())
        if wire:
            self._understand(wire)
        if self._pause.isActive():
            self._paused()

    def _new_wanted(self, words: str) -> None:
        self.new_wanted.emit(self._wire_of(self.sender()), words)

    def _paused(self) -> None:
        self._pause.stop()
        self.draft_due.emit()

    def _understand(self, wire: str) -> None:
        row = self._rows[wire]
        loose = row.editor.loose_words()
        if loose:
            row.set_problem(f"没有找到“{loose}”，请从列表里选一个")
            return
        found = understand(self._cls, row.spec, row.editor.text(), today=self._today())
        row.set_hint(*self._hints.get(wire, ("", "")))
        row.show_understanding(found)

    def _next_after(self, control: QObject) -> None:
        rows = [row for row in self._rows.values() if not row.isHidden()]
        place = next((at for at, row in enumerate(rows) if row.editor.control is control), -1)
        for row in rows[place + 1 :]:
            if not row.is_masked() and row.editor.control.isEnabled():
                row.editor.enter()
                return
        self.finished.emit()


class Labelled(Protocol):
    """Something with labels at its left edge."""

    def label_width(self) -> int:
        """The width the labels would like."""
        ...

    def set_label_width(self, width: int) -> None:
        """Give the labels this width."""
        ...


def line_up(*forms: Labelled) -> None:
    """Give forms that stand below each other labels of one width."""
    width = max(form.label_width() for form in forms)
    for form in forms:
        form.set_label_width(width)


def _as_typed(packed: str | int | bool) -> str:
    return ("是" if packed else "否") if isinstance(packed, bool) else str(packed)
