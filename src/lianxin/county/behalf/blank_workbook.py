"""The blank workbook this county hands out, made from the dictionary and from what the importer knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from lianxin.domain import codes
from lianxin.domain.codes import CodeList
from lianxin.domain.dictionary import Spec, kind_named
from lianxin.domain.figures.of_period import Facts, figures
from lianxin.domain.periods import Period
from lianxin.ledgers import deputies, visit_columns
from lianxin.ledgers.return_sheet import TOWN
from lianxin.office.desk import office_of
from lianxin.office.importing.suggestions import COLUMNS as SUGGESTION_COLUMNS
from lianxin.office.paperwork.paper import Asked, Paper

if TYPE_CHECKING:
    from lianxin.documents.workbooks.blank_workbook import BlankColumn, BlankSheet
    from lianxin.ledgers.headings import Column

NAME, LABEL = "blank-workbook", "乡镇报送空白工作簿"
_Entry = Literal["text", "choice", "day", "count"]
RETURN_SHEET = "报表汇总"
_NOTES = (
    "每月把当月的内容填进来，文件名写明乡镇和月份（如 某某乡2026年11月.xlsx），连同盖章的报表一起报县人大。",
    "表名、表头不要改，不要合并单元格，不要加合计行；没有内容的表留空，行不够可以往下加。",
    "来访、走访一次写一行；提了意见建议的，办理情况接着写在同一行，不要在“意见建议”表里再写一遍。",
    "更正时改好整本重新报，县里以后报的一本为准。",
)
_VISITS = (
    "day", "place", "deputies", "channel", "visitors", "sex", "address", "phone", "persons", "words", "category",
    "handling", "unit", "assigned", "due", "closed", "result", "satisfaction", "remark",
)  # fmt: skip
_MATTERS = (
    "day", "channel", "deputies", "words", "category", "handling", "unit", "assigned", "due", "closed", "result",
    "satisfaction", "remark",
)  # fmt: skip
_DAYS = ("day", "place", "deputies", "words")
_ROSTER = (
    "name", "sex", "nation", "born", "party", "schooling", "work", "level", "district", "phone", "group", "station",
    "elected", "remark",
)  # fmt: skip
_SUGGESTIONS = (
    "title", "words", "person", "signers", "registered", "category", "unit", "assigned", "answered", "result",
    "satisfaction", "remark",
)  # fmt: skip
_ACTIVITY = ("date", "type", "topic", "place", "came", "summary", "remark")
_MEETING = ("date", "type", "name", "place", "chair", "remark")
_DEED = ("date", "person", "what", "households", "persons", "remark")
_PUBLICITY = ("date", "title", "author", "media", "level", "remark")
_HANDLING = ("当场答复", "转交办理", "转报县人大", "告知引导", "不需办理")
_NOBODY = ("无人来访",)
_LISTS: Mapping[str, CodeList] = {
    "channel": codes.CHANNEL,
    "sex": codes.SEX,
    "category": codes.CATEGORY,
    "satisfaction": codes.SATISFACTION,
    "party": codes.PARTY,
}
_DAY_FIELDS = frozenset({"day", "assigned", "due", "closed", "registered", "answered", "elected"})
_WIDE: Mapping[str, float] = {"words": 42, "result": 22, "remark": 16, "address": 18, "work": 24, "title": 26,
                              "what": 42, "topic": 26, "summary": 36, "came": 30, "signers": 24}  # fmt: skip
_HOW: Mapping[str, str] = {
    "visitors": "几个人一起来的，用顿号分开",
    "deputies": "写姓名，几位用顿号分开",
    "persons": "来了几个人，不写按1人算",
    "words": "按来访人原话写",
    "born": "如 1978-06",
    "level": "几级代表都写上，用顿号分开，如：乡、县",
    "signers": "用顿号分开",
    "came": "写姓名，用顿号分开",
    "result": "怎样办的、办到什么程度",
    "phone": "手机号或带区号的座机",
}


def blank_workbook(asked: Asked) -> bytes:
    """The workbook of this county; with a period it stands in every title."""
    from lianxin.documents.workbooks.blank_workbook import blank_workbook_xlsx

    office = office_of(asked.reading)
    told = asked.period or Period.parse("2026")
    sheets = (_return_sheet(asked, told), *_sheets())
    return blank_workbook_xlsx(
        sheets, county=office.name, period=asked.period.label if asked.period else "", notes=_NOTES
    )


BLANK_PAPERS = (Paper(NAME, LABEL, ".xlsx", "period or all", blank_workbook),)


def _sheets() -> Iterator[BlankSheet]:
    from lianxin.documents.workbooks.blank_workbook import BlankSheet

    visit, roster = visit_columns.COLUMNS, deputies.COLUMNS
    yield BlankSheet("代表", "每年报一次，有变动时再报。", _known(roster, _ROSTER))
    yield BlankSheet("来访走访", "一次来访写一行。", _known(visit, _VISITS))
    yield BlankSheet("意见建议", "不是来访走访时收集的意见写在这里。", _known(visit, _MATTERS))
    yield BlankSheet("接待日", "只写没有群众来访的接待日。", tuple(_reception_days()), 40)
    yield BlankSheet(
        "代表议案建议", "人代会上和闭会期间代表提的建议。", _known(SUGGESTION_COLUMNS, _SUGGESTIONS), 60
    )
    for kind, wires, note in (
        ("activity", _ACTIVITY, "视察、调研、执法检查、培训、座谈等，一次一行。"),
        ("meeting", _MEETING, "主席团会议、人代会等，一次一行。"),
        ("deed", _DEED, "代表为群众办的实事，一件一行。"),
        ("publicity", _PUBLICITY, "被采用的信息，一篇一行。"),
    ):
        yield BlankSheet(kind_named(kind).LABEL, note, tuple(_declared(kind, wires)), 60)


def _return_sheet(asked: Asked, period: Period) -> BlankSheet:
    """The figures of the return by their names; a township that keeps no ledgers fills only this sheet."""
    from lianxin.documents.workbooks.blank_workbook import BlankColumn, BlankSheet

    empty = figures(period, Facts(), profile=asked.desk.profile)
    columns = tuple(
        BlankColumn(each.label, "text" if each.unit == "%" else "count", 9, note=each.definition[:60])
        for each in empty.columns()
    )
    town = BlankColumn(TOWN, width=12, note="写乡镇全称", required=True)
    return BlankSheet(
        RETURN_SHEET, "只有总数、没有台账的乡镇只填这一张；有台账的不用填。", (town, *columns), 1
    )


def _known(columns: Sequence[Column], names: Sequence[str]) -> tuple[BlankColumn, ...]:
    by_name = {column.name: column for column in columns}
    return tuple(_blank(by_name[name].name, by_name[name].label, by_name[name].required) for name in names)


def _reception_days() -> Iterator[BlankColumn]:
    from lianxin.documents.workbooks.blank_workbook import BlankColumn

    for column in _known(visit_columns.COLUMNS, _DAYS):
        nobody = column.label == "反映问题"
        yield (
            BlankColumn(column.label, "choice", 16, _NOBODY, "选“无人来访”", required=True)
            if nobody
            else column
        )


def _declared(kind: str, wires: Sequence[str]) -> Iterator[BlankColumn]:
    specs = {spec.wire: spec for spec in kind_named(kind).fields()}
    for wire in wires:
        spec = specs.get(wire)
        yield _of_spec(spec) if spec is not None else _blank(wire, "参加人员", False)


def _of_spec(spec: Spec) -> BlankColumn:
    from lianxin.documents.workbooks.blank_workbook import BlankColumn

    kinds: Mapping[str, _Entry] = {"day": "day", "count": "count", "code": "choice"}
    choices = tuple(code.label for code in spec.kind.codes.codes) if spec.kind.codes else ()
    kind: _Entry = kinds.get(spec.kind.name, "text")
    width = _WIDE.get(spec.wire, 13)
    return BlankColumn(spec.label, kind, width, choices, spec.note or _HOW.get(spec.wire, ""), spec.required)


def _blank(name: str, label: str, required: bool) -> BlankColumn:
    from lianxin.documents.workbooks.blank_workbook import BlankColumn

    note, width = _HOW.get(name, ""), _WIDE.get(name, 12)
    if name in _LISTS:
        choices = tuple(code.label for code in _LISTS[name].codes)
        return BlankColumn(label, "choice", width, choices, note, required)
    if name == "handling":
        return BlankColumn(label, "choice", width, _HANDLING, "其他情况可以直接写", required, strict=False)
    kind: _Entry = "day" if name in _DAY_FIELDS else "count" if name == "persons" else "text"
    return BlankColumn(label, kind, width, (), note, required)
