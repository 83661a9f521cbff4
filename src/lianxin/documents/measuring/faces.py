"""The faces the standard names, the cuts of them that offices have, and what stands in for them (domain.md 4.14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lianxin.documents.measuring.findings import Deviation, Deviations, Weight
from lianxin.documents.measuring.reading import Run


@dataclass(frozen=True)
class Family:
    """A face: its name in the standard, names of the same face, and substitutes that printers accept."""

    name: str
    same: frozenset[str]
    substitutes: frozenset[str] = frozenset()


FANGSONG = Family(
    "仿宋",
    frozenset({"仿宋", "仿宋_gb2312", "fangsong", "fangsong_gb2312", "方正仿宋_gbk", "方正仿宋_gb18030", "方正仿宋_gb2312",
               "方正仿宋简体", "simfang"}),
    frozenset({"华文仿宋", "stfangsong"}),
)  # fmt: skip
XIAOBIAOSONG = Family(
    "小标宋",
    frozenset({"方正小标宋简体", "方正小标宋_gbk", "方正小标宋_gb18030", "方正小标宋_gb2312", "小标宋体", "小标宋",
               "文星标宋", "汉鼎简大宋"}),
    frozenset({"华文中宋", "stzhongsong"}),
)  # fmt: skip
HEITI = Family(
    "黑体",
    frozenset({"黑体", "simhei", "方正黑体_gbk", "方正黑体_gb18030", "方正黑体简体"}),
    frozenset({"华文黑体"}),
)
KAITI = Family(
    "楷体",
    frozenset({"楷体", "楷体_gb2312", "kaiti", "kaiti_gb2312", "方正楷体_gbk", "方正楷体_gb18030", "方正楷体_gb2312",
               "方正楷体简体", "simkai"}),
    frozenset({"华文楷体", "stkaiti"}),
)  # fmt: skip
SONG = Family(
    "宋体",
    frozenset({"宋体", "simsun", "新宋体", "nsimsun", "方正书宋_gbk", "方正书宋_gb18030"}),
    frozenset({"华文宋体"}),
)


def face_deviation(place: str, what: str, font: str, family: Family, clause: str) -> Deviations:
    """A deviation for another face, a remark for an accepted substitute."""
    key = font.strip().casefold()
    if key in family.same:
        return
    weight: Weight = "remark" if key in family.substitutes else "deviation"
    yield Deviation(place, what, font or "没有指定", family.name, clause, weight)


_PLAIN, _HALF_DIGITS = "5.2.2", frozenset("0123456789")
_DIGIT_FACES = frozenset({"times new roman"}).union(
    *(family.same | family.substitutes for family in (FANGSONG, XIAOBIAOSONG, HEITI, KAITI, SONG))
)
_BLACK = ("", "AUTO", "000000")


def plain_deviations(place: str, runs: Iterable[Run]) -> Deviations:
    """What holds for every element below the head: black, with half-width digits of 仿宋 or of a Latin face for it."""
    told = [run for run in runs if run.text.strip()]
    if any(run.colour not in _BLACK for run in told):
        yield Deviation(place, "文字颜色", "不是黑色", "黑色", "5.2.4")
    wide = "".join(char for run in told for char in run.text if char.isdigit() and char not in _HALF_DIGITS)
    if wide:
        yield Deviation(place, "数字", f"全角“{wide}”", "半角阿拉伯数字", _PLAIN)
    faces = {run.latin for run in told if _HALF_DIGITS.intersection(run.text)}
    for face in sorted(face for face in faces if face.casefold() not in _DIGIT_FACES):
        yield Deviation(place, "数字字体", face or "没有指定", "仿宋或Times New Roman", _PLAIN)
