"""What a code list is: the words a field may take, each with a code that never changes and a label."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One entry of a list. `code` is what journal and bundle carry; `synonyms` are what ledgers say instead."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes in the order in which people expect them."""

    name: str
    label: str
    codes: tuple[Code, ...]

    def find(self, text: str) -> Code | None:
        """The code whose code, label or synonym is this text; None when there is none."""
        word = text.strip()
        for code in self.codes:
            if word in (code.code, code.label) or word in code.synonyms:
                return code
        return None

    def label_of(self, code: str) -> str:
        """The label of a code; an unknown code (from a newer desk) is shown as it is."""
        for known in self.codes:
            if known.code == code:
                return known.label
        return code


def code_list(name: str, label: str, *codes: tuple[str, ...]) -> CodeList:
    """A list of (code, label, synonyms …)."""
    return CodeList(name, label, tuple(Code(code[0], code[1], tuple(code[2:])) for code in codes))
