"""What measuring finds: a deviation with its place, what is there, and what the standard asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lianxin.documents.word.type_area import POINTS_A_MM

Weight = Literal["deviation", "remark"]


class NotMeasurable(ValueError):
    """The file is no Word document that can be read; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Deviation:
    """One point of the standard that the document does not keep.

    `clause` is the clause of GB/T 9704-2012. A remark is a substitute that the standard's printers accept but that
    is not what it names, such as another cut of the same face; it does not fail a document.
    """

    place: str
    what: str
    found: str
    asked: str
    clause: str
    weight: Weight = "deviation"

    @property
    def words(self) -> str:
        """The whole as one sentence."""
        return f"{self.place}：{self.what}是{self.found}，应为{self.asked}（GB/T 9704-2012 {self.clause}）"


Deviations = Iterator[Deviation]


NOT_SAID = "没有写明"
"""Word and WPS leave out what they take from their own defaults."""


def millimetres(points: float) -> str:
    """Points as people say lengths: 37毫米, 35.6毫米; a length of nothing is one the file does not tell."""
    if not points:
        return NOT_SAID
    return f"{points / POINTS_A_MM:.1f}".removesuffix(".0") + "毫米"


_SIZE_NAMES = {42: "初号", 36: "小初", 26: "一号", 24: "小一号", 22: "二号", 18: "小二号", 16: "三号", 15: "小三号",
               14: "四号", 12: "小四号", 10.5: "五号", 9: "小五号"}  # fmt: skip


def size_named(points: float) -> str:
    """A size by its Chinese name where it has one: 三号 (16磅)."""
    name = _SIZE_NAMES.get(points)
    return f"{name}（{points:g}磅）" if name else f"{points:g}磅"
