"""盒脊 labels and 卷内目录 of archive boxes, in the fields of DA/T 22 (归档文件整理规则)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, NewPage, Text, Title
from lianxin.documents.word.blocks_docx import blocks_docx
from lianxin.documents.word.form_page import form_page
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import Face, Layout, Piece, document_bytes, page_break

_A_ROW = 4
_WIDTH = 42.0
_HEIGHTS = (12.0, 24.0, 12.0, 138.0, 12.0, 12.0, 12.0, 14.0)
_SMALL, _BIG = Face("宋体", 10.5), Face("黑体", 20)


@dataclass(frozen=True)
class FolderItem:
    """One document in a folder: number and author as far as it has them, title, day as 20261120, pages (0: not counted)."""

    title: str
    author: str
    day: str
    number: str = ""
    note: str = ""
    pages: int = 0


@dataclass(frozen=True)
class Folder:
    """One numbered folder of a year; `keep` is how long the archive keeps it."""

    number: int
    title: str
    items: tuple[FolderItem, ...]
    keep: str
    first: int = 1

    @property
    def pieces(self) -> range:
        """件号 of its items: they go on over the boxes of one year and one 保管期限 (DA/T 22-2015)."""
        return range(self.first, self.first + len(self.items))


@dataclass(frozen=True)
class BoxYear:
    """Whose year the boxes hold; `fonds` is the 全宗号, empty where the archive has given none yet."""

    office: str
    year: int
    fonds: str = ""


_COLUMNS = (
    GridColumn("件号", 0.7, "center"), GridColumn("责任者", 2.4), GridColumn("文号", 0.9), GridColumn("题名", 3.6),
    GridColumn("日期", 1.2, "center"), GridColumn("页数", 0.7, "center"), GridColumn("备注", 0.8),
)  # fmt: skip


def contents_docx(folders: Sequence[Folder], year: BoxYear) -> bytes:
    """卷内目录: a page for each folder."""
    blocks: list[Block] = []
    for folder in folders:
        if blocks:
            blocks.append(NewPage())
        blocks.append(Title("卷内目录", f"{year.office}　{year.year}年　第{folder.number}盒　{folder.title}"))
        rows = tuple(
            (f"{at:04}", item.author, item.number, item.title, item.day, str(item.pages or ""), item.note)
            for at, item in zip(folder.pieces, folder.items, strict=True)
        )
        pages = sum(item.pages for item in folder.items)
        counted = all(item.pages for item in folder.items)
        sums = f"本盒{len(rows)}件" + (f"，共{pages}页。" if counted else "，页数打印后填写。")
        blocks.append(Grid(_COLUMNS, rows))
        blocks.append(Text(f"{sums}保管期限：{folder.keep}。", small=True))
        blocks.append(
            Text("整理人：＿＿＿＿＿＿　检查人：＿＿＿＿＿＿　　　　　年　　月　　日", "right", small=True)
        )
    return blocks_docx(BlockPaper(blocks, "卷内目录", year.office))


def spines_docx(folders: Sequence[Folder], year: BoxYear) -> bytes:
    """盒脊: four labels a page, to be cut out along the lines."""
    document = form_page()
    for first in range(0, len(folders), _A_ROW):
        if first:
            page_break(document)
        add_form(document, _rows(folders[first : first + _A_ROW], year))
    return document_bytes(document, title="盒脊标签", author=year.office)


def _rows(folders: Sequence[Folder], year: BoxYear) -> list[FormRow]:
    told = [
        [_words(f"全宗号：{year.fonds or '＿＿＿＿'}") for _ in folders],
        [_words(year.office) for _ in folders],
        [_words(f"{year.year}年") for _ in folders],
        [_upright(folder.title) for folder in folders],
        [_words("机构：人大") for _ in folders],
        [_words(f"件号：{_pieces(folder)}") for folder in folders],
        [_words(f"盒号：{folder.number:02}") for folder in folders],
        [_words(f"保管期限：{folder.keep}") for folder in folders],
    ]
    return [FormRow(height, tuple(cells)) for height, cells in zip(_HEIGHTS, told, strict=True)]


def _pieces(folder: Folder) -> str:
    first, last = folder.pieces[0], folder.pieces[-1]
    return f"{first:04}" + (f"—{last:04}" if last > first else "")


def _words(text: str) -> FormCell:
    return FormCell(_WIDTH, ((Piece(text, _SMALL),),), Layout(align="center", line=14, size=10.5))


def _upright(text: str) -> FormCell:
    """One character below the other, as on the back of a box."""
    lines = tuple((Piece(char, _BIG),) for char in text)
    return FormCell(_WIDTH, lines, Layout(align="center", line=28, size=20))
