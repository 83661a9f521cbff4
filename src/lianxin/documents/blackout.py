"""Taking phone numbers, identity numbers and visitors' names out of free text that leaves the house."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGIT = r"[0-9０-９]"
_GAP = r"[ \u3000\-－—.·]?"
_NUMBER = re.compile(
    rf"(?<!{_DIGIT})(?:"
    rf"(?:{_DIGIT}{_GAP}){{17}}[0-9０-９xXｘＸ]"
    rf"|(?:{_DIGIT}{_GAP}){{14}}{_DIGIT}"
    rf"|[1１]{_GAP}[3-9３-９]{_GAP}(?:{_DIGIT}{_GAP}){{8}}{_DIGIT}"
    rf"|[(（]?[0０](?:{_DIGIT}){{2,3}}[)）]?{_GAP}(?:{_DIGIT}){{7,8}}"
    rf")(?!{_DIGIT})"
)
HIDDEN_NUMBER = "（号码略）"
HIDDEN_NAME = "某某"


def blacked_out(text: str, names: Iterable[str] = ()) -> str:
    """The text without phone and identity numbers and without these names.

    A safety net for papers sent to the county: the sender has already been shown such texts (journal.md,
    "Values beside entries"). Names of one character are left alone, they are ordinary words.
    """
    for name in sorted({name.strip() for name in names}, key=lambda name: (-len(name), name)):
        if len(name) > 1:
            text = text.replace(name, HIDDEN_NAME)
    return _NUMBER.sub(HIDDEN_NUMBER, text) if _has_digits(text) else text


def _has_digits(text: str) -> bool:
    return sum(char.isdigit() for char in text) >= 10
