"""The sheets of a 述职评议会: the meeting with its deputies, questions, improvements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lianxin.domain.dates import read_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Improvement, ReportQuestion, ReportSession
from lianxin.office.desk import Desk
from lianxin.office.records import new_uid
from lianxin.office.reportback import report_sessions
from lianxin.office.reportback.report_sessions_view import SessionFile
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.pick_editor import Lookup

_FIRST = ("date", "level", "district")
_BEFORE = (("start", "end"), "place", "chair", "attending", "notified")
_EMPTY = ReportSession(uid="", day=date.min)
_AFTER = (("expected", "voters"), "held", "result_means", "published", "recorder", "minutes")


class SessionForm(ActForm):
    """登记述职评议会 or correct it; the deputies are those of the level and district chosen above them."""

    def __init__(self, office: Desk, lookup: Lookup, told: SessionFile | None, key: str) -> None:
        heading = "修改述职评议会" if told else "登记述职评议会"
        super().__init__(heading, told.number if told else "", kind=ReportSession.KIND, key=key)
        self._office, self._told = office, told
        self.first = self._fields(_FIRST, lookup)
        self.deputies = ChoiceRow("deputies", "述职代表", (), required=False, many=True)
        self.before, self.after = self._fields(_BEFORE, lookup), self._fields(_AFTER, lookup)
        self.add_part(self.first)
        self.add_part(self.deputies)
        self.add_part(self.before)
        self.add_part(self.after)
        self.finish_parts()
        self.first.changed.connect(self._first_changed)
        self.after.draft_due.connect(self._note_few)

    def start(self) -> None:
        if self._told is None:
            self.first.set_typed({"date": self._office.today().isoformat(), "level": "county"})
            self.before.set_typed({"start": "9:00"})
        else:
            for part in (self.first, self.before, self.after):
                part.set_record(self._told.session)
        self._offer()
        if self._told is not None:
            self.deputies.row.set_codes(each.report.person for each in self._told.deputies)
        self._note_few()

    def arrange(self) -> None:
        self._offer()

    def save(self) -> Done | None:
        session = self._read()
        if session is None:
            return None
        deputies = [each for each in self.deputies.value().split(",") if each]
        changes = report_sessions.save_session(
            self._office, session, opened=self._told.session if self._told else None, deputies=deputies,
            draft_key=self.key,
        )  # fmt: skip
        return Done("已保存述职评议会", changes, show=session.uid)

    def _read(self) -> ReportSession | None:
        """The three parts read one over the other; None with the problems shown."""
        made: Record = self._told.session if self._told else _EMPTY
        for part in (self.first, self.before, self.after):
            read = part.read_over(made)
            if read is None:
                return None
            made = read
        if not isinstance(made, ReportSession):
            return None
        return made if self._told else replace(made, uid=new_uid(self._office))

    def _fields(self, wires: tuple[str | tuple[str, ...], ...], lookup: Lookup) -> FormFields[Record]:
        return FormFields(
            ReportSession, list(wires), today=self._office.today, lookup=lookup, offer_new=("district",),
            tall={"attending": 2, "minutes": 4},
        )  # fmt: skip

    def _first_changed(self, wire: str) -> None:
        if wire in _FIRST:
            self._offer()

    def _offer(self) -> None:
        told = report_sessions.candidates(
            self._office,
            level=self.first.value("level") or "county",
            district=self.first.value("district") or None,
            year=_year(self.first.value("date"), self._office.today()),
        )
        self.deputies.row.set_choices(told)

    def _note_few(self) -> None:
        """Few people are said beside the number, never refused."""
        text = self.after.value("voters").strip()
        people = int(text) if text.isdecimal() else None
        self.after.set_hint("voters", report_sessions.few_note(self._office.profile, people) or "人")


class QuestionForm(ActForm):
    """登记提问和意见, 登记回答: one line is enough."""

    def __init__(
        self, office: Desk, lookup: Lookup, told: SessionFile, question: ReportQuestion | None, key: str
    ) -> None:
        heading = "登记回答" if question else "登记提问和意见"
        super().__init__(heading, told.title, kind=ReportQuestion.KIND, key=question.uid if question else key)
        self._office, self._told, self._question = office, told, question
        self.form: FormFields[Record] = FormFields(
            ReportQuestion, ["words", "person", "asker", "answer"], today=office.today, lookup=lookup,
            tall={"words": 2, "answer": 2},
        )  # fmt: skip
        self.form.set_hint("asker", "可以不填")
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        if self._question is not None:
            self.form.set_record(self._question, mask=True)
        elif len(self._told.deputies) == 1:
            self.form.set_typed({"person": self._told.deputies[0].report.person})

    def save(self) -> Done | None:
        also = {"report_session": self._told.session.uid}
        opened = self._question
        read = self.form.read_over(opened) if opened else self.form.read(new_uid(self._office), also=also)
        if not isinstance(read, ReportQuestion):
            return None
        if opened is None:
            changes = report_sessions.add_question(self._office, read, draft_key=self.key)
            return Done("已登记一条提问", changes, show=self._told.session.uid)
        changes = report_sessions.change_question(self._office, read, opened=opened, draft_key=self.key)
        return Done("已保存", changes, show=self._told.session.uid)


class ImprovementForm(ActForm):
    """登记整改措施 with its day, and what became of it."""

    def __init__(
        self, office: Desk, lookup: Lookup, told: SessionFile, held: Improvement | None, key: str
    ) -> None:
        super().__init__("整改措施", told.title, kind=Improvement.KIND, key=held.uid if held else key)
        self._office, self._told, self._held = office, told, held
        wires = ["person", "what", "due", *(["done", "outcome"] if held else [])]
        self.form: FormFields[Record] = FormFields(
            Improvement, wires, today=office.today, lookup=lookup, tall={"what": 3, "outcome": 2}
        )
        self.form.set_hint("due", "到期会列在近期待办里")
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        if self._held is not None:
            self.form.set_record(self._held)
        elif self._told.deputies:
            self.form.set_typed({"person": self._told.deputies[0].report.person})

    def save(self) -> Done | None:
        also = {"session": self._told.session.uid}
        held = self._held
        read = self.form.read_over(held) if held else self.form.read(new_uid(self._office), also=also)
        if not isinstance(read, Improvement):
            return None
        changes = report_sessions.save_improvement(self._office, read, opened=held, draft_key=self.key)
        return Done("已登记整改措施", changes, show=self._told.session.uid)


def _year(text: str, today: date) -> int:
    try:
        return read_day(text, today=today).day.year
    except ValueError:
        return today.year
