"""Votes by script: listed with their rows, put back as they are, refused in the words of the screen, printed."""

from __future__ import annotations

from pathlib import Path

from lianxin.installed import samples_dir
from tests.cli.running import Commands, Line

SHEETS = {"应到": 58, "实到": 54, "发出票": 54, "收回票": 53, "有效票": 52, "无效票": 1, "每行都多选": 1}


def row(name: str, first: int, second: int = 0, third: int = 0, unknown: int = 0, abstained: int = 0) -> Line:
    return {
        "name": name, "first": first, "second": second, "third": third, "unknown": unknown,
        "abstained": abstained, "void": 0,
    }  # fmt: skip


VOTE: Line = {
    "name": "石牌镇工作评议测评", "date": "2026-03-05", "测评对象": "报告", **SHEETS,
    "rows": [row("政府工作报告", 46, 4, 1, 0, 1), row("财政预算报告", 52)],
}  # fmt: skip


def test_a_vote_goes_round_with_its_rows(township: Commands) -> None:
    said = township.put("evaluation", VOTE)
    assert (said.status, said.lines[0]["outcome"]) == (0, "new"), said
    (told,) = township("list", "evaluation").lines
    assert (told["state"], told["number"]) == ("已确认", said.lines[0]["number"])
    rows = told["rows"]
    assert isinstance(rows, list) and [each["first"] for each in rows] == [46, 52]
    again = township.put("evaluation", told)
    assert again.lines[0]["outcome"] == "same", again.lines
    assert township("list", "evaluation").lines == [told]


def test_what_does_not_add_up_is_refused_in_the_words_of_the_screen(township: Commands) -> None:
    wrong = {**VOTE, "rows": [row("政府工作报告", 47, 4, 1, 0, 1)]}
    said = township.put("evaluation", wrong)
    assert said.status == 1 and said.lines[0]["outcome"] == "refused"
    assert "政府工作报告：各项合计53票，有效票是52票，多1票" in str(said.lines[0])
    said = township.put("evaluation", {**VOTE, "收回票": 55})
    assert "收回票55张多于发出票54张，多1张，按规定这次测评无效，应当重新投票" in str(said.lines[0])
    assert township("list", "evaluation").lines == []
    # Told without rows there is nothing to confirm.
    assert "还没有测评对象" in str(township.put("evaluation", {**VOTE, "rows": []}).lines[0])


def test_a_row_alone_is_held_to_the_whole_vote(township: Commands) -> None:
    township.put("evaluation", VOTE)
    (told,) = township("list", "evaluation").lines
    first = township("list", "tally-row").lines[0]
    said = township.put("tally-row", {"uid": first["uid"], "first": 45})
    assert said.status == 1 and "少1票" in str(said.lines[0])
    said = township.put("tally-row", {"uid": first["uid"], "first": 45, "second": 5})
    assert said.lines[0]["outcome"] == "changed"
    assert township("list", "evaluation").lines[0]["uid"] == told["uid"]


def test_a_planned_vote_prints_its_ballots_and_a_confirmed_one_its_result(
    township: Commands, tmp_path: Path
) -> None:
    plan = {
        "name": "工作评议测评",
        "date": "2026-03-05",
        "target": "report",
        "rows": [{"name": "政府工作报告"}],
    }
    uid = str(township.put("evaluation", plan).lines[0]["uid"])
    for name in ("ballot-paper", "tally-sheet"):
        assert township("document", name, "--for", uid, "--to", tmp_path / f"{name}.docx").status == 0
    listed = {line["name"]: line["label"] for line in township("document").lines}
    assert listed["result-sheet"] == "计票结果宣读稿" and "evaluation-summary" in listed
    said = township("document", "result-sheet", "--for", uid, "--to", tmp_path / "a.docx")
    assert said.status == 2 and "还没有确认结果" in said.errors and not (tmp_path / "a.docx").exists()
    done = str(township.put("evaluation", VOTE).lines[0]["uid"])
    for name, ending in (
        ("result-sheet", "docx"), ("result-sheet-pdf", "pdf"), ("evaluation-summary", "docx"),
        ("evaluation-summary-sheet", "xlsx"),
    ):  # fmt: skip
        path = tmp_path / f"{name}.{ending}"
        assert township("document", name, "--for", done, "--to", path).status == 0
        assert path.stat().st_size > 2000


def test_the_sample_summary_comes_in_by_either_name(township: Commands) -> None:
    path = next(samples_dir().glob("石牌镇2025年述职评议测评汇总.xlsx"))
    said = township("import", "tally", path)
    assert said.status == 1, "two rows are refused"
    counts = said.lines[-1]["counts"]
    assert isinstance(counts, dict) and (counts["new"], counts["refused"]) == (8, 2)
    assert township("import", "evaluation", path).lines[-1]["counts"] == {**counts, "new": 0, "same": 8}
    assert len(township("list", "evaluation").lines) == 8
    assert township("undo-import", str(said.lines[-1]["import"])).status == 0
    assert township("list", "evaluation").lines == []
