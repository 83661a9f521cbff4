"""The sheets of the year: 年初承诺, 完成情况, 安排, 登记已交, 登记印发, 述职报告表文字."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPlainTextEdit

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Commitment, ReportAspect, YearReport
from lianxin.office.desk import Desk
from lianxin.office.reportback import report_year
from lianxin.office.reportback.report_form import ReportForm, keep_words
from lianxin.office.reportback.report_year_promises import promise, settle_promise
from lianxin.office.reportback.report_year_view import level_label
from lianxin.store.writing import Change
from lianxin.ui.enter_key import enter_pressed
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

_HOW_TO_PROMISE = "一行写一条承诺，回车写下一条；有目标数量的写在“｜”后面，如：走访选民｜50户。"


class PromiseForm(ActForm):
    """登记年初承诺: several at once, one a line."""

    def __init__(self, office: Desk, *, person: str, name: str, level: str, year: int) -> None:
        super().__init__(
            f"登记{year}年初履职承诺", f"{name}　{level_label(level)}", kind=Commitment.KIND,
            key=f"promise-{level}-{year}-{person}",
        )  # fmt: skip
        self._office, self._person, self._level, self._year, self._name = office, person, level, year, name
        self.add(label(_HOW_TO_PROMISE, "soft", wrap=True))
        self.form: FormFields[Record] = FormFields(
            Commitment, ["what"], today=office.today, labels={"what": "承诺内容"}, tall={"what": 8}
        )
        box = self.form.row("what").editor.control
        assert isinstance(box, QPlainTextEdit)
        box.setToolTip("回车写下一条；空行上再按回车到“保存”")
        box.installEventFilter(self)
        self._box = box
        self.add_part(self.form)
        self.finish_parts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter begins the next promise; on an empty line it goes on to the button, as in every form."""
        if watched is self._box and enter_pressed(event) == "next":
            cursor = self._box.textCursor()
            if cursor.block().text().strip():
                cursor.insertText("\n")
                return True
        return super().eventFilter(watched, event)

    def save(self) -> Done | None:
        lines = self.form.value("what").splitlines()
        changes = promise(
            self._office, person=self._person, level=self._level, year=self._year, lines=lines,
            draft_key=self.key,
        )  # fmt: skip
        return Done(f"已登记{self._name}的承诺{len(changes)}条", changes, show=self._person)


class SettleForm(ActForm):
    """登记完成情况 of one promise, or correct it."""

    def __init__(self, office: Desk, lookup: Lookup, held: Commitment) -> None:
        super().__init__("承诺完成情况", held.what, kind=Commitment.KIND, key=held.uid)
        self._office, self._held = office, held
        self.form: FormFields[Record] = FormFields(
            Commitment, ["state", "done", "evidence", "deed", "activity", "what", "target"],
            today=office.today, lookup=lookup, tall={"evidence": 3, "what": 2},
        )  # fmt: skip
        self.form.set_hint("done", "完成的，不填就是今天")
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_record(self._held)

    def save(self) -> Done | None:
        told = self.form.read_over(self._held)
        if not isinstance(told, Commitment):
            return None
        changes = settle_promise(self._office, told, opened=self._held, draft_key=self.key)
        return Done(f"承诺已登记为{told.shown('state')}", changes, show=self._held.person)


class ArrangeForm(ActForm):
    """按建议安排: whose turn it is, and the rest in writing, looked at before it is stored."""

    def __init__(
        self, office: Desk, *, level: str, year: int, oral: Sequence[tuple[str, str]], rest: int
    ) -> None:
        super().__init__(
            f"{year}年述职安排", level_label(level), kind=YearReport.KIND, key=f"arrange-{level}-{year}",
            save_words="按这样安排",
        )  # fmt: skip
        self._office, self._level, self._year = office, level, year
        self._oral = tuple(uid for uid, _ in oral)
        names = "、".join(name for _, name in oral)
        for words in (
            f"口头述职{len(oral)}名：{names}。" if oral else "口头述职人数已经够了，这次不再增加。",
            f"书面述职{rest}名。" if rest else "没有要安排书面述职的代表。",
            "本届还没有口头述过职的排在前面，其次是最早述过的；已经手工安排的不变，已知要离任的不排。",
        ):
            self.add(label(words, wrap=True))
        self.form: FormFields[Record] = FormFields(
            YearReport, ["due"], today=office.today, labels={"due": "书面应交"}
        )
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        early = timedelta(days=self._office.profile.written_report.value)
        self.form.set_typed({"due": (date(self._year, 12, 31) - early).isoformat()})

    def save(self) -> Done | None:
        due = _day(self._office, self.form, "due")
        changes = report_year.arrange(
            self._office, level=self._level, year=self._year, oral=self._oral, due=due
        )
        return Done(f"已安排{len(changes)}名代表述职", changes)


