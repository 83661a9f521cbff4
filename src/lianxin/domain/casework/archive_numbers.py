"""档号: the number a matter has in the archive, Z109-WS·2026-D30-RDB-0001 (DA/T 22-2015, domain.md 2.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lianxin.domain.rules import FOR_EVER, Rule

RETENTION_SIGN: Mapping[str, str] = {"permanent": "Y", "years30": "D30", "years10": "D10"}
_LONGEST_TEN = 10
UNKNOWN_FONDS = "Z000"
"""Stands for the office's 全宗号 until the clerk has written the one the county archive gave."""
_SHAPE = re.compile(r"([^-·\s]+)-([A-Z]+)·(\d{4})-(Y|D30|D10)-([^-·\s]+)-(\d{4,})")
_SERIAL_DIGITS = 4


@dataclass(frozen=True)
class ArchiveNumber:
    """全宗号-门类·年度-保管期限-机构(问题)-件号; pieces are counted for themselves under the parts before."""

    fonds: str
    category: str
    year: int
    retention: str
    body: str
    piece: int

    def __str__(self) -> str:
        head = f"{self.fonds}-{self.category}·{self.year:04d}-{self.retention}-{self.body}"
        return f"{head}-{self.piece:0{_SERIAL_DIGITS}d}"


def retention_of(rule: Rule | None, *, otherwise: str = "years30") -> str:
    """The code of a 保管期限 as the rules of the place fix it: 永久, 30年, 10年 (国家档案局令第8号)."""
    if rule is None:
        return otherwise
    if rule.value == FOR_EVER:
        return "permanent"
    return "years10" if rule.value <= _LONGEST_TEN else "years30"


def read_archive_number(text: str) -> ArchiveNumber | None:
    """The number written in this text; None when an archive of its own way wrote it."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        return None
    return ArchiveNumber(match[1], match[2], int(match[3]), match[4], match[5], int(match[6]))


def next_archive_number(
    known: Iterable[str], *, year: int, retention: str, like: ArchiveNumber | None = None
) -> ArchiveNumber:
    """The next free number of a year and retention, after all of its series in `known` (the latest last).

    全宗号, 门类 and 机构 are those of `like`, otherwise of the number given last; the piece is never before that of
    `like` where it is of the same series.
    """
    read = [found for text in known if (found := read_archive_number(text)) is not None]
    last = read[-1] if read else ArchiveNumber(UNKNOWN_FONDS, "WS", year, "D30", "RDB", 0)
    series = replace(like or last, year=year, retention=RETENTION_SIGN.get(retention, "D30"), piece=0)
    pieces = [each.piece for each in read if replace(each, piece=0) == series]
    if like is not None and replace(like, piece=0) == series:
        pieces.append(like.piece - 1)
    return replace(series, piece=max(pieces, default=0) + 1)


def archive_number_problems(text: str) -> Iterator[str]:
    """What is wrong with a number by itself: an archive may number in its own way, but not with nothing."""
    if not text.strip():
        yield "请填写档号"
    elif text.startswith(f"{UNKNOWN_FONDS}-"):
        yield f"请把档号开头的{UNKNOWN_FONDS}改成县档案馆给本单位的全宗号，以后自动沿用"
