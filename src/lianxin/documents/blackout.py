"""Taking phone numbers, identity numbers and visitors' names out of free text that leaves the house."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.domain.personal_words import NUMBER, may_hold_number

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
    return NUMBER.sub(HIDDEN_NUMBER, text) if may_hold_number(text) else text