class ReportsForm(ActForm):
    """One act with a day on the marked reports: 登记已交, 登记印发, 改应交日期, 登记述职日期."""

    def __init__(self, office: Desk, act: str, reports: Sequence[YearReport], names: str) -> None:
        super().__init__(act, names, kind=YearReport.KIND, key=f"{act}-{'-'.join(r.uid for r in reports)}")
        self._office, self._act = office, act
        self._uids = [each.uid for each in reports]
        self._wires = _WIRES[act]
        self.form: FormFields[Record] = FormFields(YearReport, list(self._wires), today=office.today)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        if self._act in (HAND_IN, HAND_OUT):
            self.form.set_typed({self._wires[0]: self._office.today().isoformat()})

    def save(self) -> Done | None:
        day = _day(self._office, self.form, self._wires[0])
        if day is None:
            self.form.show_problems({self._wires[0]: "请填写日期"})
            return None
        changes = self._store(day)
        return Done(f"{self._act}：{len(changes)}名", changes)

    def _store(self, day: date) -> tuple[Change, ...]:
        if self._act == HAND_IN:
            return report_year.hand_in(self._office, reports=self._uids, day=day, draft_key=self.key)
        if self._act == TOLD:
            return report_year.tell_day(self._office, reports=self._uids, day=day, draft_key=self.key)
        if self._act == DUE:
            return report_year.set_due(self._office, reports=self._uids, due=day)
        where = self.form.value("handed_where").strip() or None
        return report_year.hand_out(
            self._office, reports=self._uids, day=day, where=where, draft_key=self.key
        )


HAND_IN, HAND_OUT, DUE, TOLD = "登记已交", "登记印发", "改应交日期", "登记述职日期"
_WIRES = {
    HAND_IN: ("submitted",), HAND_OUT: ("handed_out", "handed_where"), DUE: ("due",), TOLD: ("told_on",),
}  # fmt: skip


class FormTextForm(ActForm):
    """修改述职报告表: the words of every aspect as they stand, and what the deputy and others write below."""

    def __init__(self, office: Desk, told: ReportForm) -> None:
        super().__init__(
            "述职报告表文字", f"{told.person.name}　{told.report.year}年　{told.report.shown('mode')}述职",
            kind=ReportAspect.KIND, key=told.report.uid,
        )  # fmt: skip
        self._office, self._told = office, told
        self.add(label("清空一个方面，就恢复成按记录生成的文字。", "soft", wrap=True))
        self.aspects: dict[int, FormFields[Record]] = {}
        for each in told.aspects:
            part: FormFields[Record] = FormFields(
                ReportAspect, ["words"], today=office.today, labels={"words": each.aspect.name},
                tall={"words": 3 if each.aspect.source == "commitments" else 2},
            )  # fmt: skip
            self.aspects[each.aspect.place] = part
            self.add_part(part)
        self.below: FormFields[Record] = FormFields(
            YearReport, ["shortcomings", "group_opinion", "presidium_opinion"], today=office.today,
            tall={"shortcomings": 3, "group_opinion": 2, "presidium_opinion": 2},
        )  # fmt: skip
        self.add_part(self.below)
        self.finish_parts()

    def start(self) -> None:
        for each in self._told.aspects:
            self.aspects[each.aspect.place].set_typed({"words": each.words})
        self.below.set_record(self._told.report)

    def save(self) -> Done | None:
        changed = self.below.read_over(self._told.report)
        too_long = [
            part for part in self.aspects.values()
            if len(part.value("words")) > ReportAspect.spec("words").length
        ]  # fmt: skip
        for part in too_long:
            part.show_problems({"words": f"最多{ReportAspect.spec('words').length}字"})
        if not isinstance(changed, YearReport) or too_long:
            return None
        changes = keep_words(
            self._office, report=changed.uid, opened=self._told.report, changed=changed,
            words={place: part.value("words") for place, part in self.aspects.items()}, draft_key=self.key,
        )  # fmt: skip
        return Done(f"{self._told.person.name}的述职报告表已修改", changes, show=changed.person)


def _day(office: Desk, form: FormFields[Record], wire: str) -> date | None:
    """The typed day; None for an empty field or one that cannot be read."""
    text = form.value(wire).strip()
    if not text or form.problems(also=_BLANK).get(wire):
        return None
    value = YearReport.spec(wire).kind.parse(text, office.today())
    return value if isinstance(value, date) else None


_BLANK = {"person": "x", "year": "2026"}
