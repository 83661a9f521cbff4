"""`send` after enrolment, as a script sees it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import Commands

VISIT = {
    "类型": "visit", "日期": "2025-12-03", "人次": 1, "来访人": "田金玉",
    "反映内容": "田金玉家三组断水，电话13912342217",
}  # fmt: skip


@pytest.fixture
def enrolled(township: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    """石牌镇, enrolled by its county, with one visit."""
    county = Commands(tmp_path / "county", capsys)
    assert county("init", "--role", "county", "--code", "439901", "--name", "清江县人大常委会").status == 0
    assert township("enrol", "request", "--to", tmp_path / "request").status == 0
    (request,) = (tmp_path / "request").iterdir()
    assert county("enrol", "issue", request, "--to", tmp_path / "answer").status == 0
    (answer,) = (tmp_path / "answer").iterdir()
    assert township("enrol", "accept", answer).status == 0
    assert township.put("contact", VISIT).status == 0
    return township


def test_one_encrypted_file_and_one_line(enrolled: Commands, tmp_path: Path) -> None:
    sent = enrolled("send", "--period", "2025-12", "--to", tmp_path / "out")
    (line,) = sent.lines
    (file,) = (tmp_path / "out").iterdir()
    assert sent.status == 0 and line["path"] == str(file) and line["continuations"] == []
    assert file.name == "439901102_2025-12_0001.zip.age" and line["seq"] == 1
    assert "来访走访的“反映内容”里有来访人姓名或号码" in json.dumps(line["findings"], ensure_ascii=False)


def test_plain_is_the_same_report_without_values(enrolled: Commands, tmp_path: Path) -> None:
    sent = enrolled("send", "--period", "2025-12", "--to", tmp_path / "out", "--plain")
    assert sent.status == 0
    with zipfile.ZipFile(str(sent.lines[0]["path"])) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        journal = archive.read("data/journal.jsonl").decode("utf-8")
    assert names[0] == "mimetype" and "signatures/p256.sig" in names and "data/values.jsonl" not in names
    assert manifest["kind"] == "report" and manifest["counts"]["contact"] == 1
    assert "田金玉" not in journal and "13912342217" not in journal


def test_a_handover_needs_no_period_and_a_report_does(enrolled: Commands, tmp_path: Path) -> None:
    done = enrolled("send", "--handover", "--to", tmp_path / "out")
    assert done.status == 0 and str(done.lines[0]["path"]).endswith(".zip.age")
    without = enrolled("send", "--to", tmp_path / "out")
    assert without.status == 2 and "报送期" in without.errors


def test_two_computers_of_one_office_work_apart_and_together(
    enrolled: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    county, second = Commands(tmp_path / "county", capsys), Commands(tmp_path / "second", capsys)
    second("init", "--role", "township", "--code", "439901102", "--name", "清江县石牌镇人大主席团")
    request = second("enrol", "request", "--to", tmp_path / "request 2").lines[0]
    issued = county("enrol", "issue", str(request["path"]), "--to", tmp_path / "answer 2").lines[0]
    assert issued["further"] == 1 and second("enrol", "accept", str(issued["path"])).status == 0

    desks = {"first": enrolled, "second": second}
    for name, desk in desks.items():
        for number in range(1 if name == "first" else 3):
            assert desk.put("contact", {**VISIT, "反映内容": f"{name} {number}"}).status == 0
        sent = desk("send", "--period", "2025-12", "--to", tmp_path / name).lines[0]
        assert county("receive", str(sent["path"])).lines[0]["verdict"] == "ACCEPT"
    # Neither has what the other sent, and both take the receipt that tells of both.
    (receipt,) = county("receipts", "--to", tmp_path / "down").lines
    for desk in desks.values():
        assert desk("accept", str(receipt["path"])).lines[0]["verdict"] == "ACCEPT"
    assert enrolled.put("contact", {**VISIT, "反映内容": "收到回执以后"}).status == 0

    to_second = enrolled("send", "--handover", "--reader", str(request["path"]), "--to", tmp_path / "over")
    assert second("receive", str(to_second.lines[0]["path"])).lines[0]["verdict"] == "ACCEPT"
    first_reader = enrolled("enrol", "request", "--to", tmp_path / "again").lines[0]["reader"]
    to_first = second("send", "--handover", "--reader", str(first_reader), "--to", tmp_path / "back")
    assert enrolled("receive", str(to_first.lines[0]["path"])).lines[0]["verdict"] == "ACCEPT"
    (one,), (other,) = enrolled("check").lines, second("check").lines
    assert one == other and one["problems"] == []
    numbers = [str(each["number"])[-4:] for each in second("list", "contact").lines]
    assert sorted(numbers) == ["0001", "0002", "0003", "5001", "5002", "5003"]
    wrong = enrolled("send", "--handover", "--reader", "age1nonsense", "--to", tmp_path / "no")
    assert wrong.status == 2 and "K320" in wrong.errors and not (tmp_path / "no").exists()
