"""The project's sample ledgers, against counts made by hand from the sheets."""

from datetime import date

from lianxin.ledgers.deputies import Roster, read_roster
from lianxin.ledgers.guess import guess_kind
from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.reportback import read_tallies
from lianxin.ledgers.rows import SheetReading
from lianxin.ledgers.visits import ReceptionLedger
from lianxin.ledgers.workbook import read_workbook
from tests.ledgers.builders import TODAY, sample

# Counted by hand, January to December: numbered rows, people written in 人数, rows whose 人数 is blank.
VISITS = (15, 17, 10, 2, 20, 11, 6, 10, 15, 6, 6, 8)
PEOPLE = (40, 66, 13, 12, 40, 25, 19, 47, 38, 18, 9, 21)
BLANKS = (2, 1, 1, 1, 6, 3, 0, 1, 2, 0, 1, 1)


def _receptions() -> ReceptionLedger:
    return read_receptions(read_workbook(sample("接待群众")), today=TODAY)


def _roster() -> Roster:
    return read_roster(read_workbook(sample("花名册")), today=TODAY)


def _accounted(sheet: SheetReading) -> set[int]:
    """Row numbers that are data, skipped with a reason, or stand above the data."""
    above = set(range(1, sheet.heading.last + 1)) if sheet.heading else set()
    return above | {row.row for row in sheet.rows} | {skipped.row for skipped in sheet.skipped}


def test_every_visit_is_there_and_the_sums_agree_with_the_hand_count() -> None:
    ledger = _receptions()
    assert [sums.visits for sums in ledger.sums] == list(VISITS)
    assert [sums.persons for sums in ledger.sums] == [a + b for a, b in zip(PEOPLE, BLANKS, strict=True)]
    assert (len(ledger.visits), ledger.persons) == (126, 367)
    assert all(sums.stated and sums.agrees for sums in ledger.sums)
    assert ledger.refused == ()


def test_every_row_of_every_sample_is_accounted_for() -> None:
    book = read_workbook(sample("接待群众"))
    roster = read_workbook(sample("花名册"))
    tally = read_workbook(sample("述职"))
    readings = [
        (book, _receptions().sheets),
        (roster, _roster().sheets),
        (tally, read_tallies(tally, today=TODAY).sheets),
    ]
    for workbook, sheets in readings:
        for sheet, reading in zip(workbook.sheets, sheets, strict=True):
            assert _accounted(reading) == set(range(1, len(sheet.rows) + 1))


def test_days_without_visitors_are_no_visits() -> None:
    ledger = _receptions()
    assert [(e.day, e.deputies) for e in ledger.empty_days] == [
        (date(2025, 3, 3), ("解金花", "陈文辉")),
        (date(2025, 4, 14), ("李建国", "何强")),
        (date(2025, 11, 28), ("田小军", "田堃")),
    ]
    assert len(ledger.days) == 27
    assert sum(day.visits for day in ledger.days) == 126


def test_merged_days_reach_all_their_rows() -> None:
    january = [v for v in _receptions().visits if v.row.sheet == "1月"]
    assert [v.day for v in january] == [date(2025, 1, 12)] * 8 + [date(2025, 1, 19)] * 7
    assert {v.deputies for v in january} == {("何金花", "田光明"), ("唐喆", "杨敏")}
    assert {v.place for v in january} == {"石牌镇代表联络站"}
    assert {v.half_day for v in january[8:]} == {"上午"}


def test_cells_of_the_reception_ledger() -> None:
    by_place = {(v.row.sheet, v.row.row): v for v in _receptions().visits}
    assert by_place["1月", 5].visitors == ("龙䶮",)
    assert by_place["1月", 6].phone == "15848779167"
    assert by_place["1月", 4].phone == "15034621185"
    assert by_place["1月", 10].words == "=咨询医保异地报销怎么办"
    assert (by_place["1月", 6].village, by_place["1月", 6].group) == ("白岩村", "5组")
    assert by_place["1月", 8].closed == date(2025, 2, 7)
    assert by_place["1月", 11].closed is None
    assert by_place["1月", 9].satisfaction == "satisfied"
    assert by_place["1月", 16].repeated
    assert by_place["12月", 5].closed == date(2026, 2, 24)
    assert by_place["8月", 9].visitors == ("欧阳小军",)


def test_ditto_marks_by_meaning() -> None:
    by_place = {(v.row.sheet, v.row.row): v for v in _receptions().visits}
    # The row's own unit outweighs the unit that 同上 would bring along.
    first = by_place["6月", 8]
    assert (first.handling, first.handling_words, first.unit) == (
        "assigned",
        "转镇综合执法大队",
        "镇综合执法大队",
    )
    # 转移动公司 of the row itself outweighs 同上 in the unit column, and the next row's 同上 follows it.
    assert (by_place["12月", 10].unit, by_place["12月", 11].unit) == ("移动公司", "移动公司")
    # Nothing stands above: empty, and told.
    empty = by_place["3月", 5]
    assert empty.handling_words is None
    assert any(p.field == "handling" and "同上" in p.message for p in empty.row.problems)
    assert by_place["6月", 4].unit == "镇民政所"
    assert by_place["5月", 20].remark == "重复来访"


def test_roster() -> None:
    roster = _roster()
    assert len(roster.deputies) == 42
    assert roster.sheets[0].stated[0].number == 42
    assert [s.why for s in roster.sheets[0].skipped] == ["空行", "合计", "说明"]
    # Six people are deputies of county and township at once.
    assert roster.mandates == 48
    assert sum(1 for d in roster.deputies if d.levels == ("county", "township")) == 6
    assert roster.refused == ()
    assert {d.nation for d in roster.deputies} == {"汉族", "土家族", "苗族"}
    assert all(d.born and d.party and d.sex for d in roster.deputies)
    by_name = {d.name: d for d in roster.deputies}
    assert by_name["陈文辉"].born == "1958-10"
    assert by_name["彭芳"].identity_number == "439901198007137377"
    assert by_name["黄长青"].phone == "17452342173"
    assert by_name["赵秀英"].levels == ("city",)


def test_damaged_identity_numbers_lose_no_row() -> None:
    damaged = [d for d in _roster().deputies if any("后三位已丢失" in p.message for p in d.row.problems)]
    assert [d.name for d in damaged] == ["解金花", "何强", "司马桂兰"]
    assert all(d.identity_number is None for d in damaged)


def test_report_back_rows_that_do_not_add_up() -> None:
    summary = read_tallies(read_workbook(sample("述职")), today=TODAY)
    assert len(summary.rows) == 8
    refused = {each.row.values["name"]: [p.message for p in each.problems] for each in summary.refused}
    assert refused == {
        "彭芳": ["彭芳：各项合计53票，有效票是50票，多3票"],
        "梁世荣": [
            "收回票54张多于发出票52张，多2张，按规定这次测评无效，应当重新投票",
            "有效票50张加无效票0张是50张，收回票是54张，少4张",
        ],
    }
    assert sum(row.counts["returned"] for row in summary.rows) == 528 - 50 - 54
    assert [row.day for row in summary.rows][:2] == [date(2025, 11, 24), date(2025, 11, 10)]


def test_kinds_are_told_apart() -> None:
    assert guess_kind(read_workbook(sample("接待群众"))) == "visit"
    assert guess_kind(read_workbook(sample("花名册"))) == "deputy"
    assert guess_kind(read_workbook(sample("述职"))) == "tally"


def test_identities_are_unique_and_stable() -> None:
    first = [v.row.identity for v in _receptions().visits]
    assert len(set(first)) == len(first)
    assert first == [v.row.identity for v in _receptions().visits]
