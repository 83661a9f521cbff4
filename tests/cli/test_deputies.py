"""Files, scores and publications by script; every kind behind them is listed and put."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import Commands

PERSON = {"name": "龙志明", "phone": "13800001111"}


def mandate(township: Commands) -> str:
    person = township.put("person", PERSON).lines[0]["uid"]
    said = township.put("mandate", {"person": person, "代表层级": "乡"})
    assert said.status == 0, said
    return str(said.lines[0]["uid"])


def test_the_papers_of_deputies_are_made(township: Commands, tmp_path: Path) -> None:
    uid = mandate(township)
    for name, ending, more in (
        ("performance-file", "docx", ("--for", uid, "--period", "2026")),
        ("performance-file-pdf", "pdf", ("--for", uid, "--period", "2026")),
        ("publication-sheet", "docx", ("--period", "2026")),
    ):
        paper = tmp_path / f"{name}.{ending}"
        said = township("document", name, *more, "--to", paper)
        assert said.status == 0, said
        assert paper.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")
    said = township("document", "publication-sheet-county", "--period", "2026", "--to", tmp_path / "k.docx")
    assert said.status != 0 and "没有在任的县级代表" in said.errors


def test_a_rule_is_put_with_its_items_and_scores(township: Commands, tmp_path: Path) -> None:
    uid = mandate(township)
    (told,) = township("list", "mandate").lines
    said = township("document", "score-sheet", "--period", "2026", "--to", tmp_path / "t.docx")
    assert said.status != 0 and "没有启用的积分办法" in said.errors
    rule = township.put("score-rule", {"办法名称": "本镇办法", "代表层级": "乡", "启用": "是"}).lines[0][
        "uid"
    ]
    item = {"score_rule": rule, "类别": "办实事", "记分依据": "办好事实事", "首次得分": "5", "最高分": "8"}
    assert township.put("score-item", item).lines[0]["outcome"] == "new"
    assert township.put("score-band", {"score_rule": rule, "等次": "好", "达到分数": "5"}).status == 0
    township.put("deed", {"代表": told["person_uid"], "日期": "2026-05-01", "事项": "修通便道"})
    for form in ("", "-pdf", "-xlsx"):
        paper = tmp_path / f"score{form}.{form.removeprefix('-') or 'docx'}"
        assert township("document", f"score-sheet{form}", "--period", "2026", "--to", paper).status == 0
    assert uid == told["uid"]


def test_claims_and_honours_are_put_and_listed(township: Commands) -> None:
    mandate(township)
    (told,) = township("list", "mandate").lines
    person = told["person_uid"]
    claim = {"代表": person, "年度": "2026", "事由": "采访", "申请分值": "2"}
    assert township.put("score-claim", claim).status == 0
    assert township.put("honour", {"年度": "2026", "荣誉类别": "优秀代表", "代表": person}).status == 0
    assert township("list", "score-claim").lines[0]["points"] == "2"
    assert township("list", "honour").lines[0]["state"] == "拟推荐"
