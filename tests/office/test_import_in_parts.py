"""Imports a few rows at a time: others save meanwhile; broken off they are gone on with or taken back whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest

from lianxin.domain.records import (
    Contact,
    DeputyGroup,
    GroupMember,
    Mandate,
    Opinion,
    Person,
    Reply,
    Rota,
    Satisfaction,
    Term,
    Visitor,
)
from lianxin.office.desk import Desk
from lianxin.office.importing.intake import ROWS_AT_ONCE
from lianxin.office.importing.ledger_import import Imported, import_ledger, past_imports, undo_import
from lianxin.office.importing.outcome import ImportStopped, ImportUnfinished
from lianxin.store.batches import BatchUndone
from lianxin.store.check import check
from lianxin.store.database import DatabaseBusy
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.reading import Condition
from lianxin.store.record_store import RecordStore, Surroundings
from tests.office.township import Township, new_township

ROOT = Path(__file__).resolve().parents[2]
HEADER = ("序号", "接待时间", "接待代表", "来访人", "人数", "反映问题", "办理结果", "满意度")
Row = tuple[object, ...]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.clock.at(date(2025, 12, 23))
    yield made
    made.desk.store.close()


def visits(count: int) -> list[Row]:
    return [
        (n, f"{n % 12 + 1}月3日", "周桂兰", f"田{n}娃", 1, f"第{n}段路不通", None, None) for n in range(count)
    ]


def ledger(
    folder: Path, rows: list[Row], header: Row = HEADER, title: str = "2025年接待台账", name: str = "台账"
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in ([title], header, *rows):
        page.append(list(row))
    book.save(folder / f"{name}.xlsx")
    return folder / f"{name}.xlsx"


def taken(town: Township, path: Path, kind: str = "contact", *, preview: bool = False) -> Imported:
    return import_ledger(town.desk, kind=kind, path=path, preview=preview, pause=lambda: None)


def outcomes(done: Imported) -> list[str]:
    return [row.outcome for row in done.rows]


def contacts(town: Township) -> int:
    with town.desk.store.reading() as reading:
        return reading.count(Contact)


def test_others_save_between_the_parts(town: Township, tmp_path: Path) -> None:
    seen: list[int] = []

    def elsewhere() -> None:
        town.desk.store.set_setting("draft", len(seen))
        seen.append(contacts(town))

    path = ledger(tmp_path, visits(3 * ROWS_AT_ONCE + 1))
    done = import_ledger(town.desk, kind="contact", path=path, preview=False, pause=elsewhere)
    assert seen == [ROWS_AT_ONCE, 2 * ROWS_AT_ONCE, 3 * ROWS_AT_ONCE]
    assert contacts(town) == 3 * ROWS_AT_ONCE + 1 and done.batch is not None
    (past,) = past_imports(town.desk)
    assert not past.unfinished and past.counts["new"] == 3 * ROWS_AT_ONCE + 1
    undo_import(town.desk, batch=done.batch, pause=lambda: None)
    assert contacts(town) == 0 and past_imports(town.desk)[0].undone
    assert check(town.desk.store).problems == ()


def test_broken_off_it_says_so_and_is_gone_on_with(town: Township, tmp_path: Path) -> None:
    path = ledger(tmp_path, visits(2 * ROWS_AT_ONCE + 5))

    def fails() -> None:
        raise DatabaseBusy

    with pytest.raises(ImportUnfinished, match=f"第{ROWS_AT_ONCE}行") as caught:
        import_ledger(town.desk, kind="contact", path=path, preview=False, pause=fails)
    assert contacts(town) == ROWS_AT_ONCE
    assert [past.unfinished for past in past_imports(town.desk)] == [True]
    done = taken(town, path)
    assert done.resumed and done.batch == caught.value.batch
    assert outcomes(done) == ["same"] * ROWS_AT_ONCE + ["new"] * (ROWS_AT_ONCE + 5)
    assert [past.unfinished for past in past_imports(town.desk)] == [False]
    assert not taken(town, path).resumed
    undo_import(town.desk, batch=caught.value.batch, pause=lambda: None)
    assert contacts(town) == 0


def test_taken_back_elsewhere_it_stops(town: Township, tmp_path: Path) -> None:
    path = ledger(tmp_path, visits(2 * ROWS_AT_ONCE))

    def elsewhere() -> None:
        undo_import(town.desk, batch=past_imports(town.desk)[0].batch, pause=lambda: None)

    with pytest.raises(ImportStopped):
        import_ledger(town.desk, kind="contact", path=path, preview=False, pause=elsewhere)
    assert contacts(town) == 0


_CHILD = """
import os, sys
from datetime import date
from pathlib import Path
from lianxin.office.importing.ledger_import import import_ledger
from tests.office.township import new_township
town = new_township(Path(sys.argv[1]))
town.clock.at(date(2025, 12, 23))
rests = []
def pause():
    rests.append(1)
    if len(rests) == 2:
        os._exit(9)
