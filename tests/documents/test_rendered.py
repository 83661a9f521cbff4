"""Every document of the house, made of a whole year of an office and printed by LibreOffice in one start."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from lianxin.documents.measuring.official_check import check_official
from lianxin.documents.word.package import FIRST_DAY
from lianxin.documents.workbooks.writer import CELL_LIMIT
from lianxin.office.papers.catalogue import PAPERS
from tests.documents import reference
from tests.documents.full_office import Made, every_document, full_office
from tests.documents.rendering import Page, sheets_of

pytestmark = pytest.mark.xdist_group("rendered")

ENDINGS = {
    name: paper.ending
    for paper in PAPERS.values()
    for name in (paper.name, *([f"{paper.name}-blank"] if paper.blank else []))
}
NAMES = list(ENDINGS)
PRINTED = [name for name, ending in ENDINGS.items() if ending != ".txt"]
EXCEL = [name for name, ending in ENDINGS.items() if ending == ".xlsx"]
CHARTED = {"图", "统计图"}
"""Sheets of charts: one page, nothing to scroll."""
WORD = [name for name, ending in ENDINGS.items() if ending == ".docx"]
TURNED = ("name-plates", "name-plates-blank", "report-plates")
"""LibreOffice 7.4 does not know text turned by 90° in a cell (tbRl, ECMA-376-1, 17.18.93) and sets it upright and
too low; where the names end is for Word and WPS."""
OFFICIAL = [paper.name for paper in PAPERS.values() if paper.official]


@dataclass(frozen=True)
class Printed:
    """All documents and what is on the pages of each that can be printed."""

    documents: Mapping[str, Made]
    sheets: Mapping[str, list[Page]]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    folder = tmp_path_factory.mktemp("every")
    desk = full_office(folder / "office")
    documents = every_document(desk)
    desk.store.close()
    pdfs = reference.printed(documents, folder / "printed")
    sheets = {name: sheets_of(pdf) for name, pdf in pdfs.items()}
    return Printed({each.name: each for each in documents}, sheets)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_what_its_reference_file_says(printed: Printed, name: str) -> None:
    """After a change on purpose: python -m tests.documents.reference, and read the difference."""
    pages = len(printed.sheets[name]) if name in printed.sheets else 1
    kept = (reference.FOLDER / f"{name}.txt").read_text("utf-8")
    assert reference.told(printed.documents[name], pages) == kept


@pytest.mark.parametrize("name", [name for name, ending in ENDINGS.items() if ending == ".pdf"])
def test_a_pdf_names_no_font_it_does_not_embed(printed: Printed, name: str) -> None:
    assert b"Helvetica" not in printed.documents[name].content


def test_there_is_no_reference_file_of_a_document_that_is_no_more() -> None:
    assert {path.stem for path in reference.FOLDER.glob("*.txt")} == set(NAMES)


@pytest.mark.parametrize("name", [name for name in PRINTED if name not in TURNED])
def test_every_page_has_something_on_it_and_nothing_over_its_edge(printed: Printed, name: str) -> None:
    pages = printed.sheets[name]
    assert pages
    for number, page in enumerate(pages, 1):
        # A number alone is an empty page with its footer.
        assert any(not word.text.strip("—").isdigit() for word in page.words), f"page {number} is empty"
        for word in page.words:
            inside = (
                word.left >= 0 and word.top >= 0 and word.right <= page.width and word.bottom <= page.height
            )
            assert inside, f"page {number}: {word.text} is cut"


@pytest.mark.parametrize("name", [name for name in WORD if name not in TURNED])
def test_no_character_of_a_document_is_lost_in_print(printed: Printed, name: str) -> None:
    """A row of fixed height that is too low hides the rest of its text."""
    held = Counter[str]()
    for part, body in reference.word_parts(printed.documents[name].content):
        if part == "document":
            held.update("".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))
    shown = Counter("".join(word.text for page in printed.sheets[name] for word in page.words))
    lost = {char: count - shown[char] for char, count in held.items() if count > shown[char]}
    assert not {char: count for char, count in lost.items() if not char.isspace()}


@pytest.mark.parametrize("name", EXCEL)
def test_a_workbook_is_what_every_workbook_of_the_house_is(printed: Printed, name: str) -> None:
    """Heads that stay and repeat, no formula, numbers that lose no digit, charts over cells of their own, no time."""
    with zipfile.ZipFile(io.BytesIO(printed.documents[name].content)) as packed:
        assert {member.date_time for member in packed.infolist()} == {FIRST_DAY}
        parts = {member: packed.read(member).decode() for member in packed.namelist()}
    sheets = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    texts = re.findall(r"<t xml:space=\"preserve\">(.*?)</t>", parts["xl/sharedStrings.xml"], re.S)
    assert "dcterms" not in parts["docProps/core.xml"] and max(map(len, texts)) <= CELL_LIMIT
    for at, sheet in enumerate(sheets):
        body = parts[f"xl/worksheets/sheet{at + 1}.xml"]
        assert "<f>" not in body and "<f " not in body
        numbers = re.findall(r'<c r="\w+" s="\d+"><v>([^<]*)</v>', body)
        assert all(len(number.replace(".", "").lstrip("-")) <= 15 for number in numbers)
        titles = f'Print_Titles" localSheetId="{at}"' in parts["xl/workbook.xml"]
        assert sheet in CHARTED or ('state="frozen"' in body and titles), sheet
    drawn = [part for member, part in parts.items() if member.startswith("xl/charts/")]
    assert all(place.strip("'") in sheets for part in drawn for place in re.findall(r"<c:f>(.*?)!", part))
    assert bool(drawn) == bool(CHARTED & set(sheets))


@pytest.mark.parametrize("name", OFFICIAL)
def test_an_official_document_keeps_the_standard(printed: Printed, name: str) -> None:
    assert [each.words for each in check_official(printed.documents[name].content)] == []
