"""档案盒标签: boxes by retention, first and last piece, what was taken out again left out, read back from the PDF."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from lianxin.documents.pdf.box_labels import ArchiveStamp, BoxLabel, box_labels_pdf
from lianxin.documents.pdf.pages import PdfPages
from lianxin.domain.records import ArchiveOpening, Archiving, Opinion
from lianxin.office.papers.box_labels import archived_pieces, latest_labels
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.records import new_uid
from tests.office.township import Township, new_township

OFFICE = "清江县石牌镇人民代表大会主席团"


@pytest.fixture
def town(tmp_path: Path) -> Township:
    return new_township(tmp_path)


def archived(town: Township, number: str, *, again: bool = False) -> None:
    """A matter in the archive; `again` takes it out."""
    desk, today = town.desk, town.desk.today()
    opinion = Opinion(
        uid=new_uid(desk), title="修路", words="修路", category="traffic", channel="visit", registered=today
    )
    with desk.store.writing(reason="归档") as writing:
        writing.put(opinion)
        writing.put(Archiving(uid=new_uid(desk), opinion=opinion.uid, day=today, number=number))
        if again:
            writing.put(ArchiveOpening(uid=new_uid(desk), opinion=opinion.uid, day=today, reason="补材料"))


def text_of(content: bytes, folder: Path) -> str:
    path = folder / "labels.pdf"
    path.write_bytes(content)
    return subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout


def test_pieces_lie_in_boxes_by_their_retention(town: Township) -> None:
    for piece in (3, 1, 2):
        archived(town, f"Z109-WS·2026-D10-RDB-{piece:04d}")
    archived(town, "Z109-WS·2026-Y-RDB-0001")
    archived(town, "Z109-WS·2025-Y-RDB-0009")
    archived(town, "Z109-WS·2026-D10-RDB-0004", again=True)
    archived(town, "自编12号")
    with town.desk.store.reading() as reading:
        found = [(each.retention, each.piece) for each in archived_pieces(reading, 2026)]
    assert found == [("D10", 1), ("D10", 2), ("D10", 3), ("Y", 1)]
    content = make_paper(town.desk, "archive-labels", period="2026")
    told = text_of(content, town.folder)
    assert told.count("盒号") == 3 and told.count("件号") >= 4
    assert "0001" in told and "0003" in told and "0004" not in told
    assert "10年" in told and "永久" in told and "Z109" in told
    assert latest_labels(town.desk) == ("档案盒标签_2026年.pdf", content)


def test_nothing_archived_is_told(town: Township) -> None:
    with pytest.raises(PapersProblem, match="2026年还没有归档"):
        latest_labels(town.desk)


def test_many_boxes_and_pieces_take_more_sheets(tmp_path: Path) -> None:
    label = BoxLabel("Z109", OFFICE, 2026, "30年", "RDB", "0001", "0050", 1)
    stamps = [ArchiveStamp("Z109", 2026, f"{at:04d}", "RDB", "30年") for at in range(1, 38)]
    content = box_labels_pdf([replace(label, box=at) for at in range(1, 7)], stamps, office=OFFICE)
    assert PdfPages(content).count == 4
    told = text_of(content, tmp_path)
    assert "第4页 共4页" in told and "0037" in told
    assert content == box_labels_pdf([replace(label, box=at) for at in range(1, 7)], stamps, office=OFFICE)
