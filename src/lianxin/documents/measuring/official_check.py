"""The check of an official document: one call, all that deviates."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.documents.measuring.closing_rules import closing_deviations
from lianxin.documents.measuring.elements import Element, documents_of
from lianxin.documents.measuring.findings import Deviation
from lianxin.documents.measuring.head_rules import head_deviations, head_of
from lianxin.documents.measuring.letter_rules import letter_deviations, mark_of_letter
from lianxin.documents.measuring.page_rules import page_deviations
from lianxin.documents.measuring.reading import read_document
from lianxin.documents.measuring.spacing_rules import spacing_deviations
from lianxin.documents.measuring.text_rules import text_deviations


def check_official(content: bytes) -> tuple[Deviation, ...]:
    """Every deviation of a .docx from GB/T 9704-2012, from the page to the note; each once.

    A file of several documents (one letter a page) is measured letter by letter. Raises NotMeasurable.
    """
    measured = read_document(content)
    documents = list(documents_of(measured.paragraphs))
    page = measured.pages[0] if measured.pages else None
    letter = page is not None and mark_of_letter(page) is not None
    apart = {each.paragraph.number for elements in documents for each in _of_own_pitch(elements)}
    found = list(page_deviations(measured, apart, letter=letter))
    for elements in documents:
        if page is not None:
            found += letter_deviations(elements, page) if letter else head_deviations(elements, page)
        found += text_deviations(elements)
        found += spacing_deviations(elements)
        found += closing_deviations(elements)
    return tuple(dict.fromkeys(found))


def _of_own_pitch(elements: Sequence[Element]) -> list[Element]:
    """What is no line of the text: marks and numbers above the title, and the rows of the 版记."""
    head = [each for each in head_of(elements) if each.role in ("mark", "number")]
    return [*head, *(each for each in elements if each.role == "copies")]
