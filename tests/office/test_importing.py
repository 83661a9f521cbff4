"""Import: what the preview says is what an import does; sums, stopping, correcting, report-back summaries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lianxin.domain.records import (
    Contact,
    Evaluation,
    Mandate,
    ReceptionDay,
    SentFile,
    TallyRow,
    Visitor,
    YearReport,
)
from lianxin.installed import samples_dir
from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.office.importing.columns import fields_of, importable_kinds
from lianxin.office.importing.ledger_import import (
    Imported,
    import_ledger,
    likely_kind,
    past_imports,
    undo_import,
)
from lianxin.office.importing.outcome import ImportStopped
from tests.office.township import Township, new_township

# Counted by hand in the sample ledger: rows with a running number per month.
VISITS = {"1月": 15, "2月": 17, "3月": 10, "4月": 2, "5月": 20, "6月": 11, "7月": 6, "8月": 10, "9月": 15,
          "10月": 6, "11月": 6, "12月": 8}  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.clock.at(date(2025, 12, 23))
    yield made
    made.desk.store.close()


def sample(ending: str) -> Path:
    (found,) = samples_dir().glob(f"*{ending}.xlsx")
    return found


def taken(town: Township, path: Path, kind: str, *, preview: bool = False) -> Imported:
    return import_ledger(town.desk, kind=kind, path=path, preview=preview)


def stored(town: Township) -> tuple[int, int, int]:
    with town.desk.store.reading() as reading:
        return reading.count(Contact), reading.count(ReceptionDay), reading.count(Mandate)


def ledger(folder: Path, *rows: tuple[object, ...], header: tuple[str, ...] = ()) -> Path:
    """A small reception ledger of one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["石牌镇2025年接待群众台账"])
    page.append(header or ("序号", "接待时间", "来访群众", "人数", "反映问题"))
    for row in rows:
        page.append(list(row))
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def test_the_sums_of_the_preview_are_the_hand_count_and_the_ledgers_own(town: Township) -> None:
    found = taken(town, sample("接待群众台账"), "contact", preview=True)
    assert {each.sheet: each.entries for each in found.sums} == VISITS
    assert sum(each.persons or 0 for each in found.sums) == found.counts["persons"] == 367
    assert all(each.found and each.agrees and len(each.stated) == 1 for each in found.sums)
    assert stored(town) == (0, 0, 6)


def test_a_wrong_total_and_a_sheet_without_header_are_named(town: Township, tmp_path: Path) -> None:
    path = ledger(tmp_path, (1, "3月5日", "田金玉", 2, "路灯不亮"), ("本月合计", "", "3批次", "", ""))
    book = openpyxl.load_workbook(path)
    book.create_sheet("说明").append(["这一张不是台账"])
    book.save(path)
    first, second = taken(town, path, "contact", preview=True).sums
    assert (first.agrees, first.stated[0].stated, first.stated[0].counted) == (False, 3, 1)
    assert not second.found and second.agrees


def test_preview_and_import_say_the_same_of_every_row(town: Township) -> None:
    before = taken(town, sample("接待群众台账"), "contact", preview=True)
    done = taken(town, sample("接待群众台账"), "contact")
    assert [(r.sheet, r.row, r.outcome, r.problems, r.readings) for r in done.rows] == [
        (r.sheet, r.row, r.outcome, r.problems, r.readings) for r in before.rows
    ]
    assert done.taken == 129 and {"contact", "visitor", "opinion"} <= done.kinds
    again = taken(town, sample("接待群众台账"), "contact")
    assert {row.outcome for row in again.rows} == {"same"} and again.taken == 0


def test_an_import_is_listed_and_taken_back_whole(town: Township) -> None:
    taken(town, sample("花名册"), "deputies")
    done = taken(town, sample("接待群众台账"), "contact")
    assert done.batch is not None and stored(town)[0] == 126
    undo_import(town.desk, batch=done.batch)
    assert stored(town)[:2] == (0, 0)
    assert [(p.label, p.counts["new"], p.undone) for p in past_imports(town.desk)] == [
        ("接待群众台账", 129, True),
        ("代表花名册", 42, False),
    ]
    assert taken(town, sample("接待群众台账"), "contact", preview=True).taken == 129


def test_a_stopped_import_leaves_nothing(town: Township) -> None:
    told: list[tuple[int, int, str]] = []

    def cancel() -> bool:
        return len(told) > 3

    with pytest.raises(ImportStopped):
        import_ledger(
            town.desk, kind="contact", path=sample("接待群众台账"), preview=False,
            progress=lambda *said: told.append(said), cancel=cancel,
        )  # fmt: skip
    assert [done for done, _, _ in told] == [0, 0, 25, 50] and told[-1][1] == 129
    assert stored(town) == (0, 0, 6) and [past.undone for past in past_imports(town.desk)] == [True]


def test_a_file_changed_since_its_preview_is_not_taken_in(town: Township, tmp_path: Path) -> None:
    path = ledger(tmp_path, (1, "3月5日", "田金玉", 2, "路灯不亮"))
    seen = taken(town, path, "contact", preview=True)
    ledger(tmp_path, (1, "3月5日", "田金玉", 2, "路灯不亮"), (2, "3月6日", "彭世荣", 1, "断水"))
    with pytest.raises(LedgerUnreadable, match="预览之后被改动过"):
        import_ledger(town.desk, kind="contact", path=path, preview=False, expected=seen.digest)
    assert stored(town)[0] == 0


