"""What a document says and how many pages it has, kept as text beside the tests; `python -m tests.documents.reference`
writes it anew after a document was changed on purpose, so that the change is read in the diff."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from openpyxl import load_workbook

from tests.documents.full_office import Made, every_document, full_office
from tests.documents.rendering import to_pdf

FOLDER = Path(__file__).parent / "references"
_MOST_LINES = 90
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


_VOLATILE = {
    "verification-sheet": re.compile(r"[0-9a-f][0-9a-f ]{7,}|\b\d[\d,]{2,}\b"),
    "handover-list": re.compile(r"\d{5}(?: \d{5}){3}"),
}
"""Fingerprints, sizes and 核对码 of files, which change with any document in them."""
_DIGITS_ONLY = re.compile(r"[0-9a-f ,]+")


def told(made: Made, pages: int) -> str:
    """Pages, then every paragraph, row of a table and cell in order; a long document is cut with its length."""
    lines = [line.rstrip() for line in _lines(made)]
    if volatile := _VOLATILE.get(made.paper.name):
        # A long fingerprint is broken where its own digits are wide, so such lines are no part of the comparison.
        lines = [volatile.sub("＃", line) for line in lines if not _DIGITS_ONLY.fullmatch(line)]
    shown = lines[:_MOST_LINES]
    if len(lines) > len(shown):
        shown.append(f"…… 共{len(lines)}行")
    return "\n".join([f"页数：{pages}", *shown]) + "\n"


def printed(documents: Sequence[Made], folder: Path) -> Mapping[str, Path]:
    """Name of each document → its PDF; what is made as PDF is printed as it is, plain text not at all."""
    opened = {each.file: each.content for each in documents if each.paper.ending in (".docx", ".xlsx")}
    found = {Path(name).stem: path for name, path in to_pdf(opened, folder).items()}
    for each in documents:
        if each.paper.ending == ".pdf":
            found[each.name] = folder / each.file
            found[each.name].write_bytes(each.content)
    return found


def pages_in(pdf: Path) -> int:
    """How many pages a PDF has."""
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("Pages:"))


def _lines(made: Made) -> Iterator[str]:
    match made.paper.ending:
        case ".docx":
            yield from _word(made.content)
        case ".xlsx":
            yield from _excel(made.content)
        case ".pdf":
            yield from _pdf(made.content)
        case _:
            yield from made.content.decode("utf-8").splitlines()


def word_parts(content: bytes) -> Iterator[tuple[str, Element]]:
    """The body of a Word file, then its headers and footers by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        named = sorted(name for name in packed.namelist() if name.startswith(("word/header", "word/footer")))
        for name in ("word/document.xml", *named):
            yield name.removeprefix("word/").removesuffix(".xml"), fromstring(packed.read(name))


def _word(content: bytes) -> Iterator[str]:
    for name, part in word_parts(content):
        lines = list(_blocks(part[0] if name == "document" else part))
        if name != "document" and any(lines):
            yield f"【{name}】"
        yield from lines if name == "document" else (line for line in lines if line)


def _blocks(within: Element) -> Iterator[str]:
    for block in within:
        if block.tag == f"{_W}p":
            yield _text(block)
        elif block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                yield "| " + " | ".join(
                    " / ".join(_text(each) for each in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")
                )


def _text(paragraph: Element) -> str:
    parts = {f"{_W}tab": "\t", f"{_W}br": "⏎", f"{_W}drawing": "［图］"}
    return "".join(
        (node.text or "") if node.tag == f"{_W}t" else parts.get(node.tag, "") for node in paragraph.iter()
    )


def _excel(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        yield f"【{sheet.title}】{sheet.dimensions}"
        for row in sheet.iter_rows(values_only=True):
            yield "| " + " | ".join("" if value is None else str(value) for value in row)


def _pdf(content: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.pdf"
        path.write_bytes(content)
        said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    yield from (line for line in said.stdout.replace("\f", "").splitlines() if line.strip())


def main() -> None:
    """Writes every reference file anew and takes away those of documents that are no more."""
    with tempfile.TemporaryDirectory() as folder:
        desk = full_office(Path(folder) / "office")
        documents = every_document(desk)
        desk.store.close()
        pdfs = printed(documents, Path(folder) / "printed")
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob("*.txt"):
            old.unlink()
        for each in documents:
            pages = pages_in(pdfs[each.name]) if each.name in pdfs else 1
            (FOLDER / f"{each.name}.txt").write_text(told(each, pages), "utf-8")
    print(f"{len(documents)} reference files in {FOLDER}")


if __name__ == "__main__":
    main()
