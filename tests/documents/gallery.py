"""`python3 dev.py gallery`: page one of every document as a small picture in docs/gallery, with a list of them."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from tests.documents.full_office import Made, every_document, full_office
from tests.documents.reference import pages_in, printed
from tests.house.measures import ROOT

FOLDER = ROOT / "docs" / "gallery"
MOST_BYTES = 40_000
_LONG_SIDES = (900, 760, 640, 520)
_GREYS = 8
_EMPTY = "没有记录".encode()
_HEAD = """# 文书样张

示例单位（虚构）的每一种文书第一页，由 LibreOffice 排版。没有记录的登记簿不列。用 `python3 dev.py gallery` 重新生成。
没有用 WPS 排过版；字体是本机的代用字体，装有方正小标宋、仿宋_GB2312 的电脑上会不同。

"""


def picture(pdf: Path) -> bytes:
    """Page one in a few greys, as large as the limit allows."""
    for side in _LONG_SIDES:
        drawn = subprocess.run(
            ["pdftoppm", "-f", "1", "-l", "1", "-gray", "-scale-to", str(side), str(pdf)],
            capture_output=True,
            check=True,
        )
        held = io.BytesIO()
        Image.open(io.BytesIO(drawn.stdout)).quantize(_GREYS).save(held, "PNG", optimize=True)
        if held.tell() <= MOST_BYTES:
            break
    return held.getvalue()


def main() -> None:
    """Draws every document anew and takes away the pictures of those that are no more."""
    with tempfile.TemporaryDirectory() as folder:
        desk = full_office(Path(folder) / "office")
        documents = [each for each in every_document(desk) if not _empty(each)]
        desk.store.close()
        pdfs = printed(documents, Path(folder) / "printed")
        shown = [each for each in documents if each.name in pdfs]
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.png"):
            old.unlink()
        for each in shown:
            (FOLDER / f"{each.name}.png").write_bytes(picture(pdfs[each.name]))
        lines = [_line(each, pages_in(pdfs[each.name])) for each in shown]
    (FOLDER / "README.md").write_text(_HEAD + _table(lines), "utf-8")
    print(f"{len(shown)} pictures in {FOLDER}")


def _empty(made: Made) -> bool:
    """Whether this is the book of a register without a record: they all look alike."""
    from tests.documents.reading_back import every_byte

    return made.name.endswith("-ledger") and _EMPTY in every_byte(made.content)


def _line(made: Made, pages: int) -> str:
    blank = "（空白）" if made.name != made.paper.name else ""
    official = "是" if made.paper.official else ""
    return f"| {made.paper.label}{blank} | `{made.paper.name}` | {pages} | {official} | [样张]({made.name}.png) |"


def _table(lines: Sequence[str]) -> str:
    head = ["| 文书 | 名称 | 页数 | 公文格式 | |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *lines]) + "\n"


if __name__ == "__main__":
    main()
