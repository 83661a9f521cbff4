"""登记卡: any one record of a register on paper, with its lines, straight from the dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.records import WorkReport
from lianxin.office.desk import Desk, office_of
from lianxin.office.duties.work_reports import REPORT_PAPER
from lianxin.office.meetings.ballot_papers import OWN_PAPERS as BALLOT_KINDS
from lianxin.office.names import Names
from lianxin.office.papers.register_groups import lines_of
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look, own_look
from lianxin.office.scoring.finals import file_name
from lianxin.store.reading import Condition, Reading

OWN_PAPERS: Mapping[str, Paper] = {**BALLOT_KINDS, WorkReport.KIND: REPORT_PAPER}
"""Kinds whose records have a paper of their own."""

_CARD = "record-card"
_PLACE = "序号"


def record_paper(desk: Desk, cls: type[Record], uid: str) -> tuple[str, bytes]:
    """File name and Word file of one record: its own paper where its kind has one that can be made yet, else its card.

    Raises PapersProblem when it is not here any more.
    """
    with desk.store.reading() as reading:
        record = reading.get(cls, uid)
        if record is None:
            raise PapersProblem(f"这条{cls.LABEL}已经不在了，没有生成文件")
        own = OWN_PAPERS.get(cls.KIND)
        if own is not None:
            # Nobody is certified before being elected; until then the card is what there is to print.
            with suppress(PapersProblem):
                made = own.make(Asked(desk, reading, uid, None))
                return f"{file_name(own.label, Names(reading).title(record))}.docx", made
        name, made = _made(reading, record)
        return name, own_look(desk, reading, _CARD, made)


def _made(reading: Reading, record: Record) -> tuple[str, bytes]:
    from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, Title
    from lianxin.documents.word.blocks_docx import blocks_docx

    office, names = office_of(reading), Names(reading)
    title = f"{record.LABEL}登记卡"
    blocks: list[Block] = [Title(title, office.name)]
    facts = tuple(_facts(names, record))
    blocks.append(Grid((GridColumn("", 1), GridColumn("", 3.4)), facts))
    for cls in lines_of(record.KIND):
        lines = reading.all(cls, Condition(cls.PARENT, "=", record.uid))
        if lines:
            blocks.append(Heading(cls.LABEL, f"{len(lines)}条"))
            columns, rows = _table(names, cls, lines)
            blocks.append(Grid(tuple(GridColumn(label, share) for label, share in columns), rows))
    paper = BlockPaper(blocks, title, office.name)
    return f"{file_name(record.LABEL, names.title(record))}.docx", blocks_docx(paper)


def _facts(names: Names, record: Record) -> Iterator[tuple[str, str]]:
    """Every field with its label, in paper order; empty ones stay to be filled in by hand."""
    for spec in record.fields():
        if spec.kind.name != "owner":
            shown = names.shown(record, spec.wire)
            yield spec.label, f"{shown}{spec.unit}" if shown and spec.unit else shown


def _table(
    names: Names, cls: type[Record], lines: Sequence[Record]
) -> tuple[list[tuple[str, float]], tuple[tuple[str, ...], ...]]:
    """(label, share) of the columns, and the rows; long texts only where one is written."""
    specs = [
        spec
        for spec in cls.fields()
        if spec.wire != cls.PARENT
        and spec.label != _PLACE
        and spec.ledger
        and (not (spec.kind.lines or spec.wire == "remark") or any(line.shown(spec.wire) for line in lines))
    ]
    columns = [(_PLACE, 0.6), *((spec.label, 2.0 if spec.kind.lines else 1.2) for spec in specs)]
    rows = tuple(
        (str(at), *(names.shown(line, spec.wire) for spec in specs)) for at, line in enumerate(lines, 1)
    )
    return columns, rows


def _any_record(asked: Asked) -> bytes:
    uid = asked.uid or ""
    for cls in kinds():
        record = asked.reading.get(cls, uid)
        if record is not None:
            return _made(asked.reading, record)[1]
    raise PapersProblem(f"没有找到这条记录（{uid}），没有生成文件")


RECORD_PAPERS: Sequence[Paper] = (Paper(_CARD, "登记卡", ".docx", "record", in_own_look(_CARD, _any_record)),)
