"""The number an outgoing document is offered when it is printed, and the one the clerk gives it (domain.md 3.30)."""

from __future__ import annotations

from datetime import date

from lianxin.documents.measuring.elements import NUMBER
from lianxin.domain.numbering import document_number
from lianxin.domain.records import DocumentLog
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.outgoing_numbers import NumberRefused, number_about, number_year, use_reserved
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change


def offered_number(desk: Desk, about: str, day: date) -> str:
    """The next number of the office's own sign; empty for a record that has one, or without a sign."""
    with desk.store.reading() as reading:
        sign = (office_of(reading).document_sign or "").strip()
        if not sign or number_about(reading, [about]):
            return ""
        return document_number(sign, day.year, number_year(reading, sign, day.year).next)


def give_number(desk: Desk, number: str, *, title: str, day: date, about: str) -> tuple[Change, ...]:
    """The number as the clerk leaves it goes to the record's document: a new one or a reserved one.

    Raises NumberRefused for what is no number, or one that another document bears.
    """
    read = NUMBER.match(number.strip())
    if read is None or not read["sign"]:
        raise NumberRefused(f"“{number.strip()}”不是发文字号，发文字号像“石镇人〔2026〕37号”；没有编号。")
    told = document_number(read["sign"], int(read["year"]), int(read["digits"]))
    with desk.store.reading() as reading:
        standing = [each for each in _all(reading, told) if each.direction == "out"]
    if any(each.fate == "reserved" for each in standing):
        return use_reserved(desk, told, title=title, day=day, about=about)
    if standing:
        raise NumberRefused(f"{told}已经用于“{standing[0].title}”（{standing[0].shown('fate')}），没有编号。")
    with desk.store.writing(reason="编文号") as writing:
        log = DocumentLog(
            uid=writing.new_uid(), direction="out", day=day, title=title[:100] or "（未写标题）", document=told,
            about=about,
        )  # fmt: skip
        writing.put(log)
        return tuple(writing.changes)


def _all(reading: Reading, number: str) -> list[DocumentLog]:
    return reading.all(DocumentLog, Condition("document", "=", number))
