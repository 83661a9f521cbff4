"""核验单: every hash on it is what a stock tool computes; a file that was changed gets no sheet."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from lianxin.documents.pdf.pages import PdfPages
from lianxin.domain.periods import Period
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.sending.history import sent_lines
from lianxin.office.sending.verification import verification_sheet
from tests.office.conftest import sent_now
from tests.office.township import Township


def text_of(content: bytes, folder: Path) -> str:
    path = folder / "sheet.pdf"
    path.write_bytes(content)
    told = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    return "".join(told.split())


def test_the_hashes_are_those_of_the_files(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    (line,) = sent_lines(town.desk)
    name, content = verification_sheet(town.desk, line.record.uid)
    assert name.startswith("核验单_第1期_")
    told = text_of(content, town.folder)
    assert sent.spoken_code.replace(" ", "") in told
    with zipfile.ZipFile(sent.path) as archive:
        listed = [each for each in archive.namelist() if "数字签名" not in each]
        assert len(listed) == 5
        for each in listed:
            assert hashlib.sha256(archive.read(each)).hexdigest() in told
            assert each.split("/")[-1] in told
    assert hashlib.sha256(sent.path.read_bytes()).hexdigest() in told
    assert "VerifiedOK" in told and "数字签名不能代替签字盖章" in told
    assert PdfPages(content).count <= 2
    assert make_paper(town.desk, "verification-sheet", uid=line.record.uid) == content


def test_a_file_that_is_not_what_was_sent_gets_no_sheet(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    (line,) = sent_lines(town.desk)
    changed = sent.path.with_suffix(".new")
    with zipfile.ZipFile(sent.path) as old, zipfile.ZipFile(changed, "w") as new:
        for each in old.namelist():
            data = old.read(each)
            new.writestr(
                each, data.replace(b'"seq":1', b'"seq":2') if each.endswith("manifest.json") else data
            )
    changed.replace(sent.path)
    with pytest.raises(PapersProblem, match="与本机登记的不一致"):
        verification_sheet(town.desk, line.record.uid)
    sent.path.write_bytes(b"no zip")
    with pytest.raises(PapersProblem, match="与本机登记的不一致"):
        verification_sheet(town.desk, line.record.uid)


def test_a_file_that_is_gone_still_has_its_code(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    (line,) = sent_lines(town.desk)
    sent.path.unlink()
    told = text_of(verification_sheet(town.desk, line.record.uid)[1], town.folder)
    assert sent.spoken_code.replace(" ", "") in told and "文件指纹" not in told and "不在原来的位置" in told


def test_an_unknown_file_is_told(town: Township) -> None:
    with pytest.raises(PapersProblem, match="没有找到这一期报送件"):
        make_paper(town.desk, "verification-sheet", uid="nothing")
