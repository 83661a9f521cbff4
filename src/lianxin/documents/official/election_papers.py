"""Papers of an election or a choice of projects: result sheet, 公告, oath with its record, report of filing.

Sources: 组织法 §25 to §29; the decision of 2018 on the oath (domain.md 2.11); domain.md 3.23.1, 3.25.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents.official.page import (
    NUMBER_TO_FILL,
    add_addressee,
    add_attachments,
    add_blank,
    add_body,
    add_note,
    add_sealed_signature,
    add_title,
    official_page,
)
from lianxin.documents.official.red_head import close_file, file_page
from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, NewPage, Text, Title
from lianxin.documents.word.blocks_docx import blocks_docx
from lianxin.documents.word.text import document_bytes
from lianxin.domain.dates import show_day

_LINE = "＿＿＿＿＿＿＿"


@dataclass(frozen=True)
class CandidateLine:
    """One name on the sheet with its votes in words (— where nobody counted) and what became of it."""

    name: str
    about: str
    votes: tuple[str, ...]
    result: str


@dataclass(frozen=True)
class BallotResult:
    """One round in words. `marks` are the columns of votes, `project` says that projects were chosen, not people."""

    meeting: str
    title: str
    day: date
    office: str
    counts: str
    marks: tuple[str, ...]
    lines: tuple[CandidateLine, ...]
    said: str
    faults: tuple[str, ...] = ()
    project: bool = False
    counters: str = ""
    scrutineers: str = ""


def ballot_result_docx(result: BallotResult) -> bytes:
    """计票结果报告单 of an election or 票决结果 of projects, to be signed by who counted and who watched."""
    head = "票决结果报告单" if result.project else "选举计票结果报告单"
    first = "项目" if result.project else "候选人"
    about = "内容、实施单位" if result.project else "提名"
    columns = (
        GridColumn(first, 2.4, "center"),
        GridColumn(about, 2.4),
        *(GridColumn(mark, 0.9, "center") for mark in result.marks),
        GridColumn("结果", 1.3, "center"),
    )
    rows = tuple((line.name, line.about, *line.votes, line.result) for line in result.lines)
    empty = (("",) * len(columns),) * 4
    blocks: list[Block] = [
        Title(head, f"{result.meeting}　{show_day(result.day)}"),
        Heading(result.title),
        Text(result.counts),
        Grid(columns, rows or empty),
        Text(f"结果：{result.said}。"),
        *(Text(f"请核对：{fault}。", small=True) for fault in result.faults),
        *_signed(("计票人", result.counters), ("监票人", result.scrutineers), ("总监票人", "")),
    ]
    return blocks_docx(BlockPaper(blocks, f"{result.title}{head}", result.office))


def _signed(*people: tuple[str, str]) -> list[Block]:
    blocks: list[Block] = []
    for word, name in people:
        blocks += [Text(""), Text(f"{word}（签名）：{name or ''}{_LINE}")]
    return [*blocks, Text("　　　年　　月　　日", align="right")]


@dataclass(frozen=True)
class Elected:
    """Who was elected or appointed to what."""

    name: str
    post: str


def election_notice_docx(
    elected: Sequence[Elected], *, meeting: str, day: date, signer: str, verb: str = "选举"
) -> bytes:
    """公告 of who was elected at a congress, signed by its presidium."""
    document = official_page()
    add_title(document, f"{meeting}\n公　告")
    add_blank(document)
    add_body(document, f"{meeting}于{show_day(day)}{verb}：")
    for each in elected:
        add_body(document, f"{each.name}为{each.post}。")
    add_body(document, "现予公告。")
    add_sealed_signature(document, signer, day)
    return document_bytes(document, title=f"{meeting}公告", author=signer)


def certificate_docx(told: Elected, *, heading: str, words: str, signer: str, day: date) -> bytes:
    """任命书 or 当选证书: who, to what, by whom, in letters that are read from afar; sealed at the foot."""
    blocks: list[Block] = [
        *[Text("", large=True)] * 4,
        Title(heading),
        Text("", large=True),
        Text(f"{told.name}同志：", large=True),
        Text(f"　　{words}", large=True),
        Text("　　特发此证。" if heading.endswith("证书") else "", large=True),
        *[Text("", large=True)] * 2,
        Text(f"{signer}　　", "right", large=True),
        Text(f"{show_day(day)}　　　　", "right", large=True),
    ]
    return blocks_docx(BlockPaper(blocks, f"{told.name}{heading}", signer, landscape=True))


@dataclass(frozen=True)
class OathTold:
    """An oath in words; empty fields are written by hand."""

    name: str
    post: str
    took_office: str
    day: str
    place: str
    form: str
    leader: str
    supervisor: str
    remark: str = ""


def oath_docx(told: OathTold, *, words: str, manner: str, source: str, office: str) -> bytes:
    """宪法宣誓: the oath in large letters to be read, and on the next page the record to be signed and kept."""
    rows = (
        ("宣 誓 人", told.name), ("职　　务", told.post), ("当选（任命）日期", told.took_office),
        ("宣誓日期", told.day), ("宣誓地点", told.place), ("宣誓形式", told.form), ("领 誓 人", told.leader),
        ("监 誓 人", told.supervisor), ("备　　注", told.remark),
    )  # fmt: skip
    blocks: list[Block] = [
        Title("宪法宣誓誓词"),
        Text(""),
        Text(f"　　{words}", large=True),
        Text(""),
        Text(f"　　　　　　　　　　宣誓人：{_LINE}", large=True),
        NewPage(),
        Title("宪法宣誓记录", office),
        Grid((GridColumn("", 1, "center"), GridColumn("", 3)), rows),
        Text(manner, small=True),
        Text(f"誓词依据：{source}", small=True),
        *_signed(("宣誓人", ""), ("监誓人", "")),
    ]
    return blocks_docx(BlockPaper(blocks, "宪法宣誓", office))


@dataclass(frozen=True)
class FilingTold:
    """A resolution that is filed with the county. `document` is its number, "" while there is none.

    `number` is that of the report itself, `approver` who signs it for going out.
    """

    title: str
    document: str
    meeting: str
    passed: date
    materials: tuple[str, ...]
    addressee: str
    issuer: str
    day: date
    contact: str = ""
    number: str = ""
    approver: str = ""


def filing_report_docx(told: FilingTold) -> bytes:
    """关于…备案的报告: goes up with the text and its explanation."""
    document = file_page(told.issuer, number=told.number or NUMBER_TO_FILL, approver=told.approver)
    add_title(document, f"关于报送《{told.title}》备案的报告")
    add_blank(document)
    add_addressee(document, told.addressee)
    number = f"（{told.document}）" if told.document else ""
    add_body(
        document,
        f"《{told.title}》{number}已由{told.meeting}于{show_day(told.passed)}通过。现将有关材料报送备案，请审查。",
    )
    add_attachments(document, told.materials)
    add_sealed_signature(document, told.issuer, told.day)
    add_note(document, f"联系人：{told.contact}" if told.contact else "")
    close_file(document, told.issuer, told.day)
    return document_bytes(document, title=f"{told.title}备案报告", author=told.issuer)
