"""`template`: told, taken out, put in, refused with the place, put back."""

from __future__ import annotations

from pathlib import Path

from docx import Document as open_document

from tests.cli.running import Commands


def test_a_template_is_taken_out_put_in_and_back(township: Commands, tmp_path: Path) -> None:
    listed = {str(each["name"]): each for each in township("template", "list").lines}
    assert listed["event-notice"]["since"] is None and listed["event-notice"]["label"] == "通知"
    file = tmp_path / "模板.docx"
    assert township("template", "take", "event-notice", "--to", file).status == 0
    document = open_document(str(file))
    document.add_paragraph("{{会议名称}}")
    document.save(str(file))
    assert township("template", "put", "event-notice", file).status == 0
    listed = {str(each["name"]): each for each in township("template", "list").lines}
    assert listed["event-notice"]["since"]
    document.add_paragraph("{{没有这项}}")
    document.save(str(file))
    refused = township("template", "put", "event-notice", file)
    assert refused.status == 2 and "没有这一项" in refused.errors and "C223" in refused.errors
    assert township("template", "reset", "event-notice").status == 0
    assert township("template", "put", "handover", file).status == 2
    assert township("template", "take", "event-notice").status == 2


def test_numbered_sheets_of_a_blank_form_in_one_file(township: Commands, tmp_path: Path) -> None:
    file = tmp_path / "签到表.docx"
    done = township("document", "sign-in-sheet", "--blank", "--copies", "3", "--to", file)
    assert done.status == 0 and len(open_document(str(file)).sections) == 3
    (line,) = done.lines
    numbers = line["numbers"]
    assert isinstance(numbers, list) and [str(each)[-5:] for each in numbers] == ["B0001", "B0002", "B0003"]
    ballots = township(
        "document", "ballot-paper", "--blank", "--copies", "2", "--to", tmp_path / "测评表.docx"
    )
    assert ballots.status == 0 and ballots.lines[0]["numbers"] == []
    assert township("document", "sign-in-sheet", "--copies", "500", "--to", file).status == 2
    assert township("document", "cover-letter", "--blank", "--to", file).status == 2
