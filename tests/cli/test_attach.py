"""`attach`: files to a record by uid or number, one line per file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import Commands

VISIT = {"类型": "电话", "日期": "2026-03-05", "反映内容": "断水", "人次": 1, "来访人": "田金玉"}


def test_files_are_attached_listed_and_checked(township: Commands, tmp_path: Path) -> None:
    (visit,) = township.put("contact", VISIT).lines
    page, program = tmp_path / "登记.txt", tmp_path / "程序.exe"
    page.write_text("田金玉反映断水", "utf-8")
    program.write_bytes(b"MZ")
    said = township("attach", str(visit["number"]), page, program, page, "--caption", "第一页")
    assert said.status == 1
    assert [line["outcome"] for line in said.lines] == ["new", "same", "refused"]
    (listed,) = township("list", "attachment").lines
    assert (listed["name"], listed["caption"], listed["form"]) == ("登**", "第**", "文本文件")
    (shown,) = township("list", "attachment", "--reveal").lines
    assert (shown["name"], shown["owner"], shown["size"]) == ("登记.txt", visit["uid"], page.stat().st_size)
    assert township("check").lines[0]["ok"] is True
    assert township("attach", str(visit["uid"]), page).status == 0


def test_an_unknown_record_is_said_in_words(township: Commands, tmp_path: Path) -> None:
    page = tmp_path / "登记.txt"
    page.write_text("x", "utf-8")
    said = township("attach", "nothing", page)
    assert said.status == 2 and "没有标识或编号是“nothing”的记录" in said.errors and "C217" in said.errors
