"""The set-up of a vote: what it is called, what is on its sheet, who counts. Kept as a draft while it is typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Evaluation
from lianxin.office.desk import Desk as Office
from lianxin.office.evaluations.evaluation import EvaluationRefused, set_up_evaluation
from lianxin.office.evaluations.session_votes import vote_for_session
from lianxin.office.evaluations.targets import Target, target_name, targets_named, targets_of
from lianxin.office.names import Names
from lianxin.office.records import new_uid
from lianxin.store.drafts import DraftElsewhere
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.editors import LinesEditor
from lianxin.ui.enter_key import enter_pressed
from lianxin.ui.form import FormFields, line_up
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.understanding import typed_of

_WIRES = ("session", "name", ("date", "place"), "target")
_FURTHER = (
    "scheme", ("unknown", "base"), "aspects", "grade_rule", ("caller", "reader"), "counters", "scrutineers",
)  # fmt: skip
_TARGETS = "targets~"
_DRAFT = "draft-"


class EvaluationForm(ScrollCard):
    """`stored(uid)` after a save, `count_wanted(uid)` when the count is to begin."""

    stored = Signal(str)
    count_wanted = Signal(str)

    def __init__(self, window: Desk, office: Office, drafts: DraftKeeper) -> None:
        super().__init__("新建测评")
        self._window, self._office, self._drafts = window, office, drafts
        self._opened: Evaluation | None = None
        self._key, self._stood = "", ""
        self.form = FormFields(Evaluation, _WIRES, today=office.today, lookup=StoreLookup(office))
        self.further = FormFields(Evaluation, _FURTHER, today=office.today, lookup=StoreLookup(office))
        self._forms = (self.form, self.further)
        self.targets = LinesEditor()
        self.targets.control.setAccessibleName("测评对象名单，一行一个或用顿号隔开")
        self._wrong = label("", "problem", wrap=True)
        self._wrong.hide()
        self.add(self.form)
        self.add(label("测评对象名单（一行一个，或用顿号隔开）"))
        self.add(self.targets)
        self.add(self._wrong)
        self.add(self.further)
        self.add_stretch()
        self.save_button = button("保存并去计票", act=self.save_and_count, hint="Ctrl+Enter")
        self.plain_button = button("只保存", "link", act=self._save_pressed)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.plain_button)
        self.foot.addStretch(1)
        self.form.changed.connect(self._changed)
        self.form.finished.connect(self.targets.enter)
        self.further.finished.connect(self.save_button.setFocus)
        for form in self._forms:
            form.draft_due.connect(self.keep)
            form.submitted.connect(self.save_and_count)
        line_up(*self._forms)
        self.targets.left.connect(self.keep)
        self.targets.control.installEventFilter(self)

    @property
    def uid(self) -> str:
        """The vote that is shown, "" for a new one."""
        return self._opened.uid if self._opened is not None else ""

    def begin_new(self) -> None:
        """An empty form, or what was left of one."""
        self.keep()
        self._opened = None
        left = next((one for one in self._drafts.left(Evaluation.KIND) if one.key.startswith(_DRAFT)), None)
        self._key = left.key if left is not None else self._drafts.new_key()
        for form in self._forms:
            form.clear()
        self._set_read_only(False)
        self._put_targets("")
        self._take(left.payload if left is not None else None)
        self.set_heading("新建测评")
        self._complain("")

    def open(self, uid: str) -> None:
        """Show a vote's set-up; after confirming it is only read."""
        self.keep()
        with self._office.store.reading() as reading:
            vote = reading.get(Evaluation, uid)
            if vote is None:
                return
            names = Names(reading)
            targets = "、".join(target_name(names, one) for one in targets_of(reading, uid))
            draft = reading.draft(Evaluation.KIND, uid)
        self._opened, self._key = vote, uid
        for form in self._forms:
            form.set_record(vote)
        self._put_targets(targets)
        self._take(draft.payload if draft is not None else None)
        self._set_read_only(vote.state != "planned")
        self.set_heading(vote.name, vote.shown("state"))
        self._complain("")

    def begin_for_session(self, session: str) -> None:
        """A new vote on the deputies of a meeting, as far as it is known."""
        self.begin_new()
        self.form.set_value("session", session)
        self._fill_from(session)

    def keep(self) -> None:
        """Keep what is typed."""
        if not self._key or not self._is_changed():
            return
        payload: dict[str, JsonValue] = {**self._changes(), _TARGETS: self.targets.text()}
        try:
            self._drafts.keep(Evaluation.KIND, self._key, payload)
        except DraftElsewhere as elsewhere:
            self._complain(elsewhere.message)
            return
        self._window.saved()

    def save(self) -> str:
        """Store the set-up; its uid, "" with the problems shown."""
        opened = self._opened
        if opened is not None and opened.state != "planned":
            return opened.uid
        vote = self._read(opened)
        if vote is None:
            return ""
        targets = self._read_targets(vote.target)
        if targets is None:
            return ""
        try:
            made = set_up_evaluation(self._office, vote, targets, opened=opened, draft_key=self._key)
        except EvaluationRefused as refused:
            self._show_problems(refused.problems)
            self._complain(refused.message)
            return ""
        self._key = ""
        self._window.saved()
        self._window.hub.tell({change.kind for change in made.changes})
        self.open(made.evaluation.uid)
        self.stored.emit(made.evaluation.uid)
        return made.evaluation.uid

    def save_and_count(self) -> None:
        """Ctrl+Enter: store and begin to count."""
        uid = self.save()
        if uid:
            self.count_wanted.emit(uid)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = enter_pressed(event) if watched is self.targets.control else ""
        if pressed == "next":
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif pressed == "submit":
            self.save_and_count()
        return bool(pressed)

    def _save_pressed(self) -> None:
        if self.save():
            self._window.tell("已保存测评设置")

    def _read_targets(self, kind: str) -> list[Target] | None:
        with self._office.store.reading() as reading:
            targets, wrong = targets_named(reading, kind, self.targets.text())
        if wrong:
            self._complain(wrong)
            self.targets.enter()
            return None
        return targets

    def _read(self, opened: Evaluation | None) -> Evaluation | None:
        """The vote as typed in both halves; what is not on them stays."""
        kept = typed_of(opened) if opened is not None else {}
        typed = {**kept, **self.form.typed(), **self.further.typed()}
        uid = opened.uid if opened is not None else new_uid(self._office)
        wrong = self.form.problems(also={**kept, **self.further.typed()})
        wrong.update(self.further.problems(also={**kept, **self.form.typed()}))
        self._show_problems(wrong)
        return None if wrong else Evaluation.parse(typed, uid=uid, today=self._office.today()).record

    def _show_problems(self, problems: Mapping[str, str]) -> None:
        for form in reversed(self._forms):
            form.show_problems({wire: told for wire, told in problems.items() if wire in form.wires()})

    def _changes(self) -> dict[str, str]:
        return {**self.form.changes(), **self.further.changes()}

    def _changed(self, wire: str) -> None:
        session = self.form.value("session")
        if wire == "session" and session and not self.targets.text().strip():
            self._fill_from(session)

    def _fill_from(self, session: str) -> None:
        with self._office.store.reading() as reading:
            told = vote_for_session(reading, session)
        for wire, text in told.fields.items():
            if not self.form.value(wire).strip():
                self.form.set_value(wire, text)
        self._put_targets("、".join(told.targets))

    def _put_targets(self, words: str) -> None:
        self.targets.set_text(words)
        self._stood = words

    def _is_changed(self) -> bool:
        if self._opened is not None:
            return bool(self._changes()) or self.targets.text() != self._stood
        return bool(self.form.value("name").strip() or self.targets.text().strip())

    def _take(self, payload: object) -> None:
        if isinstance(payload, dict):
            told = {str(wire): str(text) for wire, text in payload.items()}
            self.targets.set_text(told.pop(_TARGETS, self.targets.text()))
            for form in self._forms:
                form.set_typed(told)

    def _set_read_only(self, read_only: bool) -> None:
        for form in self._forms:
            form.set_read_only(read_only)
        self.targets.set_read_only(read_only)
        self.save_button.setText("看结果" if read_only else "保存并去计票")
        self.plain_button.setVisible(not read_only)

    def _complain(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
