"""代表履职登记表: what one deputy did in a year, line by line, with who can witness it; or blank (domain.md 4.13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lianxin.domain.dates import show_day_short
from lianxin.domain.records import Contact, Deed
from lianxin.domain.scoring.performance import FileRow, PerformanceFile
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.paper import Asked, Paper
from lianxin.office.paperwork.templates import in_own_look, own_look
from lianxin.office.scoring.performance_file import file_in, paper_year
from lianxin.store.reading import Reading

TITLE = "代表履职登记表"
BLANK_LINES = 16
"""Rows of a blank form, high enough for two lines by hand."""
_FEWEST_LINES = 5
_MATTERS: Mapping[str, str] = {
    "meetings": "会议", "inspection": "调研", "training": "学习宣传", "group": "小组活动", "suggestions": "建议",
    "contacts": "联系选民", "supervised": "接受监督",
}  # fmt: skip
"""Sections of the performance file → 事项 as the printed register calls them (domain.md 4.13)."""
_NAME = "duty-register"
_COLUMNS = (("日期", 1.3), ("事项", 1.2), ("内容", 4.6), ("结果", 2.0), ("证明人", 1.2))


def duty_register(desk: Desk, mandate: str, year: int) -> tuple[str, bytes]:
    """File name and content of the register of one mandate's holder in a year. Raises PapersProblem."""
    with desk.store.reading() as reading:
        file = file_in(desk, reading, mandate, year)
        made = own_look(desk, reading, _NAME, _docx(reading, file), [mandate])
        return f"{TITLE}_{file.name}_{year}.docx", made


def blank_register(desk: Desk) -> tuple[str, bytes]:
    """The empty form to fill in by hand."""
    with desk.store.reading() as reading:
        return f"{TITLE}（空白）.docx", own_look(desk, reading, _NAME, _docx(reading, None))


def _lines(reading: Reading, file: PerformanceFile) -> Iterator[tuple[str, ...]]:
    found = [
        (row, "办实事" if row.kind == Deed.KIND else _MATTERS[section.key])
        for section in file.sections
        if section.key in _MATTERS
        for row in section.rows
        if row.kind != Contact.KIND
    ]
    received = [row for section in file.sections for row in section.rows if row.kind == Contact.KIND]
    found += [(row, _MATTERS["contacts"]) for row in _by_days(reading, received)]
    deeds = reading.by_uid(Deed, [row.uid for row, _ in found if row.kind == Deed.KIND])
    for row, matter in sorted(found, key=lambda each: (str(each[0].day or "9"), each[0].kind, each[0].uid)):
        deed = deeds.get(row.uid)
        witness = (deed.witness or "") if deed else ""
        yield show_day_short(row.day) if row.day else "", matter, row.words, row.result, witness


def _by_days(reading: Reading, rows: Sequence[FileRow]) -> Iterator[FileRow]:
    """Twenty visitors of one reception day are one line of the register: 接待日接访7次、9人次."""
    groups: dict[tuple[date, str], list[Contact]] = {}
    for contact in reading.by_uid(Contact, [row.uid for row in rows]).values():
        groups.setdefault((contact.day, contact.shown("type")), []).append(contact)
    for (day, channel), held in groups.items():
        words = f"{channel}{len(held)}次、{sum(each.persons for each in held)}人次"
        yield FileRow(day, words, "已登记", Contact.KIND, held[0].uid)


def _docx(reading: Reading, file: PerformanceFile | None) -> bytes:
    from lianxin.documents.word.blocks import BlockPaper, Grid, GridColumn, Text, Title
    from lianxin.documents.word.blocks_docx import blocks_docx

    office = office_of(reading)
    columns = tuple(
        GridColumn(label, share, "center" if label in ("日期", "事项") else "left")
        for label, share in _COLUMNS
    )
    blank = ("\n",) * len(_COLUMNS)
    rows = tuple(_lines(reading, file)) if file else ()
    least = _FEWEST_LINES if file else BLANK_LINES
    rows += (blank,) * (least - len(rows))
    blocks = (
        Title(TITLE, f"{office.name}　{file.year if file else '＿＿＿＿'}年"),
        Text(_whose(file)),
        Grid(columns, rows),
        Text("事项填：会议、调研、小组活动、建议、学习宣传、联系选民、接受监督、办实事。", small=True),
        Text("代表签名：＿＿＿＿＿＿　　　主席团核实：＿＿＿＿＿＿　　　　　年　　月　　日"),
    )
    return blocks_docx(BlockPaper(blocks, TITLE, office.name))


def _whose(file: PerformanceFile | None) -> str:
    """姓名 级别 选区 职务 on one line."""
    facts = dict(file.facts) if file else {}
    told = (
        ("姓名", file.name if file else "＿＿＿＿"),
        ("级别", f"{file.level}级人大代表" if file else "＿＿＿＿＿"),
        ("选区", facts.get("选区", "") or "＿＿＿＿＿"),
        ("代表小组", facts.get("代表小组", "") or "＿＿＿＿＿"),
    )
    return "　".join(f"{label}：{words}" for label, words in told)


def _asked(asked: Asked) -> bytes:
    if asked.uid is None:
        return _docx(asked.reading, None)
    file = file_in(asked.desk, asked.reading, asked.uid, paper_year(asked))
    return _docx(asked.reading, file)


DUTY_REGISTER_PAPERS: Sequence[Paper] = (
    Paper(_NAME, TITLE, ".docx", "record or blank", in_own_look(_NAME, _asked)),
)
"""For the uid of a mandate and the year of the period, or blank."""
