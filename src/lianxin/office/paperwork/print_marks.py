"""已打印, 重打, 签字件已归档: marks of what was printed of a record, each with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.dates import show_day_short
from lianxin.domain.records import PrintMark
from lianxin.office.desk import Desk
from lianxin.store.reading import Reading
from lianxin.store.writing import Change


@dataclass(frozen=True)
class Printed:
    """A document and the records it is about, each with its kind."""

    document: str
    kind: str
    uids: tuple[str, ...]


def mark_printed(desk: Desk, printed: Printed, copies: int = 1, *, by: str = "") -> tuple[Change, ...]:
    """Notes that the document was printed now, for each of its records, in one act."""
    today = desk.today()
    with desk.store.writing(reason=f"打印{printed.document}") as writing:
        reading = Reading(writing.connection)
        for uid in dict.fromkeys(printed.uids):
            before = mark_of(reading, printed.kind, uid, printed.document)
            if before is None:
                writing.put(
                    PrintMark(
                        uid=writing.new_uid(), owner_kind=printed.kind, owner=uid,
                        document=printed.document, first=today, day=today, copies=copies, by=by or None,
                    )
                )  # fmt: skip
                continue
            again = replace(
                before, day=today, times=before.times + 1, copies=before.copies + copies, by=by or before.by
            )
            writing.put(again, opened=before)
        return tuple(writing.changes)


def set_filed(desk: Desk, uid: str, on: date | None) -> tuple[Change, ...]:
    """签字件已归档 on a day, or not yet (None). A mark that is gone is left alone."""
    with desk.store.writing(reason="签字件归档" if on else "签字件未归档") as writing:
        mark = Reading(writing.connection).get(PrintMark, uid)
        if mark is not None:
            writing.put(replace(mark, filed=on), opened=mark)
        return tuple(writing.changes)


def mark_of(reading: Reading, kind: str, uid: str, document: str) -> PrintMark | None:
    """The mark of one document of one record."""
    return next((each for each in marks_of(reading, kind, [uid]) if each.document == document), None)


def marks_of(reading: Reading, kind: str, uids: Sequence[str]) -> tuple[PrintMark, ...]:
    """The marks of these records of one kind, the document printed first before."""
    found = [mark for mark in reading.children(PrintMark, "owner", uids) if mark.owner_kind == kind]
    return tuple(sorted(found, key=lambda mark: (mark.first, mark.uid)))


def mark_words(mark: PrintMark) -> str:
    """办理单：已打印 3月5日，重打1次，最近3月8日 · 签字件已归档."""
    words = f"{mark.document}：已打印 {show_day_short(mark.first)}"
    if mark.times > 1:
        words += f"，重打{mark.times - 1}次"
        words += f"，最近{show_day_short(mark.day)}" if mark.day != mark.first else ""
    return words
