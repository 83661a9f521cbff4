"""Reception ledgers made nasty on purpose."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.workbook import read_workbook
from tests.ledgers.builders import HEADER, TODAY, receptions, visit, write


def _whys(path: Path, field: str, row: list[object]) -> list[str]:
    ledger = receptions(path, [row])
    return [r.why for v in ledger.visits for r in v.row.readings if r.field == field]


def test_number_between_its_neighbours(tmp_path: Path) -> None:
    days = [3.9, 3.1, 3.11]
    ledger = receptions(
        tmp_path / "a.xlsx", [visit(day=day, visitors=f"张{n}三") for n, day in enumerate(days)]
    )
    assert [v.day for v in ledger.visits] == [date(2025, 3, 9), date(2025, 3, 10), date(2025, 3, 11)]
    asked = [r for v in ledger.visits for r in v.row.readings if r.field == "day"]
    assert [(r.typed, r.understood) for r in asked] == [("3.1", "2025年3月10日")]
    assert "3月9日" in asked[0].why and "3月11日" in asked[0].why


def test_number_where_the_first_is_right(tmp_path: Path) -> None:
    ledger = receptions(tmp_path / "a.xlsx", [visit(day=d) for d in (2.28, 3.1, 3.5)])
    assert [v.day for v in ledger.visits] == [date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 5)]
    assert any(r.field == "day" for r in ledger.visits[1].row.readings)


def test_number_in_a_falling_ledger(tmp_path: Path) -> None:
    ledger = receptions(tmp_path / "a.xlsx", [visit(day=d) for d in (3.15, 3.11, 3.1, 3.9)])
    assert ledger.visits[2].day == date(2025, 3, 10)


def test_text_is_what_was_typed(tmp_path: Path) -> None:
    ledger = receptions(tmp_path / "a.xlsx", [visit(day=d) for d in ("2.28", "3.1", "3.10", "3.11")])
    assert [v.day.day for v in ledger.visits] == [28, 1, 10, 11]
    assert not any(r.field == "day" for v in ledger.visits for r in v.row.readings)


def test_csv_keeps_no_types(tmp_path: Path) -> None:
    rows = ["接待时间,来访人,反映问题", "3.9,张三,路", "3.1,李四,水", "3.11,王五,电"]
    path = tmp_path / "2025年台账.csv"
    path.write_text("\n".join(rows), "gb18030")
    ledger = read_receptions(read_workbook(path), today=TODAY)
    assert [v.day for v in ledger.visits] == [date(2025, 3, 9), date(2025, 3, 10), date(2025, 3, 11)]


@pytest.mark.parametrize(
    ("typed", "count", "households"),
    [
        ("3户7人", 7, 3),
        ("一家三口", 3, 1),
        ("约20人", 20, None),
        (datetime(2025, 1, 2), 2, None),
        (None, 1, None),
    ],
)
def test_people_that_are_asked(tmp_path: Path, typed: object, count: int, households: int | None) -> None:
    ledger = receptions(tmp_path / "a.xlsx", [visit(persons=typed)])
    assert [(v.persons, v.households) for v in ledger.visits] == [(count, households)]
    assert any(r.field == "persons" for r in ledger.visits[0].row.readings)


def test_unreadable_people_do_not_lose_the_row(tmp_path: Path) -> None:
    ledger = receptions(tmp_path / "a.xlsx", [visit(persons="几十人")])
    assert [v.persons for v in ledger.visits] == [1]
    assert any(p.field == "persons" for p in ledger.visits[0].row.problems)


def test_closing_day_before_the_visit_is_next_years(tmp_path: Path) -> None:
    ledger = receptions(
        tmp_path / "a.xlsx", [visit(day="12月20日", closed="2月10日"), visit(closed="2025.1.3")]
    )
    assert ledger.visits[0].closed == date(2026, 2, 10)
    assert any(r.field == "closed" for r in ledger.visits[0].row.readings)
    assert any(p.field == "closed" and "早于" in p.message for p in ledger.visits[1].row.problems)


def test_refused_only_for_required_fields(tmp_path: Path) -> None:
    rows = [
        visit(day="某天"),
        visit(words=None),
        visit(phone="??", visitors=None, closed="不知道"),
        visit(day=None),
    ]
    ledger = receptions(tmp_path / "a.xlsx", rows)
    assert [(r.row.row, r.problems[0].field) for r in ledger.refused] == [(3, "day"), (4, "words")]
    kept = ledger.visits[0]
    assert kept.anonymous and kept.phone == "??" and kept.closed is None
    # A blank day under a day that cannot be read is not guessed from the rows before.
    assert ledger.visits[1].day == date(2025, 3, 5)


def test_a_day_with_nothing_in_it_is_a_day_without_visitors(tmp_path: Path) -> None:
    ledger = receptions(
        tmp_path / "a.xlsx", [visit(visitors=None, words=None, persons=None, deputies="何金花")]
    )
    assert [(e.day, e.deputies) for e in ledger.empty_days] == [(date(2025, 3, 5), ("何金花",))]
    assert ledger.empty_days[0].row.problems


def test_blank_days_are_those_above(tmp_path: Path) -> None:
    rows = [visit(deputies="何金花"), visit(day=None), visit(day="3月9日")]
    ledger = receptions(tmp_path / "a.xlsx", rows)
    assert [(v.day.day, v.deputies) for v in ledger.visits] == [(5, ("何金花",)), (5, ("何金花",)), (9, ())]


def test_totals_notes_blanks_and_repeated_headers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        visit(), [], ["小计", "1批次"], list(HEADER), [7], visit(day="3月6日"), ["合　计", None, "2批次"],
        ["填表人:田某", None, None, "审核人:"], ["注：以上为本季度"],
    ]  # fmt: skip
    ledger = receptions(tmp_path / "a.xlsx", rows)
    assert len(ledger.visits) == 2
    assert [s.why for s in ledger.sheets[0].skipped] == [
        "空行",
        "合计",
        "表头",
        "空行",
        "合计",
        "说明",
        "说明",
    ]
    assert [s.number for s in ledger.sheets[0].stated] == [1, 2]


def test_two_line_header_with_spaces(tmp_path: Path) -> None:
    rows = [
        ["某镇接待登记簿（二〇二五年）"],
        ["序 号", "日　期", "来访人", None, None, "反映\n事项", "处理\n方式"],
        [None, None, "姓  名", "性别", "联系\n方式", None, None],
        [1, "3月5日", "王  芳", "女", "13800138000", "路", "当场答复"],
    ]
    merges = ["A1:G1", "A2:A3", "B2:B3", "C2:E2", "F2:F3", "G2:G3"]
    ledger = read_receptions(read_workbook(write(tmp_path / "a.xlsx", rows, merges)), today=TODAY)
    found = ledger.visits[0]
    assert (found.visitors, found.sex, found.phone, found.day) == (
        ("王芳",),
        "female",
        "13800138000",
        date(2025, 3, 5),
    )
    assert found.handling == "answered_on_spot"


def test_columns_by_content_and_by_correction(tmp_path: Path) -> None:
    rows: list[list[object]] = [["2025年"], ["日期", "来访人", "栏一", "情形"]]
    rows += [[f"3月{n}日", "张三", f"1380013800{n}", "路不好走"] for n in range(1, 6)]
    book = read_workbook(write(tmp_path / "a.xlsx", rows))
    ledger = read_receptions(book, today=TODAY, overrides={"Sheet1": {4: "words"}})
    assert [(m.field, m.how) for m in ledger.sheets[0].heading.matches] == [  # type: ignore[union-attr]
        ("day", "synonym"), ("visitors", "label"), ("phone", "content"), ("words", "chosen"),
    ]  # fmt: skip
    assert [v.phone for v in ledger.visits] == [f"1380013800{n}" for n in range(1, 6)]
    missing = read_receptions(book, today=TODAY).sheets[0].heading
    assert missing and missing.missing == ("反映问题",)


def test_unknown_columns_are_kept(tmp_path: Path) -> None:
    rows = [["2025年"], ["日期", "来访人", "反映问题", "牲畜"], ["3月5日", "张三", "路", "两头牛"]]
    ledger = read_receptions(read_workbook(write(tmp_path / "a.xlsx", rows)), today=TODAY)
    assert ledger.visits[0].row.values["?牲畜"] == "两头牛"


def test_year_from_title_sheet_or_file_else_asked(tmp_path: Path) -> None:
    rows: list[list[object]] = [["日期", "来访人", "反映问题"], ["3月5日", "张三", "路"]]
    by_file = read_receptions(read_workbook(write(tmp_path / "2024年台账.xlsx", rows)), today=TODAY)
    assert by_file.visits[0].day == date(2024, 3, 5)
    by_sheet = read_receptions(
        read_workbook(write(tmp_path / "a.xlsx", rows, sheet="2023年3月")), today=TODAY
    )
    assert by_sheet.visits[0].day == date(2023, 3, 5)
    asked = read_receptions(read_workbook(write(tmp_path / "b.xlsx", rows)), today=TODAY).visits[0]
    assert asked.day == date(2026, 3, 5)
    assert any(r.field == "day" for r in asked.row.readings)


def test_a_formula_without_value_is_the_text_it_was(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["2025年"], ["日期", "来访人", "反映问题"], ["3月5日", "张三", None]])
    import openpyxl

    book = openpyxl.load_workbook(path)
    book["Sheet1"]["C3"] = "=咨询低保怎么办"
    book.save(path)
    assert read_receptions(read_workbook(path), today=TODAY).visits[0].words == "=咨询低保怎么办"


def test_equal_rows_have_their_own_identity_and_keep_it(tmp_path: Path) -> None:
    rows = [visit(number=1), visit(number=2), visit(number=3, day="3月6日")]
    first = [v.row.identity for v in receptions(tmp_path / "a.xlsx", rows).visits]
    assert len(set(first)) == 3
    # A row put before them and new running numbers change nothing.
    moved = receptions(tmp_path / "b.xlsx", [visit(number=1, day="3月1日"), *rows])
    assert [v.row.identity for v in moved.visits][1:] == first
    other_year = receptions(tmp_path / "c.xlsx", rows, title="2024年台账")
    assert not {v.row.identity for v in other_year.visits} & set(first)


def test_merges_lost_in_csv_give_the_same_rows(tmp_path: Path) -> None:
    rows = [visit(deputies="何金花"), visit(day=None, visitors="李四")]
    merged = receptions(tmp_path / "a.xlsx", rows, ["B3:B4", "C3:C4"])
    lines = [["2025年台账"], HEADER, *rows]
    text = "\n".join(",".join("" if c is None else str(c) for c in line) for line in lines)
    (tmp_path / "a.csv").write_text(text, "utf-8-sig")
    plain = read_receptions(read_workbook(tmp_path / "a.csv"), today=TODAY)
    assert [v.row.identity for v in plain.visits] == [v.row.identity for v in merged.visits]


CELLS = st.one_of(
    st.none(),
    st.integers(-5, 99_999_999),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-10, max_value=1e18),
    st.sampled_from(
        [
            "同上",
            "〃",
            "无",
            "—",
            "合计",
            "3月5日",
            "3.1",
            "张  三",
            "无人来访",
            "=SUM(A1)",
            "1-2",
            "转民政所",
        ]
    ),
    st.text(alphabet="张三村组12年月日.-同上 　：:", max_size=8),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=11, max_size=11), max_size=8))
def test_whatever_the_cells_every_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    ledger = receptions(path, rows)
    sheet = ledger.sheets[0]
    understood = [v.row.row for v in ledger.visits] + [e.row.row for e in ledger.empty_days]
    understood += [r.row.row for r in ledger.refused] + [s.row for s in sheet.skipped]
    assert sorted(understood) == list(range(3, len(read_workbook(path).sheets[0].rows) + 1))
    assert all(v.persons >= 1 and v.words for v in ledger.visits)
