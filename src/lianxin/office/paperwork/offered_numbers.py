"""The number an outgoing document is offered when it is printed, and the one the clerk gives it (domain.md 3.30)."""

from __future__ import annotations

from datetime import date

from lianxin.domain.numbering import DOCUMENT_NUMBER, document_number
from lianxin.domain.records import DocumentLog
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.number_standing import lines_of, number_problems
from lianxin.office.paperwork.outgoing_numbers import NumberRefused, number_about, number_year, use_reserved
from lianxin.store.reading import Reading
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
    read = DOCUMENT_NUMBER.match(number.strip())
    if read is None or not read["sign"]:
        raise NumberRefused(f"“{number.strip()}”不是发文字号，发文字号像“石镇人〔2026〕37号”；没有编号。")
    told = document_number(read["sign"], int(read["year"]), int(read["digits"]))
    log = DocumentLog(
        uid=desk.store.new_uid(), direction="out", day=day, title=title[:100] or "（未写标题）", document=told, about=about
    )  # fmt: skip
    with desk.store.reading() as reading:
        reserved = any(each.fate == "reserved" for each in lines_of(reading, told))
    if reserved:
        return use_reserved(desk, told, title=title, day=day, about=about)
    with desk.store.writing(reason="编文号") as writing:
        # Looked at under the lock of the one writer: another window may be giving the same number.
        if wrong := number_problems(Reading(writing.connection), log):
            raise NumberRefused(f"{wrong['document']}；没有编号。")
        writing.put(log)
        return tuple(writing.changes)
