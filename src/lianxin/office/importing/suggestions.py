"""A ledger of deputies' suggestions: a row becomes the matter, what makes it one, its signers and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from lianxin.domain.casework import due_date
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Assignment, Opinion, Reply, Satisfaction, Signer, Suggestion
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.cells import Cell
from lianxin.ledgers.days import read_cell_day
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.headings import Column
from lianxin.ledgers.rows import LedgerRow, Problem
from lianxin.ledgers.sheets import read_rows
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.desk import office_of
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.understood import Understood
from lianxin.office.numbers import next_number
from lianxin.office.people_named import naming
from lianxin.office.visit_records import title_of

COLUMNS = (
    Column("number", "编号", ("建议编号", "议案编号", "序号编号")),
    Column("form", "类型", ("议案建议类型", "建议类型")),
    Column("title", "标题", ("建议标题", "题目", "建议名称", "议案建议标题"), required=True),
    Column("words", "案由", ("内容", "主要内容", "建议内容", "内容摘要")),
    Column("basis", "案据"),
    Column("proposal", "方案", ("具体建议", "建议措施")),
    Column("person", "领衔代表", ("提出代表", "代表姓名", "提建议人", "领衔人")),
    Column("signers", "联名代表", ("附议代表", "联名人", "附议人")),
    Column("registered", "提出日期", ("登记日期", "提出时间", "收到日期"), required=True),
    Column("category", "类别"),
    Column("unit", "承办单位", ("主办单位",)),
    Column("assigned", "交办日期", ("交办时间",)),
    Column("due", "办理期限", ("办结期限", "答复期限")),
    Column("answered", "答复日期", ("答复时间", "办结日期", "办结时间")),
    Column("result", "办理结果", ("结果", "结果类别")),
    Column("answer", "答复内容", ("办理情况",)),
    Column("satisfaction", "满意度", ("代表评价", "代表满意度", "代表意见")),
)
_DAYS = ("registered", "assigned", "due", "answered")


def understand_suggestions(
    path: Path,
    *,
    today: date,
    profile: RuleProfile,
    overrides: Mapping[str, Mapping[int, str]] | None = None,
) -> Understood:
    """Reads the ledger; nothing is stored. Minimum signers are not asked of what was taken in long ago."""
    sheets = read_rows(read_workbook(path), COLUMNS, kind=Suggestion.KIND, overrides=overrides)
    rows = [(row, sheet.context.year) for sheet in sheets for row in sheet.rows]

    def take_in(intake: Intake) -> None:
        for row, year in rows:
            _Row(intake, row, _days(row, today, year), profile, today).take()

    return Understood(Suggestion.KIND, sheets, (), {"rows": len(rows)}, take_in)


def _days(row: LedgerRow, today: date, year: int | None) -> dict[str, date]:
    found: dict[str, date] = {}
    for wire in _DAYS:
        raw: Cell | None = row.raw.get(wire)
        if row.values.get(wire) and raw is not None:
            try:
                found[wire] = read_cell_day(raw, today=today, year=year, month=None).day
            except ValueError:
                continue
    return found


class _Row:
    """One row on its way in."""

    def __init__(
        self, intake: Intake, row: LedgerRow, days: Mapping[str, date], profile: RuleProfile, today: date
    ) -> None:
        self._intake, self._row, self._days, self._profile, self._today = intake, row, days, profile, today

    def take(self) -> None:
        """Puts the row, or refuses it with what is wrong."""
        said = self._row.values
        registered = self._days.get("registered")
        problems = []
        if not said.get("title") and not said.get("words"):
            problems.append(Problem("title", self._row.place("title"), "没有标题，也没有案由"))
        if registered is None or registered > self._today:
            problems.append(
                Problem("registered", self._row.place("registered"), "提出日期没有填、看不懂或还没有到")
            )
        if problems or registered is None:
            self._intake.refuse(RefusedRow(self._row, tuple(problems)))
            return
        day = registered
        self._intake.take(self._row, lambda: self._make(day))

    def _make(self, day: date) -> Sequence[Record]:
        said, writing, uid = self._row.values, self._intake.writing, self._intake.writing.new_uid
        words = said.get("words") or said.get("title", "")
        typed = {"form": said.get("form", ""), "opinion": "x", "basis": said.get("basis", ""),
                 "proposal": said.get("proposal", "")}  # fmt: skip
        beside = Suggestion.parse(typed, uid=uid(), today=self._today).record
        if beside is None:
            beside = Suggestion.parse({**typed, "form": ""}, uid=uid(), today=self._today).record
        assert beside is not None
        bill = beside.form == "bill"
        code = office_of(self._intake.reading).code
        number = said.get("number") or next_number(
            writing, code, Suggestion, day, letters="YA" if bill else "JY"
        )
        category = Opinion.spec("category").kind
        matter = Opinion(
            uid=uid(), number=number, title=said.get("title") or title_of(words), words=words, registered=day,
            channel="via_deputy", nature="suggestion", track="bill" if bill else "suggestion",
            person=self._person(said.get("person", "")),
        )  # fmt: skip
        if said.get("category") and category.codes is not None and category.codes.find(said["category"]):
            found = category.codes.find(said["category"])
            matter = replace(matter, category=found.code if found else matter.category)
        beside = replace(beside, opinion=matter.uid, number=number)
        writing.put(matter)
        writing.put(naming(writing, beside))
        for name in said.get("signers", "").replace("，", "、").replace(",", "、").split("、"):
            if name.strip() and (person := self._person(name.strip())):
                writing.put(Signer(uid=uid(), suggestion=beside.uid, person=person, signed=day))
        for step in self._steps(matter):
            writing.put(naming(writing, step))
        return [beside, matter]

    def _person(self, name: str) -> str | None:
        return self._intake.references.uid_of("person", name) if name else None

    def _steps(self, matter: Opinion) -> list[Record]:
        said, uid, steps = self._row.values, self._intake.writing.new_uid, list[Record]()
        unit = self._intake.references.uid_of("unit", said["unit"]) if said.get("unit") else None
        answered = self._days.get("answered")
        if unit:
            assigned = self._days.get("assigned") or matter.registered
            due = self._days.get("due") or due_date(assigned, self._profile, track=matter.track)
            steps.append(Assignment(uid=uid(), opinion=matter.uid, day=assigned, unit=unit, due=due))
        if answered is not None:
            typed = {"opinion": matter.uid, "date": answered.isoformat(), "result": said.get("result", "")}
            read = Reply.parse(typed, uid=uid(), today=self._today).record
            reply = read or Reply(uid=uid(), opinion=matter.uid, day=answered)
            steps.append(replace(reply, unit=unit, words=said.get("answer") or None))
        word = Satisfaction.spec("overall").kind.codes
        judged = word.find(said["satisfaction"]) if word is not None and said.get("satisfaction") else None
        if judged is not None:
            steps.append(
                Satisfaction(
                    uid=uid(), opinion=matter.uid, day=answered, overall=judged.code, whom="lead",
                    person=matter.person,
                )
            )  # fmt: skip
        return steps
