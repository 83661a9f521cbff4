"""Any record of the dictionary: save, remove, bring back, undo; what the registers and the settings stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.validity import problems_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.electing import electoral_problems
from lianxin.office.names import Names
from lianxin.office.numbers import day_of, next_number
from lianxin.office.paperwork.number_standing import number_problems
from lianxin.office.people_named import naming
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing

R = TypeVar("R", bound=Record)


class RecordRefused(Exception):
    """The record cannot be registered as it is; `problems` holds a Chinese sentence per wire name."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = problems
        super().__init__("；".join(problems.values()))


class StillUsed(Exception):
    """Other records lead to this one, so it stays."""

    def __init__(self, name: str, uses: Sequence[tuple[str, int]]) -> None:
        self.name, self.uses = name, tuple(uses)
        told = "、".join(f"{label}{count}条" for label, count in uses)
        self.message = f"没有删除：还有{told}用到“{name}”。请先改派这些记录，或在备注里写明不再使用。"
        super().__init__(self.message)


@dataclass(frozen=True)
class Saved:
    """A stored record and what was written."""

    record: Record
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Removed:
    """One record in the 回收站: what it is called, when and why it went."""

    kind: str
    label: str
    uid: str
    title: str
    at: datetime | None
    reason: str


def new_uid(desk: Desk) -> str:
    """A uid for a record that a form is about to make."""
    return desk.store.new_uid()


def save_record(desk: Desk, record: Record, *, opened: Record | None = None, draft_key: str = "") -> Saved:
    """Stores a record made or changed in a form, with its number when its kind has one; drops the draft.

    With `opened` only what the form changed is written; the record answered is the one that is stored then.
    Raises RecordRefused, RecordGone.
    """
    with desk.store.writing(reason=f"{'修改' if opened else '登记'}{record.LABEL}") as writing:
        stored = put_record(desk, writing, record, opened=opened, draft_key=draft_key)
        return Saved(stored, tuple(writing.changes))


def put_record(
    desk: Desk, writing: Writing, record: R, *, opened: Record | None = None, draft_key: str = ""
) -> R:
    """The same inside a transaction; answers the record as it is stored. Raises RecordRefused, RecordGone."""
    reading = Reading(writing.connection)
    wrong = (
        problems_of(record, today=desk.today())
        or electoral_problems(desk.profile, reading, record)
        or number_problems(reading, record)
    )
    if wrong:
        raise RecordRefused(wrong)
    packed = record.packed()
    if opened is None and record.NUMBERED and packed.get("number") is None:
        code = office_of(Reading(writing.connection)).code
        number = next_number(writing, code, type(record), day_of(record, desk.today()))
        record = type(record).unpacked({**packed, "uid": record.uid, "number": number})
    writing.put(naming(writing, record), opened=opened)
    if draft_key:
        writing.forget_draft(record.KIND, draft_key)
    return Reading(writing.connection).get(type(record), record.uid) or record


def remove_record(desk: Desk, cls: type[Record], uid: str) -> tuple[Change, ...]:
    """Moves a record to the 回收站. Raises StillUsed when others lead to it, RecordUnknown."""
    with desk.store.writing(reason=f"删除{cls.LABEL}") as writing:
        put_away(writing, cls, uid)
        return tuple(writing.changes)


def put_away(writing: Writing, cls: type[Record], uid: str) -> None:
    """The same inside a transaction."""
    reading = Reading(writing.connection)
    record = reading.get(cls, uid)
    uses = uses_of(reading, cls, uid)
    if record is not None and uses:
        raise StillUsed(Names(reading).title(record), uses)
    writing.remove(cls, uid)


def restore_record(desk: Desk, cls: type[Record], uid: str) -> tuple[Change, ...]:
    """Takes a record back out of the 回收站. Raises RecordUnknown."""
    with desk.store.writing(reason=f"恢复{cls.LABEL}") as writing:
        writing.restore(cls, uid)
        return tuple(writing.changes)


def undo_changes(desk: Desk, changes: Iterable[Change], *, reason: str = "撤销") -> tuple[Change, ...]:
    """Takes back what one act wrote, the last first, by new entries. What wrote nothing is left alone.

    All of it or nothing: raises ChangedSince when somebody has gone on with a record meanwhile.
    """
    with desk.store.writing(reason=reason) as writing:
        for change in reversed(tuple(changes)):
            if change.outcome != "same":
                writing.undo(change.kind, change.uid, change.entry)
        return tuple(writing.changes)


def uses_of(reading: Reading, cls: type[Record], uid: str) -> tuple[tuple[str, int], ...]:
    """(label of the kind, count) of the records that refer to this one."""
    found: list[tuple[str, int]] = []
    for other in kinds():
        wires = [spec.wire for spec in other.specs() if spec.kind.refers == cls.KIND]
        count = sum(reading.count(other, Condition(wire, "=", uid)) for wire in wires)
        if count:
            found.append((other.LABEL, count))
    return tuple(found)


def removed_records(desk: Desk) -> tuple[Removed, ...]:
    """Everything in the 回收站, the latest first."""
    found: list[Removed] = []
    with desk.store.reading() as reading:
        names = Names(reading)
        for cls in kinds():
            for uid in reading.removed(cls):
                record = removed_record(reading, cls, uid)
                last = reading.history(cls.KIND, uid)[-1]
                found.append(
                    Removed(
                        cls.KIND,
                        cls.LABEL,
                        uid,
                        names.title(record),
                        datetime.fromisoformat(last.entry.at) if last.entry.at else None,
                        last.reason,
                    )
                )
    return tuple(sorted(found, key=lambda one: (one.at is not None, str(one.at), one.uid), reverse=True))


def removed_record(reading: Reading, cls: type[R], uid: str) -> R:
    """A record as it stood when it was removed."""
    shown = reading.shown(cls, uid)
    known = {spec.wire for spec in cls.specs()}
    values = {wire: each.value for wire, each in shown.items() if wire in known}
    return cls.unpacked({**values, "uid": uid})
