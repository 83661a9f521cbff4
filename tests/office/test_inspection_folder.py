"""迎检目录: numbered folders, what has no records left out, contents and labels, stopped in between."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from lianxin.domain.records import Contact, RuleDocument, Staff
from lianxin.office.papers.catalogue import PAPERS
from lianxin.office.papers.inspection_folder import (
    FOLDERS,
    InspectionStopped,
    choose_kept,
    kept_folders,
    lay_out_inspection,
)
from lianxin.office.paperwork.paper import PapersProblem
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    with made.desk.store.writing(reason="登记") as writing:
        writing.put(Staff(uid=writing.new_uid(), name="李慧", post="人大专干"))
        writing.put(RuleDocument(uid=writing.new_uid(), name="代表联系群众制度", passed=date(2019, 3, 1)))
        for year in (2025, 2026):
            writing.put(
                Contact(uid=writing.new_uid(), channel="visit", day=date(year, 10, 9), words="路灯不亮")
            )
    yield made
    made.desk.store.close()


def test_every_paper_of_a_folder_is_one_of_a_period() -> None:
    for names in FOLDERS.values():
        assert all(PAPERS[name].about in ("period", "period or all") for name in names)


def test_a_year_is_laid_into_numbered_folders(town: Township, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    done = lay_out_inspection(
        town.desk, period="2026", to=tmp_path / "迎检", progress=lambda at, of, _words: steps.append((at, of))
    )
    names = sorted(str(file.relative_to(done.folder)) for file in done.folder.rglob("*.*"))
    assert "01_机构与站点/01_机构人员台账.xlsx" in names
    assert any(name.endswith("制度文件台账.xlsx") for name in names), "in force, though passed years ago"
    assert not any("信息宣传" in name for name in names) and "信息宣传台账" in done.empty
    assert (
        done.papers == len(names) - 2 - done.folders and steps[-1] == (sum(map(len, FOLDERS.values())),) * 2
    )
    contents = Document(io.BytesIO((done.folder / "00_卷内目录（全部）.docx").read_bytes()))
    titles = [row.cells[3].text for table in contents.tables for row in table.rows]
    assert (
        sum(any(word in title for word in ("台账", "报", "表", "总结")) for title in titles)
        >= done.papers - 1
    )
    spines = Document(io.BytesIO((done.folder / "00_盒脊标签.docx").read_bytes()))
    assert sum(len(table.columns) for table in spines.tables) == done.folders


def test_a_box_is_kept_as_the_rules_say_unless_the_office_chose_otherwise(
    town: Township, tmp_path: Path
) -> None:
    by_rule = {each.heading: each for each in kept_folders(town.desk)}
    assert set(by_rule) == set(FOLDERS) and all(each.source for each in by_rule.values())
    assert (by_rule["会议"].chosen, by_rule["接待群众"].chosen) == ("permanent", "years30")
    choose_kept(
        town.desk, {**{each.heading: each.chosen for each in by_rule.values()}, "接待群众": "years10"}
    )
    assert {e.heading for e in kept_folders(town.desk) if e.chosen != e.by_rule} == {"接待群众"}
    done = lay_out_inspection(
        town.desk, period="2026", to=tmp_path, count_pages=lambda papers: range(1, len(papers) + 1)
    )
    spines = Document(io.BytesIO((done.folder / "00_盒脊标签.docx").read_bytes()))
    cells = [[cell.text for cell in row.cells] for table in spines.tables for row in table.rows]
    titles = [title.replace("\n", "") for row in cells[3::8] for title in row]
    kept = [words for row in cells[7::8] for words in row]
    assert (
        kept[titles.index("接待群众")] == "保管期限：10年"
        and kept[titles.index("年度统计")] == "保管期限：永久"
    )
    own = Document(io.BytesIO(next(done.folder.glob("*_接待群众/00_卷内目录.docx")).read_bytes()))
    rows = [[cell.text for cell in row.cells] for row in own.tables[0].rows][1:]
    assert [row[0] for row in rows] == [f"{at:04}" for at in range(1, len(rows) + 1)], (
        "the first box of ten years"
    )
    assert all(row[5].isdigit() for row in rows) and any("共" in line.text for line in own.paragraphs)


def test_it_can_be_stopped_and_says_what_is_there(town: Township, tmp_path: Path) -> None:
    asked = iter(range(100))
    with pytest.raises(InspectionStopped) as stopped:
        lay_out_inspection(town.desk, period="2026", to=tmp_path / "迎检", cancel=lambda: next(asked) >= 3)
    assert "已停止" in stopped.value.message and stopped.value.folder.is_dir()


def test_only_a_year_can_be_laid_out(town: Township, tmp_path: Path) -> None:
    with pytest.raises(PapersProblem, match="写成年份"):
        lay_out_inspection(town.desk, period="2026-10", to=tmp_path)
    assert not list(tmp_path.glob("*迎检材料"))
