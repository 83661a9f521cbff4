"""Numbers as people write them: full-width digits and Chinese numerals, read in one place."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL_CHARS = "".join(_DIGITS) + "".join(_UNITS) + "廿卅"
_RUN = re.compile(f"[{NUMERAL_CHARS}]+")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Full-width digits, letters and signs made half-width, without any white space; for reading only."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def chinese_number(text: str) -> int | None:
    """The value of 十二, 二十, 二〇二六, 廿五 or 12; None when the text is no whole number below 10,000."""
    text = plain(text).replace("廿", "二十").replace("卅", "三十")
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 9 else None
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) <= 9 else None
    total, last, ceiling = 0, 0, 10_000
    for char in text:
        if char in _DIGITS:
            last = _DIGITS[char]
            continue
        unit = _UNITS[char]
        if unit >= ceiling:
            return None
        total += (last or 1) * unit
        last, ceiling = 0, unit
    return total + last


def arabic(text: str) -> str:
    """The text with each run of Chinese numerals replaced by digits: 三月五日 → 3月5日."""

    def replaced(match: re.Match[str]) -> str:
        value = chinese_number(match.group())
        return match.group() if value is None else str(value)

    return _RUN.sub(replaced, text)
