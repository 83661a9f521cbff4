"""What the tables of a form say, told by the labels beside and above its cells, and the same tables as a template.

A cell set in 黑体 is a label; what stands right of it is its value. A row of nothing but labels is the head of a list,
and the rows below it are its items. A table with neither has no names: it is carried whole.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lianxin.documents.measuring.faces import HEITI
from lianxin.documents.templates.filling import Item, Values
from lianxin.documents.word.text import Face, element, face_properties

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    Xml = BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLAIN = Face("仿宋_GB2312", 10.5)
LIST = "表"
"""Lists are called 表1, 表2 … in their order; a form with one table has 表1 only."""


@dataclass(frozen=True)
class _Place:
    """Where something is said: the cell, under its name; or a row of a list, under the name of the list."""

    name: str
    cells: Sequence[Xml]
    columns: Sequence[str] = ()

    @property
    def item(self) -> Item:
        """The cells of a row by the labels above them."""
        return dict(zip(self.columns, map(_text, self.cells), strict=False))


@dataclass
class _Names:
    """The names given so far in one document."""

    taken: frozenset[str]
    lists: int = 0
    given: set[str] = field(default_factory=set)

    def of(self, label: str) -> str:
        """The name of a cell; one that an element of every document has is told apart."""
        return f"表内{label}" if label in self.taken else label

    def next_list(self) -> str:
        """The name of one more list."""
        self.lists += 1
        return f"{LIST}{self.lists}"


def is_named(table: Xml) -> bool:
    """Whether any cell of a table can be told by a label."""
    return any(True for _ in _places(table, _Names(frozenset())))


def cell_values(tables: Sequence[Xml], taken: frozenset[str]) -> Values:
    """What the cells of one document say, by name; of a name that comes again the first counts."""
    names = _Names(taken)
    values: dict[str, str | list[Item]] = {}
    for table in tables:
        for place in _places(table, names):
            if place.columns:
                rows = values.setdefault(place.name, [])
                assert isinstance(rows, list)
                rows.append(place.item)
            else:
                values.setdefault(place.name, _text(place.cells[0]))
    return {name: value if isinstance(value, str) else tuple(value) for name, value in values.items()}


def with_fields(tables: Sequence[Xml], taken: frozenset[str]) -> None:
    """Puts {{names}} in place of what the tables say; of a list one row stays. Rows may grow with what comes in."""
    names = _Names(taken)
    for table in tables:
        begun: set[str] = set()
        for place in list(_places(table, names)):
            if place.columns and place.name in begun:
                take_away(place.cells[0].getparent())
                continue
            begun.add(place.name)
            said = [f"{place.name}.{each}" for each in place.columns] or [place.name]
            for cell, name in zip(place.cells, said, strict=False):
                _say(cell, f"{{{{{name}}}}}")
        for height in table.iter(f"{_W}trHeight"):
            height.set(f"{_W}hRule", "atLeast")


def _places(table: Xml, names: _Names) -> Iterator[_Place]:
    columns: tuple[str, ...] = ()
    listed = ""
    for row in table.iterchildren(f"{_W}tr"):
        cells = list(row.iterchildren(f"{_W}tc"))
        labels = [_label(cell) for cell in cells]
        if len(cells) > 1 and all(labels):
            columns, listed = _apart(labels), names.next_list()
        elif not any(labels) and len(cells) == len(columns):
            yield _Place(listed, cells, columns)
        else:
            columns = ()
            yield from _beside(cells, labels, names)


def _beside(cells: Sequence[Xml], labels: Sequence[str], names: _Names) -> Iterator[_Place]:
    """The value right of each label; a second cell without a label of its own is said by nobody."""
    label = ""
    for cell, own in zip(cells, labels, strict=True):
        if not own and label:
            yield _Place(names.of(label), [cell])
        label = own


def _apart(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels of one head, those that come again with a number."""
    return tuple(
        label if label not in labels[:at] else f"{label}{labels[:at].count(label) + 1}"
        for at, label in enumerate(labels)
    )


def _label(cell: Xml) -> str:
    """The words of a label without its gaps and line breaks; "" for a cell that is none."""
    runs = [
        run for run in cell.iter(f"{_W}r") if "".join(text.text or "" for text in run.iter(f"{_W}t")).strip()
    ]
    if not runs or not all(_east(run).lower() in HEITI.same for run in runs):
        return ""
    return "".join(_text(cell).split()).replace("{", "").replace("}", "")


def _east(run: Xml) -> str:
    fonts = run.find(f"{_W}rPr/{_W}rFonts")
    return "" if fonts is None else fonts.get(f"{_W}eastAsia") or ""


def _text(cell: Xml) -> str:
    """The lines of a cell, without empty ones at its ends."""
    lines = (line_of(paragraph) for paragraph in cell.iterchildren(f"{_W}p"))
    return "\n".join(lines).strip("\n")


def line_of(paragraph: Xml) -> str:
    """The text of a paragraph with its tabs and line breaks."""
    told = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    return "".join(told.get(each.tag, each.text or "") for run in paragraph.iterchildren(f"{_W}r")
                   for each in run.iterchildren(f"{_W}t", *told))  # fmt: skip


def _say(cell: Xml, words: str) -> None:
    """One paragraph with these words, set as the first of the cell was; lines to write on go."""
    first, *others = cell.iterchildren(f"{_W}p")
    for other in others:
        take_away(other)
    for ruled in first.findall(f"{_W}pPr/{_W}pBdr"):
        take_away(ruled)
    runs = list(first.iterchildren(f"{_W}r"))
    look = None if not runs else runs[0].find(f"{_W}rPr")
    made = element("w:r")
    if look is None:
        look = element("w:rPr")
        look.extend(face_properties(_PLAIN))
    made.append(copy.deepcopy(look))
    text = element("w:t")
    text.text = words
    made.append(text)
    for run in runs:
        take_away(run)
    first.append(made)


def take_away(held: Xml | None) -> None:
    """Out of what it stands in."""
    parent = None if held is None else held.getparent()
    if held is not None and parent is not None:
        parent.remove(held)
