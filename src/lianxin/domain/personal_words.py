"""Personal words in free text: phone and identity numbers, and names of people who are known to be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGIT = r"[0-9０-９]"
_DIGITS = re.compile(_DIGIT)
_GAP = r"[ \u3000\-－—.·]?"
NUMBER = re.compile(
    rf"(?<!{_DIGIT})(?:"
    rf"(?:{_DIGIT}{_GAP}){{17}}[0-9０-９xXｘＸ]"
    rf"|(?:{_DIGIT}{_GAP}){{14}}{_DIGIT}"
    rf"|[1１]{_GAP}[3-9３-９]{_GAP}(?:{_DIGIT}{_GAP}){{8}}{_DIGIT}"
    rf"|[(（]?[0０](?:{_DIGIT}){{2,3}}[)）]?{_GAP}(?:{_DIGIT}){{7,8}}"
    rf")(?!{_DIGIT})"
)
"""A phone or identity number as people write it, full width and with gaps, not part of a longer row of digits."""


def may_hold_number(text: str) -> bool:
    """Whether there are digits enough for a number; spares nearly every text the search."""
    return len(_DIGITS.findall(text)) >= 10


def holds_personal(text: str, names: Iterable[str]) -> bool:
    """Whether the text holds a phone or identity number or one of these names, spaces inside it or not.

    Names of one character are left alone: they are ordinary words.
    """
    bare = "".join(text.split())
    named = ("".join(name.split()) for name in names)
    return any(len(name) > 1 and name in bare for name in named) or (
        may_hold_number(text) and NUMBER.search(text) is not None
    )
