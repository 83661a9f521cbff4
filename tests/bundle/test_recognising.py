"""A refused file says what it really is; verdict and code stay what verification found."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.bundle.verifying import verify

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def told(path: Path) -> tuple[str, str, str]:
    found = verify(path, now=NOW)
    return found.code.value, found.message, found.next


@pytest.mark.parametrize(
    ("content", "what", "act"),
    [
        (b"\xff\xd8\xff\xe0" + b"x" * 99, "照片", "盖章件"),
        (b"%PDF-1.7\n", "PDF", "zip 文件"),
        (b"Rar!\x1a\x07\x01\x00", "rar", "解开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版", "代录"),
    ],
)
def test_what_is_no_bundle_is_named_by_its_first_bytes(
    tmp_path: Path, content: bytes, what: str, act: str
) -> None:
    file = tmp_path / "报送.zip"
    file.write_bytes(content)
    code, message, following = told(file)
    assert code == "E101" and what in message and act in following and "没有改动" in following


def test_a_letter_sends_to_its_attachment(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.com", "b@example.com", "报送"
    letter.set_content("见附件")
    file = tmp_path / "邮件"
    file.write_bytes(bytes(letter))
    assert "附件另存" in told(file)[2]


def test_an_archive_around_the_file_names_it(tmp_path: Path) -> None:
    file = tmp_path / "材料.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("本月/439901102_2026-11_0007.zip.age", b"x")
        archive.writestr("本月/说明.txt", b"x")
    code, message, following = told(file)
    assert (code, "439901102_2026-11_0007.zip.age" in message, "解出来" in following) == ("E201", True, True)


def test_packed_again_and_tables_are_told_apart(tmp_path: Path) -> None:
    again, table = tmp_path / "a.zip", tmp_path / "b.xlsx"
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/vnd.lianxin.bundle+zip")
        archive.writestr("manifest.json", b"{}")
    with zipfile.ZipFile(table, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
    assert told(again)[0] == "E203" and "重新打包" in told(again)[1]
    assert "Excel" in told(table)[1] and "代录" in told(table)[2]


def test_a_cut_file_is_not_taken_for_the_paper_in_it_and_a_backup_is_named(tmp_path: Path) -> None:
    cut, paper, backup = tmp_path / "a.zip", BytesIO(), tmp_path / "b.lxbak"
    with zipfile.ZipFile(paper, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
    with zipfile.ZipFile(cut, "w") as archive:
        archive.writestr("mimetype", b"application/vnd.lianxin.bundle+zip")
        archive.writestr("documents/01.docx", paper.getvalue())
    cut.write_bytes(cut.read_bytes()[:-60])
    with zipfile.ZipFile(backup, "w") as archive:
        for name in ("ledger.db", "key.json", "manifest.json"):
            archive.writestr(name, b"x")
    code, message, following = told(cut)
    assert code == "E106" and "不完整" in message and "重新拷贝" in following
    assert "备份" in told(backup)[1]


@settings(max_examples=60, deadline=None)
@given(
    begins=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xd8\xff", b"From: a\nReceived: b\n"]), rest=st.binary()
)
def test_any_bytes_give_a_refusal_with_words(
    tmp_path_factory: pytest.TempPathFactory, begins: bytes, rest: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "x.zip"
    file.write_bytes(begins + rest)
    code, message, following = told(file)
    assert code.startswith("E") and message.endswith("。") and following
