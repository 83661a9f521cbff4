"""Human numbers of records: 433130102-2026-YJ0037, one block of serials per desk (domain.md 3.30)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

CODE_DIGITS = 9
MOST_DESKS = 900
JUMP = 100
"""Serials left out after a restored copy, so that a number already printed is never given twice."""

_SHAPE = re.compile(r"(\d{9})-(\d{4})-([A-Z]{2})(\d{4,})")
DOCUMENT_NUMBER = re.compile(
    r"^(?P<sign>[\u4e00-\u9fff]{1,12}?)?(?P<open>[〔\[（(【［])(?P<year>\d{2,4})(?P<close>[〕\]）)】］])"
    r"(?P<nth>第?)(?P<digits>\d+)号$"
)
"""A 发文字号, well written or not: 石镇人〔2026〕37号, 石镇人[2026]第037号."""
ISSUE_NUMBER = re.compile(r"^(?P<sign>[\u4e00-\u9fff]{1,12})〔(?P<year>\d{4})〕第(?P<digits>\d+)期$")
"""A bulletin is counted by issues; its row of numbers is its sign's own."""


class NumbersUsedUp(Exception):
    """A desk has no serial left in its blocks for this year and class."""

    def __init__(self, desk: int) -> None:
        super().__init__(f"第{desk}台电脑今年的编号用完了。已登记的内容没有受影响，请联系技术人员扩充号段。")
        self.desk = desk


@dataclass(frozen=True, order=True)
class Number:
    """One human number. `code9` is the township's division code, `letters` the class (YJ, JF, JB …)."""

    code9: str
    year: int
    letters: str
    serial: int

    def __str__(self) -> str:
        return f"{self.code9}-{self.year:04d}-{self.letters}{self.serial:04d}"


def read_number(text: str) -> Number | None:
    """The number written in this text, None when it is none of ours (a county's own, say)."""
    match = _SHAPE.fullmatch(text.strip())
    return Number(match[1], int(match[2]), match[3], int(match[4])) if match else None


def code9_of(code: str) -> str:
    """The first nine digits of a division code, filled with zeros: the prefix of every number."""
    return code.strip()[:CODE_DIGITS].ljust(CODE_DIGITS, "0")


def blocks_of(desk: int) -> tuple[range, range]:
    """The serials a desk may give: first desk (1) from 0001, further desks 5001…, 6001…, then a large reserve."""
    if not 1 <= desk <= MOST_DESKS:
        raise ValueError(f"desk {desk}")
    first = range(1, 5001) if desk == 1 else range(4001 + (desk - 1) * 1000, 5001 + (desk - 1) * 1000)
    reserve = range(desk * 1_000_000 + 1, (desk + 1) * 1_000_000)
    return first, reserve


def desk_of(block: int) -> int:
    """The desk whose block begins with this serial (1, 5001, 6001 …)."""
    return 1 if block == 1 else (block - 4001) // 1000 + 1


def next_serial(used: Iterable[int], desk: int = 1, *, jumped: bool = False) -> int:
    """The serial after the highest this desk has used, voided ones included: gaps are never filled.

    `jumped` right after a new replica id leaves out 100. Raises NumbersUsedUp.
    """
    known = set(used)
    step = JUMP + 1 if jumped else 1
    first, reserve = blocks_of(desk)
    in_reserve = [serial for serial in known if serial in reserve]
    if in_reserve:
        serial = max(in_reserve) + step
        if serial in reserve:
            return serial
        raise NumbersUsedUp(desk)
    serial = max((serial for serial in known if serial in first), default=first.start - 1) + step
    return serial if serial in first else reserve.start + (JUMP if jumped else 0)


def next_number(
    numbers: Iterable[str], code9: str, year: int, letters: str, desk: int = 1, *, jumped: bool = False
) -> Number:
    """The next number of a class and year, from all that exist of it (other classes and years are skipped)."""
    read = (read_number(text) for text in numbers)
    used = [
        found.serial
        for found in read
        if found and (found.code9, found.year, found.letters) == (code9, year, letters)
    ]
    return Number(code9, year, letters, next_serial(used, desk, jumped=jumped))


def document_number(sign: str, year: int, serial: int) -> str:
    """龙镇人意〔2026〕37号: the short form for outgoing documents (GB/T 9704: 六角括号, no leading 0)."""
    return f"{sign}〔{year}〕{serial}号"


def issue_number(sign: str, year: int, serial: int) -> str:
    """工作通报〔2026〕第3期: how bulletins are counted."""
    return f"{sign}〔{year}〕第{serial}期"
