"""A ledger of deputies' suggestions: a row becomes the matter, what makes it one, its signers and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from lianxin.domain.dictionary import Record
from lianxin.domain.numbering import code9_of
from lianxin.domain.numerals import chinese_number
from lianxin.domain.records import Opinion, Signer, Suggestion
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.cells import Cell
from lianxin.ledgers.days import read_cell_day
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.headings import Column
from lianxin.ledgers.rows import LedgerRow, Problem
from lianxin.ledgers.sheets import read_rows
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.cases.visit_records import title_of
from lianxin.office.desk import office_of
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.suggestion_course import RowCourse, several
from lianxin.office.importing.understood import Understood
from lianxin.office.numbers import next_number
from lianxin.office.people_named import naming

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
    Column("occasion", "会上或闭会", ("会议期间或闭会期间", "提出时段", "提出届次", "会次", "会议")),
    Column("category", "类别"),
    Column("unit", "承办单位", ("主办单位",)),
    Column("co_units", "协办单位", ("协办", "会办单位")),
    Column("assigned", "交办日期", ("交办时间",)),
    Column("due", "办理期限", ("办结期限", "答复期限")),
    Column("met", "面商日期", ("面商时间", "见面日期", "沟通日期")),
    Column("answered", "答复日期", ("答复时间", "办结日期", "办结时间")),
    Column("document", "文号", ("答复文号",)),
    Column("result", "办理结果", ("结果", "结果类别")),
    Column("answer", "答复内容", ("办理情况",)),
    Column("attitude", "对办理态度", ("态度满意度", "办理态度")),
    Column("outcome", "对办理结果评价", ("结果满意度", "对结果评价")),
    Column("satisfaction", "满意度", ("代表评价", "代表满意度", "代表意见", "领衔代表评价", "总评")),
    Column("joint_judged", "联名代表评价"),
    Column("key_matter", "重点督办", ("重点建议",)),
    Column("hard", "难办"),
    Column("remark", "备注", ("说明",)),
)
_DAYS = ("registered", "assigned", "due", "met", "answered")


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
        _count_behind(intake, [row.values.get("number", "") for row, _ in rows])

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
        beside = self._beside()
        bill = beside.form == "bill"
        code = office_of(self._intake.reading).code
        number = _whole_number(said.get("number", ""), code) or next_number(
            writing, code, Suggestion, day, letters="YA" if bill else "JY"
        )
        matter = Opinion(
            uid=uid(), number=number, title=said.get("title") or title_of(words), words=words, registered=day,
            channel="via_deputy", nature="suggestion", track="bill" if bill else "suggestion",
            person=self._person(said.get("person", "")), category=_category(said.get("category", "")),
            remark=said.get("remark") or None,
        )  # fmt: skip
        beside = replace(beside, opinion=matter.uid, number=number)
        writing.put(matter)
        writing.put(naming(writing, beside))
        for name in several(said.get("signers", "")):
            if person := self._person(name):
                writing.put(Signer(uid=uid(), suggestion=beside.uid, person=person, signed=day))
        course = RowCourse(
            said,
            self._days,
            matter,
            writing,
            self._intake.references,
            self._profile,
            self._today,
            beside.hard,
        )
        for step in course.steps():
            writing.put(naming(writing, step))
        return [beside, matter]

    def _beside(self) -> Suggestion:
        """What makes it a suggestion; what cannot be read stays out."""
        said = self._row.values
        uid = self._intake.writing.new_uid()
        typed = {"form": said.get("form", ""), "opinion": "x", "basis": said.get("basis", ""),
                 "proposal": said.get("proposal", "")}  # fmt: skip
        read = Suggestion.parse(typed, uid=uid, today=self._today).record
        read = read or Suggestion.parse({**typed, "form": ""}, uid=uid, today=self._today).record
        assert read is not None
        when, remark = said.get("occasion", ""), said.get("remark", "")
        found = _SESSION.search(when)
        in_session = found is not None or "会议期间" in when or "会上" in when
        return replace(
            read,
            occasion="in_session" if in_session and "闭会" not in when else "between",
            session=chinese_number(found[1]) if found and "闭会" not in when else None,
            key_matter=_yes(said.get("key_matter", "")) or "重点督办" in remark,
            hard=_yes(said.get("hard", "")) or "难办" in remark,
            from_bill="议案转建议" in remark,
        )

    def _person(self, name: str) -> str | None:
        return self._intake.references.uid_of("person", name) if name else None


_OWN_NUMBER = re.compile(r"(\d{4})-(JY|YA)(\d{4,})")
_MOST_SERIALS = 2_000
"""More suggestions than a township has in many years; a mistyped number does not use them all up."""


def _count_behind(intake: Intake, numbers: Iterable[str]) -> None:
    """Numbers of this program's own stand in the ledger: what is registered from now on goes on behind them."""
    last: dict[tuple[str, str], int] = {}
    for found in filter(None, map(_OWN_NUMBER.fullmatch, numbers)):
        key = (found[1], found[2])
        last[key] = max(last.get(key, 0), min(int(found[3]), _MOST_SERIALS))
    code = office_of(intake.reading).code
    for (year, letters), serial in last.items():
        given = 0
        while given < serial:
            number = next_number(intake.writing, code, Suggestion, date(int(year), 1, 1), letters=letters)
            given = int(number.rpartition(letters)[2])


def _whole_number(text: str, code: str) -> str:
    """The number as it stands in the ledger; one of this program's, said short, gets the office before it."""
    return f"{code9_of(code)}-{text}" if _OWN_NUMBER.fullmatch(text) else text


_SESSION = re.compile(r"([一二三四五六七八九十\d]+)次")
_NO = ("", "否", "无", "不是", "×", "—", "-")


def _yes(text: str) -> bool:
    return text.strip() not in _NO


def _category(text: str) -> str:
    listed = Opinion.spec("category").kind.codes
    found = listed.find(text) if listed is not None and text else None
    return found.code if found is not None else "18"
