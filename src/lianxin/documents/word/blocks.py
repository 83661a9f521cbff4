"""A paper as blocks: headings, lines of facts, tables. The same blocks become Word or PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Title:
    """The title of the paper, centred, with a line below it (office, year) when there is one."""

    text: str
    under: str = ""


@dataclass(frozen=True)
class Heading:
    """The heading of a part, with what is counted at its right; kept with what follows."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph; `large` is what somebody reads out standing."""

    text: str
    align: Align = "left"
    small: bool = False
    large: bool = False


@dataclass(frozen=True)
class GridColumn:
    """One column of a table; `share` of the width."""

    label: str
    share: float
    align: Align = "left"


@dataclass(frozen=True)
class Grid:
    """A table that may run over pages, its head repeated; without labels there is no head."""

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def headed(self) -> bool:
        """Whether any column has a label."""
        return any(column.label for column in self.columns)


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page."""


Block: TypeAlias = Title | Heading | Text | Grid | NewPage


@dataclass(frozen=True)
class BlockPaper:
    """A whole paper: its blocks, its name and office for the properties, which way the sheet lies."""

    blocks: Sequence[Block]
    title: str
    author: str
    landscape: bool = False
