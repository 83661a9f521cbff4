"""A ledger of activities or of meetings: a row an event, the names in its cells as who was there and who was away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from lianxin.domain.checks import read_count
from lianxin.domain.dates import Unreadable
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Activity, Attendance, Meeting
from lianxin.ledgers.addresses import split_names
from lianxin.ledgers.events import AWAY, CAME, COUNT
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.rows import LedgerRow, Problem, Reading
from lianxin.ledgers.sheets import read_rows
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.desk import office_of
from lianxin.office.importing.any_kind import columns_of, dated, understood_row
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.understood import Understood
from lianxin.office.meetings.attendance import list_of, named_people
from lianxin.office.numbers import next_number

EVENT_KINDS = (Activity.KIND, Meeting.KIND)
_TYPES: tuple[tuple[str, str], ...] = (
    ("执法检查", "law_check"), ("视察", "inspection"), ("调研", "research"), ("述职", "reporting"),
    ("培训", "training"), ("学习", "training"), ("评议", "evaluation"), ("座谈", "symposium"), ("接待", "reception"),
    ("走访", "visiting"), ("慰问", "visiting"), ("小组", "group"), ("双岗建功", "theme"), ("主题", "theme"),
    ("志愿", "volunteering"), ("列席", "attending"),
)  # fmt: skip
_MEETINGS: tuple[tuple[str, str], ...] = (
    ("预备会", "preparatory"), ("主席团", "presidium"), ("述职", "report_back"), ("人民代表大会", "congress"),
    ("人代会", "congress"), ("代表团", "delegation"), ("小组", "group"), ("座谈", "symposium"), ("例会", "work"),
)  # fmt: skip


def understand_events(
    path: Path,
    cls: type[Record],
    *,
    today: date,
    overrides: Mapping[str, Mapping[int, str]] | None = None,
) -> Understood:
    """Reads a ledger of activities or meetings; nothing is stored."""
    own = [replace(each, required=False) if each.name == "type" else each for each in columns_of(cls)]
    sheets = read_rows(read_workbook(path), (*own, CAME, AWAY, COUNT), kind=cls.KIND, overrides=overrides)
    rows = [(row, sheet.context) for sheet in sheets for row in sheet.rows]

    def take_in(intake: Intake) -> None:
        for row, context in rows:
            _take(intake, cls, _typed_by_words(cls, dated(cls, row, context, today)), today)

    return Understood(cls.KIND, sheets, (), {"rows": len(rows)}, take_in)


def _typed_by_words(cls: type[Record], row: LedgerRow) -> LedgerRow:
    """The row with a type: where none is told, or an unknown word, it is taken from the words of the event."""
    codes = cls.spec("type").kind.codes
    assert codes is not None
    told = row.values.get("type", "")
    if told and codes.find(told) is not None:
        return row
    title = row.values.get("topic" if cls is Activity else "name", "")
    known = _TYPES if cls is Activity else _MEETINGS
    code = next((code for text in (told, title) for word, code in known if word in text), "other")
    shown = codes.label_of(code)
    doubt = f"没有“{told}”这一类，按{shown}理解" if told else f"没有写类型，按{shown}理解"
    note = Reading("type", row.place("type"), told, shown, doubt)
    return replace(row, values={**row.values, "type": shown}, readings=(*row.readings, note))


def _take(intake: Intake, cls: type[Record], row: LedgerRow, today: date) -> None:
    understood = understood_row(intake, cls, row, today)
    if isinstance(understood, RefusedRow):
        intake.refuse(understood)
        return
    record, row = understood
    assert isinstance(record, Activity | Meeting)
    row = _with_count(row)
    title = record.topic if isinstance(record, Activity) else record.name
    intake.take(
        row, partial(_make, intake, record, row, today), core=(cls.KIND, record.day.isoformat(), title),
        amend=partial(_amend, intake, record, row),
    )  # fmt: skip


def _with_count(row: LedgerRow) -> LedgerRow:
    """A number of people that is not that of the names is told."""
    stated, names = row.values.get("came_count", ""), split_names(row.values.get("came", ""))
    if not stated or not names:
        return row
    try:
        number = read_count(stated).count
    except Unreadable:
        return row
    if number == len(names):
        return row
    problem = Problem(
        "came_count", row.place("came_count"), f"人数写的是{number}，姓名数出来是{len(names)}人，按姓名登记"
    )
    return replace(row, problems=(*row.problems, problem))


def _make(intake: Intake, record: Activity | Meeting, row: LedgerRow, today: date) -> Sequence[Record]:
    number = next_number(intake.writing, office_of(intake.reading).code, type(record), record.day)
    # What stands in a ledger has happened.
    made: Activity | Meeting
    if isinstance(record, Activity):
        made = replace(record, number=record.number or number)
    else:
        made = replace(record, number=record.number or number, held=record.held or record.day <= today)
    intake.writing.put(made)
    _put_people(intake, made, row)
    return [made]


def _amend(intake: Intake, record: Activity | Meeting, row: LedgerRow, uid: str) -> Sequence[Record] | None:
    """The event of a row that was edited since: told fields are brought up to date, new names are added."""
    known = intake.reading.get(type(record), uid)
    if known is None:
        return None
    told = {wire: value for wire, value in record.packed().items() if row.values.get(wire)}
    updated = type(record).unpacked({**known.packed(), **told, "uid": uid})
    intake.writing.put(updated, opened=known)
    _put_people(intake, updated, row)
    return [updated]


def _put_people(intake: Intake, event: Activity | Meeting, row: LedgerRow) -> None:
    known = list_of(intake.reading, event.uid)
    on_it = {each.person or each.name for each in known}
    place = max((each.place for each in known), default=0)
    for field, presence in (("came", "present"), ("away", "private")):
        for each in named_people(intake.reading, row.values.get(field, "")):
            if (each.person or each.name) in on_it:
                continue
            on_it.add(each.person or each.name)
            place += 1
            intake.writing.put(
                Attendance(
                    uid=intake.writing.new_uid(), owner_kind=event.KIND, owner=event.uid, place=place,
                    person=each.person, name=each.name, presence=presence,
                    approval="approved" if presence == "private" else None,
                )
            )  # fmt: skip
