"""Papers opened by LibreOffice and measured on the page: what a printer would print, not what the file says."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', re.DOTALL
)
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_SECONDS = 600


@dataclass(frozen=True)
class Line:
    """One printed line: its text and its box in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def to_pdf(papers: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Opens every paper (file name → content) with LibreOffice in one start and prints it to PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = []
    for name, content in papers.items():
        source = folder / name
        source.write_bytes(content)
        sources.append(str(source))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    done = subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder / "pdf"), *sources],
        capture_output=True, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip
    made = {name: folder / "pdf" / f"{Path(name).stem}.pdf" for name in papers}
    missing = [name for name, path in made.items() if not path.is_file()]
    assert not missing, f"LibreOffice opened {missing} not: {done.stdout}{done.stderr}"
    return made


@dataclass(frozen=True)
class Page:
    """One printed page: its size in points and its words with their boxes."""

    width: float
    height: float
    words: tuple[Line, ...]


def sheets_of(pdf: Path) -> list[Page]:
    """Every page with its size and its words, in the order in which the file holds them."""
    told = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    return [
        Page(float(width), float(height), tuple(_words(page)))
        for width, height, page in _PAGE.findall(told.stdout)
    ]


def pages_of(pdf: Path) -> list[list[Line]]:
    """The printed lines of every page, from the top; words of one height are one line."""
    return [_lines(page.words) for page in sheets_of(pdf)]


def _words(page: str) -> list[Line]:
    return [
        Line(html.unescape(text), *(float(number) for number in (left, top, right, bottom)))
        for left, top, right, bottom, text in _WORD.findall(page)
    ]


def _lines(words: Sequence[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for word in sorted(words, key=lambda each: (each.bottom, each.left)):
        if rows and abs(rows[-1][0].bottom - word.bottom) < 4:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [
        Line(
            "".join(word.text for word in sorted(row, key=lambda each: each.left)),
            min(word.left for word in row),
            min(word.top for word in row),
            max(word.right for word in row),
            max(word.bottom for word in row),
        )
        for row in rows
    ]
