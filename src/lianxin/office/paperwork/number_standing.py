"""Whether a 发文字号 that is registered stands already: used once, or void and taken up again with a word about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from lianxin.domain.dictionary import Record
from lianxin.domain.numbering import DOCUMENT_NUMBER, ISSUE_NUMBER, document_number, issue_number
from lianxin.domain.records import DocumentLog
from lianxin.store.reading import Condition, Reading

_BRACKETS = ("〔〕", "[]", "（）", "()", "【】", "［］")


def written_whole(number: str) -> str:
    """石镇人〔2026〕5号 for 石镇人[2026]05号; what is no number of ours as it stands, without spaces at its ends."""
    told = number.strip()
    if (issue := ISSUE_NUMBER.match(told)) is not None:
        return issue_number(issue["sign"], int(issue["year"]), int(issue["digits"]))
    read = DOCUMENT_NUMBER.match(told)
    if read is None or not read["sign"]:
        return told
    return document_number(read["sign"], int(read["year"]), int(read["digits"]))


def lines_of(reading: Reading, number: str) -> list[DocumentLog]:
    """The lines of 收发文 that went out under a number, however its brackets and zeros were typed."""
    whole = written_whole(number)
    found = reading.all(DocumentLog, Condition("document", "in", tuple(_spellings(whole, number.strip()))))
    return [each for each in found if each.direction == "out" and written_whole(each.document or "") == whole]


def number_problems(reading: Reading, record: Record) -> dict[str, str]:
    """Why a line of 收发文 cannot bear its number: wire name → Chinese sentence, else nothing.

    A line that stands so already is left in peace. A number is used once; a void one only by a line that says so.
    """
    if not isinstance(record, DocumentLog) or record.direction != "out" or not record.document:
        return {}
    stored = reading.get(DocumentLog, record.uid)
    if stored is not None and _bears(stored) == _bears(record):
        return {}
    number = written_whole(record.document)
    others = [each for each in lines_of(reading, number) if each.uid != record.uid]
    wrong = _problem(record, number, others)
    return {"document": wrong} if wrong else {}


def _bears(log: DocumentLog) -> tuple[str, str, str]:
    return log.direction, written_whole(log.document or ""), log.fate


def _problem(record: DocumentLog, number: str, others: Sequence[DocumentLog]) -> str:
    standing = next((each for each in others if each.fate != "void"), None)
    if standing is not None and record.fate == "void":
        return f"文号{number}已经用于“{standing.title}”。要作废的是那一条，请在它的“文号状态”里改，不另记一条"
    if standing is not None:
        return (
            f"文号{number}已经用于“{standing.title}”（{standing.shown('fate')}），一个文号只用一次，请换一个"
        )
    void = next((each for each in others), None)
    if void is None:
        return f"文号{number}没有作废过，文号状态请选“已用”" if record.fate == "reused" else ""
    if record.fate == "reused":
        return ""
    if record.fate == "void":
        return f"文号{number}已经作废（“{void.title}”），不用再记一次"
    return f"文号{number}已经作废（“{void.title}”）。要再用，文号状态请选“作废后再用”，否则请换一个"


def _spellings(whole: str, typed: str) -> Iterator[str]:
    yield from (whole, typed)
    head, _, rest = whole.partition("〔")
    year, _, serial = rest.partition("〕")
    digits = serial.rstrip("号")
    if not digits.isdigit():
        return
    for brackets, nth, width in product(_BRACKETS, ("", "第"), (1, 2, 3)):
        yield f"{head}{brackets[0]}{year}{brackets[1]}{nth}{digits.zfill(width)}号"
