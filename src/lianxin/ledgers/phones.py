"""Telephone cells: one number, several, and what a spreadsheet left of one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lianxin.domain.checks import clean_text, read_phone
from lianxin.domain.numerals import plain

_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?0*1[01]")
_BETWEEN = re.compile(r"[/、,;；|\n]|或|和|(?<=\d{11})\s+(?=[01])|(?<=\d{7})\s{2,}(?=\d)")


@dataclass(frozen=True)
class PhonesReading:
    """The numbers of a cell in normal form, and what the clerk should be asked about them."""

    phones: tuple[str, ...]
    doubt: str | None = None


def read_phones(text: str) -> PhonesReading:
    """Read every number of a cell; one that a spreadsheet rounded (1.38E+10) is kept as seen and asked."""
    typed = clean_text(text)
    core = plain(typed)
    if _ROUNDED.fullmatch(core):
        digits = re.sub(r"[eE].*|\.", "", core)
        if len(digits) < 11:
            return PhonesReading(
                (typed,), f"电话“{typed}”被表格缩写，只剩前{len(digits)}位，请在原表里把这一列设为文本后核对"
            )
    parts = [
        part for part in _BETWEEN.split(unicodedata.normalize("NFKC", typed)) if re.search(r"\d{5}", part)
    ]
    if len(parts) < 2:
        reading = read_phone(typed)
        return PhonesReading((reading.phone,) if reading.phone else (), reading.doubt)
    found = [read_phone(part) for part in parts]
    phones = tuple(dict.fromkeys(each.phone for each in found if each.phone))
    doubts = [each.doubt for each in found if each.doubt and each.kind == "odd"]
    return PhonesReading(phones, "；".join(doubts) or None)