import_ledger(town.desk, kind="contact", path=Path(sys.argv[2]), preview=False, pause=pause)
"""


def test_killed_in_the_middle_the_state_is_clear(town: Township, tmp_path: Path) -> None:
    path = ledger(tmp_path, visits(3 * ROWS_AT_ONCE))
    home = tmp_path / "killed"
    home.mkdir()
    child = subprocess.run([sys.executable, "-c", _CHILD, str(home), str(path)], cwd=ROOT, check=False)
    assert child.returncode == 9
    around = Surroundings(town.clock, Random(8).randbytes, "甲", home / "witness")
    store = RecordStore.open(home / "home", DatabaseKey(bytes(range(32))), around, actor="01")
    profile = town.desk.profile
    town.desk.store.close()
    town.desk = Desk(store, profile)
    (past,) = past_imports(town.desk)
    assert past.unfinished and past.counts["new"] == contacts(town) == 2 * ROWS_AT_ONCE
    assert check(store).problems == ()
    done = taken(town, path)
    assert done.batch == past.batch and contacts(town) == 3 * ROWS_AT_ONCE
    undo_import(town.desk, batch=past.batch, pause=lambda: None)
    assert contacts(town) == 0 and check(store).problems == ()
    with pytest.raises(BatchUndone):
        undo_import(town.desk, batch=past.batch)


def test_an_edited_copy_brings_its_records_up_to_date(town: Township, tmp_path: Path) -> None:
    rows: list[Row] = [
        (1, "3月5日", "周桂兰", "田一娃", 1, "路灯不亮", None, None),
        (2, "3月5日", "周桂兰", "田二娃", 2, "水管坏了", "正在协调", None),
        (3, "3月5日", "周桂兰", "田三娃", 3, "低保停了", None, None),
    ]
    first = taken(town, ledger(tmp_path, rows))
    edited: list[Row] = [
        (1, "3月5日", "周桂兰", "田一娃", 1, "路灯不亮", "已修好，已解决", "满意"),
        (2, "3月5日", "周桂兰、龙志明", "田二娃", 4, "水管坏了", "已办结", None),
        rows[2],
        (4, "3月6日", "周桂兰", "田四娃", 1, "网络不通", None, None),
    ]
    path = ledger(tmp_path, edited, name="改过的")
    before = taken(town, path, preview=True)
    assert outcomes(before) == ["changed", "changed", "same", "new"]
    done = taken(town, path)
    assert outcomes(done) == outcomes(before)
    assert [row.uids for row in done.rows[:2]] == [row.uids for row in first.rows[:2]]
    with town.desk.store.reading() as reading:
        assert (reading.count(Contact), reading.count(Opinion), reading.count(Visitor)) == (4, 4, 4)
        second = reading.get(Contact, done.rows[1].uids[0])
        assert second is not None and (second.persons, second.deputies) == (4, "周桂兰、龙志明")
        assert sorted(reply.result or "" for reply in reading.all(Reply)) == ["A", "A"]
        assert reading.count(Satisfaction) == 1 and reading.count(Rota) == 3
    assert outcomes(taken(town, path)) == ["same"] * 4
    # The older file says nothing new, and taking the copy back brings the former state.
    assert outcomes(taken(town, ledger(tmp_path, rows))) == ["same"] * 3
    assert done.batch is not None
    undo_import(town.desk, batch=done.batch, pause=lambda: None)
    with town.desk.store.reading() as reading:
        second = reading.get(Contact, done.rows[1].uids[0])
        assert second is not None and (second.persons, second.deputies) == (2, "周桂兰")
        assert [reply.result for reply in reading.all(Reply)] == ["B"]


def test_what_was_changed_here_outweighs_an_edited_copy(town: Township, tmp_path: Path) -> None:
    row: Row = (1, "3月5日", "周桂兰", "田一娃", 1, "路灯不亮", None, None)
    first = taken(town, ledger(tmp_path, [row]))
    with town.desk.store.writing(reason="改") as writing, town.desk.store.reading() as reading:
        contact = reading.get(Contact, first.rows[0].uids[0])
        assert contact is not None
        writing.put(Contact.unpacked({**contact.packed(), "uid": contact.uid, "persons": 7}))
    copy = ledger(tmp_path, [(1, "3月5日", "周桂兰", "田一娃", 2, "路灯不亮", "已解决", None)], name="改过的")
    assert outcomes(taken(town, copy)) == ["changed"]
    with town.desk.store.reading() as reading:
        contact = reading.get(Contact, first.rows[0].uids[0])
        assert contact is not None and contact.persons == 7
        assert [reply.result for reply in reading.all(Reply)] == ["A"]


def test_refused_rows_stand_in_place_and_come_in_corrected(town: Township, tmp_path: Path) -> None:
    rows: list[Row] = [
        (1, "3月5日", "周桂兰", "田一娃", 1, "路灯不亮", None, None),
        (2, "某天", "周桂兰", "田二娃", 2, "水管坏了", None, None),
        (3, "3月7日", "同上", "田三娃", 3, "低保停了", None, None),
    ]
    done = taken(town, ledger(tmp_path, rows))
    assert [(row.row, row.outcome) for row in done.rows] == [(3, "new"), (4, "refused"), (5, "new")]
    assert done.refused_rows is not None
    wrong = tmp_path / "未导入.xlsx"
    wrong.write_bytes(done.refused_rows)
    assert outcomes(taken(town, wrong)) == ["refused"] and len(past_imports(town.desk)) == 1
    book = openpyxl.load_workbook(wrong)
    page = book.worksheets[0]
    for line in page.iter_rows():
        for cell in line:
            if cell.value == "某天":
                cell.value = "3月6日"
    book.save(wrong)
    assert outcomes(taken(town, wrong)) == ["new"] and contacts(town) == 3
    corrected = [rows[0], (2, "3月6日", "周桂兰", "田二娃", 2, "水管坏了", None, None), rows[2]]
    assert outcomes(taken(town, ledger(tmp_path, corrected))) == ["same"] * 3


def test_without_a_header_nothing_is_booked_and_all_is_shown(town: Township, tmp_path: Path) -> None:
    path = ledger(tmp_path, [("甲", "乙", "丙"), ("丁", "戊", "己")], header=("子", "丑", "寅"), title="某表")
    done = taken(town, path)
    assert (done.batch, done.rows, past_imports(town.desk)) == (None, (), ())
    (sheet,) = done.sums
    assert not sheet.found and sheet.unread == 3 and sheet.seen[1] == "子 丑 寅"
    assert {"接待时间", "反映问题"} <= set(sheet.expected)


def test_groups_with_their_members(town: Township, tmp_path: Path) -> None:
    header: Row = ("代表小组", "组长", "成员", "活动范围")
    rows: list[Row] = [
        ("第一小组", "周桂兰", "周桂兰、龙志明、向 光明", "长坪村"),
        ("第二小组", "彭世荣", "覃春生", "卧龙村"),
    ]
    path = ledger(tmp_path, rows, header=header, title="代表小组")
    done = taken(town, path, "group")
    assert (done.counts["groups"], done.counts["members"]) == (2, 5)
    assert (
        len(done.warnings) == 1
        and "第二小组只有2名成员" in done.warnings[0]
        and "第四十三条" in done.warnings[0]
    )
    with town.desk.store.reading() as reading:
        first, _second = reading.all(DeputyGroup)
        members = reading.children(GroupMember, "group", [first.uid])
        people = reading.by_uid(Person, [member.person for member in members])
        assert reading.count(Person) == 6
        assert {(people[each.person].name, each.role) for each in members} == {
            ("周桂兰", "leader"), ("龙志明", "member"), ("向光明", "member"),
        }  # fmt: skip
    assert outcomes(taken(town, path, "group")) == ["same", "same"]
    singly: list[Row] = [("第二小组", "组长", "彭世荣"), (None, "成员", "单大贵")]
    more = ledger(tmp_path, singly, header=("小组名称", "职务", "姓名"), title="成员名单", name="名单")
    done = taken(town, more, "group")
    assert outcomes(done) == ["same", "new"] and done.warnings == ()


def test_congress_and_districts_of_a_roster(town: Township, tmp_path: Path) -> None:
    header: Row = ("姓名", "身份证号", "层级", "选举单位", "届次")
    number = "11010519491231002X"
    rows: list[Row] = [
        ("甲一", None, "县、乡", "第一选区", "县十八届、镇十九届"),
        ("甲二", None, "乡", "第一选区", "十九届"),
        ("甲三", None, "乡", "第一选区", "十九届"),
        ("甲四", None, "乡", "第一选区", "19"),
        ("乙一", number, "乡", "石牌镇第2选区", "十九届"),
        ("乙一", number, "乡", "清水镇第1选区", "十九届"),
    ]
    done = taken(town, ledger(tmp_path, rows, header=header, title="代表名册"), "deputies")
    assert [len(row.uids) for row in done.rows] == [2, 1, 1, 1, 1, 1]
    with town.desk.store.reading() as reading:
        mandate = reading.get(Mandate, done.rows[0].uids[0])
        assert mandate is not None and mandate.term is not None
        term = reading.get(Term, mandate.term)
        assert term is not None and (term.level, term.ordinal) == ("county", 18)
        assert len(reading.all(Person, Condition("name", "=", "乙一"))) == 1
    seats, region = done.warnings
    assert "第一选区应选乡级代表最多3名，现有4名" in seats and "第二十五条" in seats
    assert "乙一同时是清水镇、石牌镇的乡级代表" in region and "第四十八条" in region


def test_a_deputy_told_by_surname(town: Township, tmp_path: Path) -> None:
    rows: list[Row] = [
        (1, "3月5日", "周代表、龙志明主任", "田一娃", 1, "路灯不亮", None, None),
        (2, "3月6日", "王代表", "田二娃", 1, "水管坏了", None, None),
    ]
    done = taken(town, ledger(tmp_path, rows))
    with town.desk.store.reading() as reading:
        told = [reading.get(Contact, row.uids[0]) for row in done.rows]
        assert [each.deputies for each in told if each] == ["周桂兰、龙志明", "王代表"]
        assert reading.count(Rota) == 2 and reading.count(Person) == 6
    assert any("看不出是哪一位代表" in problem.message for problem in done.rows[1].problems)
