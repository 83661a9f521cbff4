"""档案盒标签 of a year: the archived matters put into boxes by 全宗, 年度, 保管期限 and 机构 (DA/T 22-2015)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lianxin.documents.pdf.box_labels import ArchiveStamp, BoxLabel, box_labels_pdf
from lianxin.domain.casework.archive_numbers import RETENTION_SIGN, ArchiveNumber, read_archive_number
from lianxin.domain.codes import RETENTION
from lianxin.domain.records import ArchiveOpening, Archiving
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.store.reading import Reading

PIECES_A_BOX = 50
"""So many pieces of a few sheets each fill a box of 3 cm; no rule fixes it."""
_WORDS = {sign: RETENTION.label_of(code) for code, sign in RETENTION_SIGN.items()}


def archived_pieces(reading: Reading, year: int) -> tuple[ArchiveNumber, ...]:
    """The 档号 of matters that lie in the archive and belong to a year, in their order."""
    standing: dict[str, Archiving] = {}
    for each in sorted(reading.all(Archiving), key=lambda one: (one.day, one.uid)):
        standing[each.opinion] = each
    for opening in reading.all(ArchiveOpening):
        held = standing.get(opening.opinion)
        if held is not None and (opening.day, opening.uid) > (held.day, held.uid):
            del standing[opening.opinion]
    read = [read_archive_number(each.number) for each in standing.values()]
    return tuple(sorted((each for each in read if each is not None and each.year == year), key=_order))


def _order(each: ArchiveNumber) -> tuple[str, str, str, str, int]:
    return (each.fonds, each.category, each.retention, each.body, each.piece)


def _boxes(pieces: Sequence[ArchiveNumber], office: str) -> list[BoxLabel]:
    labels: list[BoxLabel] = []
    for (fonds, _category, sign, body), group in groupby(pieces, key=lambda each: _order(each)[:4]):
        held = list(group)
        for at in range(0, len(held), PIECES_A_BOX):
            some = held[at : at + PIECES_A_BOX]
            labels.append(
                BoxLabel(
                    fonds=fonds, office=office, year=some[0].year, retention=_WORDS.get(sign, sign), body=body,
                    first=f"{some[0].piece:04d}", last=f"{some[-1].piece:04d}", box=at // PIECES_A_BOX + 1,
                )
            )  # fmt: skip
    return labels


def latest_labels(desk: Desk) -> tuple[str, bytes]:
    """File name and content of the labels of the latest year anything was archived of. Raises PapersProblem."""
    with desk.store.reading() as reading:
        read = [read_archive_number(each.number) for each in reading.all(Archiving)]
        year = max((each.year for each in read if each is not None), default=desk.today().year)
        return f"档案盒标签_{year}年.pdf", _labels(reading, year)


def _made(asked: Asked) -> bytes:
    assert asked.period is not None
    return _labels(asked.reading, asked.period.end.year)


def _labels(reading: Reading, year: int) -> bytes:
    office = office_of(reading)
    pieces = archived_pieces(reading, year)
    if not pieces:
        raise PapersProblem(f"{year}年还没有归档的意见建议（按档号的年度），没有生成档案盒标签")
    stamps = [
        ArchiveStamp(
            each.fonds, each.year, f"{each.piece:04d}", each.body, _WORDS.get(each.retention, each.retention)
        )
        for each in pieces
    ]
    return box_labels_pdf(_boxes(pieces, office.name), stamps, office=office.name)


BOX_PAPERS: Sequence[Paper] = (Paper("archive-labels", "档案盒标签和归档章", ".pdf", "period", _made),)