def test_a_corrected_column_is_read_as_said(town: Township, tmp_path: Path) -> None:
    path = ledger(
        tmp_path, (1, "3月5日", "田金玉", "说路灯不亮"),
        header=("序号", "接待时间", "来访群众", "大家说了什么"),
    )  # fmt: skip
    first = taken(town, path, "contact", preview=True)
    heading = first.sheets[0].heading
    assert heading is not None and heading.missing == ("反映问题",)
    assert [row.outcome for row in first.rows] == ["refused"] and first.refused_rows
    second = import_ledger(
        town.desk, kind="contact", path=path, preview=True, overrides={first.sheets[0].sheet: {4: "words"}}
    )
    assert [row.outcome for row in second.rows] == ["new"]


def test_a_doubtful_day_is_told_as_it_was_understood(town: Township, tmp_path: Path) -> None:
    path = ledger(
        tmp_path, (1, 3.9, "田金玉", 1, "断水"), (2, 3.1, "彭世荣", 1, "断电"), (3, 3.11, "向光明", 1, "路坏")
    )
    found = taken(town, path, "contact", preview=True)
    (reading,) = [each for each in found.rows[1].readings if each.field == "day"]
    assert (reading.cell, reading.typed, reading.understood) == ("B4", "3.1", "2025年3月10日")
    assert found.rows[1].doubtful and "彭世荣" in found.rows[1].gist


def test_report_back_summaries_come_in_but_for_what_does_not_add_up(town: Township) -> None:
    path = sample("述职评议测评汇总")
    assert likely_kind(path) == "tally"
    taken(town, sample("花名册"), "deputies")
    before = stored(town)
    found = taken(town, path, "tally", preview=True)
    assert (found.counts["deputies"], found.counts["wrong"], stored(town)) == (10, 2, before)
    done = taken(town, path, "evaluation")
    assert (done.counts["new"], done.counts["refused"]) == (8, 2)
    wrong = [problem.message for row in done.rows if row.outcome == "refused" for problem in row.problems]
    assert "收回票54张多于发出票52张，多2张，按规定这次测评无效，应当重新投票" in wrong
    assert "彭芳：各项合计53票，有效票是50票，多3票" in wrong
    assert done.refused_rows is not None
    with town.desk.store.reading() as reading:
        votes, rows, reports = reading.all(Evaluation), reading.all(TallyRow), reading.all(YearReport)
    assert {vote.state for vote in votes} == {"confirmed"} and len(votes) == len(rows) == 8
    one = next(row for row in rows if row.first == 37)
    assert (one.second, one.third, one.abstained, one.void, one.unknown, one.name) == (5, 2, 1, 0, None, None)
    assert next(vote for vote in votes if vote.uid == one.evaluation).unstated == 1
    assert {report.mode for report in reports} == {"oral", "written"} and len(reports) == 8
    assert taken(town, path, "tally").counts["same"] == 8
    assert done.batch is not None
    undo_import(town.desk, batch=done.batch)
    assert stored(town) == before


def test_a_summary_in_points_or_four_grades_is_stored_in_its_scheme(town: Township, tmp_path: Path) -> None:
    before = ["序号", "述职代表", "日期", "有效票"]
    for header, counts in (
        ([*before, "优秀", "称职", "基本称职", "不称职"], [50, 30, 15, 4, 1]),
        ([*before, "弃权", "总分"], [50, 2, 4555.5]),
    ):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (header, [1, "龙志明", "2025.11.2", *counts]):
            sheet.append(list(row))
        path = tmp_path / "汇总.xlsx"
        book.save(path)
        assert taken(town, path, likely_kind(path) or "").counts["new"] == 1
    with town.desk.store.reading() as reading:
        votes, rows = reading.all(Evaluation), {row.evaluation: row for row in reading.all(TallyRow)}
    told = {vote.scheme: rows[vote.uid] for vote in votes}
    assert (told["four"].first, told["four"].fourth) == (30, 1)
    assert (told["percent"].first, str(told["percent"].points)) == (48, "4555.5")


def test_visitors_are_not_taken_for_deputies(town: Township) -> None:
    before = stored(town)
    for kind in ("deputies", "mandate", "person"):
        with pytest.raises(LedgerUnreadable, match="像是来访登记台账"):
            import_ledger(town.desk, kind=kind, path=sample("接待群众台账"), preview=False)
    assert stored(town) == before


def test_every_kind_offered_has_columns_to_choose_from() -> None:
    for kind, label in importable_kinds():
        assert label and len(fields_of(kind)) >= 2
    assert SentFile.KIND not in dict(importable_kinds())


def test_a_file_that_is_gone_is_said_in_one_sentence(town: Township, tmp_path: Path) -> None:
    with pytest.raises(LedgerUnreadable, match="文件打不开"):
        taken(town, tmp_path / "没有.xlsx", "contact")


def test_a_visitor_who_gave_no_name_and_no_number_is_one_anonymous_visitor(
    town: Township, tmp_path: Path
) -> None:
    file = ledger(
        tmp_path,
        (1, "2025年11月14日", "匿名", "", 1, "垃圾池三天没有清运"),
        header=("序号", "接待时间", "来访群众", "电话", "人数", "反映问题"),
    )
    assert taken(town, file, "contact").counts["visits"] == 1
    with town.desk.store.reading() as reading:
        (visitor,) = reading.all(Visitor)
    assert (visitor.name, visitor.anonymous, visitor.phone) == (None, True, None)
