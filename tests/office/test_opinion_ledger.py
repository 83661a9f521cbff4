"""The old 意见建议台账 taken in: every matter stands where the ledger says, odd days are asked about and kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from lianxin.domain.records import Assignment, Deed, Opinion, Person, Reply
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.importing.ledger_import import import_ledger
from tests.office.township import Township, new_township

HEAD = (
    "序号", "编号", "来源", "反映时间", "反映人/代表", "村（社区）", "类别", "内容摘要", "承办单位", "交办时间",
    "办理进度", "办理结果", "答复时间", "满意度", "备注",
)  # fmt: skip
WATER, ROADS = "镇水务站", "镇规建站"
ROWS: tuple[tuple[str, ...], ...] = (
    ("3-5", "断水", WATER, "3-6", "已办结", "A", "3-20", "满意"),
    ("3-8", "机耕道垮塌", ROADS, "3-10", "办理中", "", "", ""),
    ("3-9", "垃圾没人清", ROADS, "3-10", "已办结", "B", "4-1", "不满意"),
    ("3-12", "问低保", "", "", "当场答复", "", "", ""),
    ("3-15", "电压低", WATER, "3-10", "已办结", "A", "3-12", "基本满意"),
    ("3-18", "路灯不亮", "县供电公司", "3-19", "已转报县人大", "", "", ""),
    ("3-19", "修桥", ROADS, "3-20", "已答复", "C", "4-20", ""),
    ("3-20", "修第二座桥", ROADS, "3-22", "已办结", "A", "", "满意"),
    ("3-21", "修第三座桥", ROADS, "3-22", "已办结，群众满意", "", "3-28", ""),
    ("3-22", "修第四座桥", ROADS, "3-22", "已办结", "A", "3-30", "未回访"),
    ("3-24", "修第五座桥", ROADS, "3-24", "办理中", "B", "", ""),
)
STATES = {
    "断水": "已办结",
    "机耕道垮塌": "办理中",
    "垃圾没人清": "待重办",
    "问低保": "已办结",
    "电压低": "已办结",
    "路灯不亮": "已转报县人大",
    "修桥": "待回访",
    "修第二座桥": "已办结",
    "修第三座桥": "已办结",
    "修第四座桥": "待回访",
    "修第五座桥": "办理中",
}


@pytest.fixture
def town(tmp_path: Path) -> Township:
    made = new_township(tmp_path)
    made.clock.at(date(2026, 11, 20))
    return made


def ledger(
    folder: Path,
    rows: tuple[tuple[str, ...], ...] = ROWS,
    head: tuple[str, ...] = HEAD,
    last: tuple[str, ...] = (),
) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["石牌镇2026年意见建议台账"])
    sheet.append(list(head))
    for place, (day, words, unit, handed, progress, result, answered, judged) in enumerate(rows, 1):
        days = [f"2026-{text}" if text else "" for text in (day, handed, answered)]
        sheet.append(
            [
                place, f"石意{place}号", "接待日", days[0], f"来人{'甲乙丙丁戊己庚辛壬癸子'[place - 1]}", "长坪村",
                "行路", words, unit, days[1], progress, result, days[2], judged, last[place - 1] if last else "",
            ]
        )  # fmt: skip
    path = folder / "意见建议台账.xlsx"
    book.save(path)
    return path


def files(town: Township) -> dict[str, CaseFile]:
    with town.desk.store.reading() as reading:
        found = [case_file(town.desk, each.uid) for each in reading.all(Opinion)]
    return {file.opinion.title: file for file in found if file is not None}


def test_every_matter_stands_where_the_ledger_says(town: Township, tmp_path: Path) -> None:
    done = import_ledger(town.desk, kind="opinion", path=ledger(tmp_path), preview=False)
    assert [row.outcome for row in done.rows] == ["new"] * len(ROWS)
    assert {title: file.state.label for title, file in files(town).items()} == STATES


def test_impossible_days_are_asked_about_and_kept_beside_the_step(town: Township, tmp_path: Path) -> None:
    done = import_ledger(town.desk, kind="opinion", path=ledger(tmp_path), preview=False)
    asked = {problem.field for row in done.rows for problem in row.problems}
    assert asked == {"assigned", "closed"}
    case = files(town)["电压低"].case
    assert case.assignments[0].day == case.replies[0].day == date(2026, 3, 15)
    assert case.assignments[0].remark == "台账写的交办日期是2026年3月10日，早于上一步，请核对"
    assert case.replies[0].remark == "台账写的答复日期是2026年3月12日，早于上一步，请核对"


def test_numbers_of_the_old_ledger_are_kept_with_the_visit(town: Township, tmp_path: Path) -> None:
    import_ledger(town.desk, kind="opinion", path=ledger(tmp_path), preview=False)
    contact = files(town)["断水"].contact
    assert contact is not None and contact.remark == "原编号：石意1号"


def test_a_ledger_with_progress_alone_tells_the_result_there(town: Township, tmp_path: Path) -> None:
    head = tuple("" if word == "办理结果" else word for word in HEAD)
    rows = tuple((*row[:5], "", *row[6:]) for row in ROWS[:3])
    import_ledger(town.desk, kind="opinion", path=ledger(tmp_path, rows, head), preview=False)
    found = files(town)
    assert {title: file.state.label for title, file in found.items()} == {
        title: STATES[title] for title in ("断水", "机耕道垮塌", "垃圾没人清")
    }
    assert found["断水"].state.result == "A"


SOLVED = ("3-5", "栏杆断了", ROADS, "", "代表协调解决", "", "", "")


def test_what_a_deputy_settled_is_a_deed_from_an_old_ledger_too(town: Township, tmp_path: Path) -> None:
    head = tuple("接待代表" if word == "备注" else word for word in HEAD)
    path = ledger(tmp_path, (SOLVED, SOLVED), head, last=("龙志明", "王五"))
    seen = import_ledger(town.desk, kind="opinion", path=path, preview=True)
    done = import_ledger(town.desk, kind="opinion", path=path, preview=False)
    assert [row.outcome for row in done.rows] == ["new", "new"]
    assert [row.problems for row in seen.rows] == [row.problems for row in done.rows]
    with town.desk.store.reading() as reading:
        (deed,) = reading.all(Deed)
        own = reading.get(Opinion, deed.opinion or "")
        assert reading.count(Opinion) == 2 and not reading.count(Assignment) and not reading.count(Reply)
    assert own is not None and (deed.person, deed.what) == (town.uid(Person, "龙志明"), "栏杆断了")
    assert (deed.number or "").endswith("2026-SS0001") and deed.day == date(2026, 3, 5)
    assert files(town)["栏杆断了"].state.label == "已办结"
    first, second = ([each.message for each in row.problems] for row in done.rows)
    assert not first
    assert second == [
        "代表协调解决的要记入代表办实事，“王五”不是花名册里的代表，这件已登记，办实事请核对后补登"
    ]


def test_a_guessed_day_of_the_answer_is_said(town: Township, tmp_path: Path) -> None:
    done = import_ledger(town.desk, kind="opinion", path=ledger(tmp_path), preview=False)
    guessed = {
        row.row: each.understood for row in done.rows for each in row.readings if each.field == "closed"
    }
    assert guessed == {10: "2026年3月22日"}, "the only row that tells of a result and no day"
    (reply,) = files(town)["修第二座桥"].case.replies
    assert reply.remark == "台账没有写明答复日期，暂按2026年3月22日登记，请核对"


def test_an_answer_of_a_day_to_come_is_kept_in_words_only(town: Township, tmp_path: Path) -> None:
    row = ("3-5", "断水", WATER, "3-6", "已办结", "A", "12-20", "满意")
    done = import_ledger(town.desk, kind="opinion", path=ledger(tmp_path, (row,)), preview=False)
    (told,) = done.rows
    assert told.outcome == "new" and [each.field for each in told.problems] == ["closed"]
    assert told.problems[0].message == "2026年12月20日晚于今天，请核对"
    assert "closed" not in {each.field for each in told.readings}
    file = files(town)["断水"]
    assert file.state.label == "办理中" and not file.case.replies and not file.case.satisfactions
    assert file.contact is not None and file.contact.remark is not None
    assert file.contact.remark.splitlines()[1:] == ["办理情况：A", "满意度：满意", "办结时间：2026-12-20"]
