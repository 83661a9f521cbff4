"""What a document of ours holds beside its paragraphs, carried into the office's own layout: tables and attachments.

A table follows the paragraph it stands behind: a mark at the end of that paragraph's text tells where it goes once the
template is filled. Bound attachments (附件 on a page of their own) follow the whole as they are.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.measuring.elements import ANNEX
from lianxin.documents.word.package import opened, saved

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIRST_MARK = 0x10F000
"""Characters for private use on the last plane: rare characters of names stand at U+E000 to U+F8FF."""
_MOST_MARKS = 0x100


@dataclass(frozen=True)
class Carried:
    """`tables` by the number of the paragraph they stand behind, the first paragraph is 1; `annex` with its page break."""

    tables: Mapping[int, Sequence[BaseOxmlElement]]
    annex: Sequence[BaseOxmlElement]

    def marks(self, first: int, last: int) -> str:
        """The marks of the tables behind these paragraphs, in their order."""
        return "".join(
            chr(_FIRST_MARK + at)
            for at, number in enumerate(sorted(self.tables))
            if first <= number <= last and at < _MOST_MARKS
        )

    def put_into(self, filled: bytes) -> bytes:
        """The filled template with the tables where their marks stand and the attachments behind it."""
        if not self.tables and not self.annex:
            return filled
        document = opened(filled)
        body = document.element.body
        for paragraph in list(body.iter(f"{_W}p")):
            self._settle(paragraph)
        for block in self.annex:
            body.insert(len(body) - 1, copy.deepcopy(block))
        return saved(document)

    def _settle(self, paragraph: BaseOxmlElement) -> None:
        for text in paragraph.iter(f"{_W}t"):
            marks = [char for char in text.text or "" if _is_mark(char)]
            if not marks:
                continue
            text.text = "".join(char for char in text.text or "" if not _is_mark(char))
            for mark in reversed(marks):
                number = sorted(self.tables)[ord(mark) - _FIRST_MARK]
                for table in reversed(self.tables[number]):
                    paragraph.addnext(copy.deepcopy(table))
            _leave_out_empty(paragraph)


def _leave_out_empty(paragraph: BaseOxmlElement) -> None:
    """A paragraph that held nothing but marks goes, unless two tables would meet and become one."""
    above, body = paragraph.getprevious(), paragraph.getparent()
    if body is not None and not _words(paragraph) and (above is None or above.tag == f"{_W}p"):
        body.remove(paragraph)


def carried_by(official: bytes) -> Carried:
    """What a document of ours holds beside its paragraphs."""
    blocks = [
        block for block in opened(official).element.body.iterchildren() if not block.tag.endswith("}sectPr")
    ]
    annex = _annex_from(blocks)
    tables: dict[int, list[BaseOxmlElement]] = {}
    number = 0
    for block in blocks[:annex]:
        if block.tag == f"{_W}p":
            number += 1
        elif block.tag == f"{_W}tbl":
            tables.setdefault(number, []).append(block)
    return Carried(tables, tuple(blocks[annex:]))


def _annex_from(blocks: Sequence[BaseOxmlElement]) -> int:
    """Where the page of the first attachment begins; the end where there is none."""
    for at, block in enumerate(blocks):
        if block.tag == f"{_W}p" and any(each.get(f"{_W}type") == "page" for each in block.iter(f"{_W}br")):
            following = next((words for each in blocks[at:] if (words := _words(each))), "")
            if ANNEX.match(following):
                return at
    return len(blocks)


def _words(block: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in block.iter(f"{_W}t")).strip()


def _is_mark(char: str) -> bool:
    return _FIRST_MARK <= ord(char) < _FIRST_MARK + _MOST_MARKS
