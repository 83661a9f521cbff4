"""Addresses and lists of names as ledgers hold them."""

from __future__ import annotations

import re

from lianxin.domain.checks import clean_text, is_nothing, read_name
from lianxin.domain.dates import Unreadable
from lianxin.domain.numerals import plain
from lianxin.domain.pinyin import COMPOUND_SURNAMES

_VILLAGE = re.compile(
    r"(?:.{2,12}?(?:省|州|市))?(?:.{2,8}?[县市区])?(?:.{1,8}?[镇乡])?"
    r"(?P<village>[^\d]{1,12}?(?:社区|居委会|村委会|村))(?P<group>.*)"
)
_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]")
_MORE = re.compile(r"等(?:\d+|[一二三四五六七八九十两]+)?[人名位户]?.*$")


def split_address(text: str) -> tuple[str | None, str | None]:
    """Village (or community) and group of an address: 白岩村5组 → ("白岩村", "5组"); (None, None) if it names none."""
    match = _VILLAGE.fullmatch(plain(text))
    if not match:
        return None, None
    return match["village"].removesuffix("委会") if match["village"].endswith("村委会") else match[
        "village"
    ], match["group"].strip("、,.，") or None


def split_names(text: str) -> tuple[str, ...]:
    """Names in a cell: 何金花、田光明; a space parts whole names but not 何 强. Unreadable pieces are left out."""
    text = _ASIDE.sub("", clean_text(text))
    found: list[str] = []
    for part in re.split(r"[、，,;；/\n]|和(?=\S{2})|及(?=\S{2})", text):
        for piece in _whole_names(_MORE.sub("", part).split()):
            if is_nothing(piece):
                continue
            try:
                found.append(read_name(piece).name)
            except Unreadable:
                continue
    return tuple(dict.fromkeys(found))


def _whole_names(pieces: list[str]) -> list[str]:
    """Join single characters, and a compound surname with what follows it; leave whole names apart."""
    joined: list[str] = []
    open_name = False
    for piece in pieces:
        if open_name:
            joined[-1] += piece
            open_name = False
        else:
            joined.append(piece)
            open_name = len(piece) == 1 or piece in COMPOUND_SURNAMES
    return joined
