"""代表基本信息和履职情况公示: a table of names and counts, nothing of persons but what is named here (代表法 §58)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents.blackout import blacked_out
from lianxin.documents.word.blocks import BlockPaper, Grid, GridColumn, Text, Title
from lianxin.documents.word.blocks_docx import blocks_docx
from lianxin.domain.dates import show_day


@dataclass(frozen=True)
class PublicLine:
    """All that is made public of one deputy. A field that is not here cannot be printed.

    Attendance as “4/5”: came, of how many; the other figures are counts.
    """

    name: str
    sex: str
    district: str
    work: str
    meetings: str
    activities: str
    training: str
    suggestions: int
    receptions: int
    visits: int
    deeds: int
    reported: str


@dataclass(frozen=True)
class PublicSheet:
    """The sheet of one level and year, as it is put up."""

    office: str
    level: str
    year: int
    day: date
    days: int
    phone: str
    lines: Sequence[PublicLine]

    @property
    def title(self) -> str:
        """乡级人大代表2026年度履职情况公示."""
        return f"{self.level}级人大代表{self.year}年度履职情况公示"


_COLUMNS = (
    GridColumn("序号", 5, "center"), GridColumn("姓名", 9, "center"), GridColumn("性别", 5, "center"),
    GridColumn("选区", 11, "center"), GridColumn("单位及职务", 20), GridColumn("会议\n到/应到", 9, "center"),
    GridColumn("视察调研\n小组活动", 9, "center"), GridColumn("学习培训", 8, "center"),
    GridColumn("议案建议\n（件）", 8, "center"), GridColumn("接待选民\n（次）", 8, "center"),
    GridColumn("联系走访\n（次）", 8, "center"), GridColumn("办实事\n（件）", 7, "center"),
    GridColumn("述职", 7, "center"),
)  # fmt: skip


def publication_docx(sheet: PublicSheet) -> bytes:
    """The sheet as Word on A4 across, free text without numbers of phones or identity cards."""
    return blocks_docx(_paper(sheet))


def publication_words(sheet: PublicSheet) -> str:
    """Everything on the sheet that somebody typed freely, for the check before it is put up."""
    return "\n".join(f"{one.work}\n{one.district}" for one in sheet.lines)


def _rows(sheet: PublicSheet) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(at), one.name, one.sex, one.district, blacked_out(one.work), one.meetings, one.activities,
            one.training, str(one.suggestions), str(one.receptions), str(one.visits), str(one.deeds), one.reported,
        )
        for at, one in enumerate(sheet.lines, 1)
    )  # fmt: skip


def _paper(sheet: PublicSheet) -> BlockPaper:
    until = f"公示期{sheet.days}天。" if sheet.days else ""
    told = f"对公示内容有不同意见的，请与镇人大联系{f'（电话：{sheet.phone}）' if sheet.phone else ''}。"
    law = "根据《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》第五十八条，现将"
    blocks = (
        Title(sheet.title),
        Text(f"　　{law}{sheet.level}级人大代表基本信息和{sheet.year}年度履职情况公示如下。{until}{told}", small=True),
        Grid(_COLUMNS, _rows(sheet)),
        Text(f"{sheet.office}\n{show_day(sheet.day)}", "right"),
    )  # fmt: skip
    return BlockPaper(blocks, sheet.title, sheet.office, landscape=True)
