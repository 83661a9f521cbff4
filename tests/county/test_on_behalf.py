"""Townships without the program: their tables are read for them, counted, and replaced when a signed file comes."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook as XlsxWorkbook

from lianxin.county.behalf.blank_workbook import blank_workbook
from lianxin.county.behalf.entering import Asked, OnBehalf, guess_file, read_on_behalf, undo_on_behalf
from lianxin.county.behalf.marks import marks
from lianxin.county.behalf.refusals import BehalfRefused
from lianxin.county.figures.town_figures import counted_by_town
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.received.plain_reports import differences, with_plain_read
from lianxin.county.townships.belonging import belonging
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    BehalfSource,
    Contact,
    Mandate,
    Opinion,
    Person,
    ReceptionDay,
    Station,
    Visitor,
)
from lianxin.office.desk import Desk
from lianxin.office.figuring import period_of
from lianxin.office.paperwork.paper import Asked as Paper
from lianxin.office.receiving.taking_back import keep_copy, rebuild, undo_receive
from lianxin.office.sending.report import send
from lianxin.office.sending.send import send_plain
from lianxin.store.check import check
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.own_copy import own_deliveries
from lianxin.store.received import received_files
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.store.taking_in import take_in
from lianxin.store.whose_stream import OnBehalfOnly
from tests.county.posts import Posts, posts_in

TOWN, OTHER = "439901102", "439901103"
HEAD = ("日期", "来访人", "联系电话", "反映内容", "处理意见")
ROWS = (
    ("2026.11.3", "向贵生", "13912340001", "长坪村三组水渠塌方，请求维修", "转水务站"),
    ("2026.11.12", "龙四妹", "13912340002", "低保金没有按时到账", "当场答复"),
    ("2026.11.13", "田大壮", "", "桥头路灯不亮", "转供电所"),
)


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


def ledger(
    folder: Path, rows: Sequence[Sequence[str]] = ROWS, name: str = "石牌镇2026年11月来访登记.csv"
) -> Path:
    """A township's own ledger of visits."""
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([["石牌镇2026年11月来访登记表"], HEAD, *rows])
    return path


def taken(
    posts: Posts, path: Path, code: str = TOWN, *, beside: bool = False, sure: bool = False
) -> OnBehalf:
    (done,) = read_on_behalf(posts.county, Asked(path, code, "contact", beside=beside, sure=sure))
    return done


def words(posts: Posts) -> list[str]:
    """What the visits that count say."""
    with posts.county.store.reading() as reading:
        return sorted(each.words for each in reading.all(Contact))


def test_a_table_counts_for_its_township_and_for_nobodys_signature(posts: Posts, tmp_path: Path) -> None:
    before = posts.hash_of()
    (looked,) = read_on_behalf(posts.county, Asked(ledger(tmp_path), TOWN), preview=True)
    assert looked.batch is None and words(posts) == []
    done = taken(posts, ledger(tmp_path))
    assert (done.period.code, done.counts["new"], done.counts["refused"]) == ("2026-11", 3, 0)
    with posts.county.store.reading() as reading:
        (source,) = reading.all(BehalfSource)
        assert (source.shown("source"), source.batch) == ("代录（未签名）", done.batch)
        assert set(belonging(reading, Contact).values()) == {TOWN}
        assert {each.name for each in reading.all(Visitor)} == {"向贵生", "龙四妹", "田大壮"}
    assert posts.hash_of() == before


def test_a_signed_file_replaces_it_undoing_brings_it_back_and_rebuilding_changes_nothing(
    posts: Posts, tmp_path: Path
) -> None:
    taken(posts, ledger(tmp_path))
    told = words(posts)
    posts.visit(posts.town)
    file = posts.send(posts.town)
    (looked,) = posts.receive(file, preview=True)
    assert "代录的3条" in looked.outcome.message and words(posts) == told
    (verdict,) = posts.receive(file)
    assert "代录的3条" in verdict.outcome.message
    signed_only = posts.hash_of()
    assert len(words(posts)) == 1
    rebuild(posts.county)
    assert (posts.hash_of(), len(words(posts))) == (signed_only, 1)
    undo_receive(posts.county, verdict.bundle_id or "")
    assert words(posts) == told
    posts.hash_of()
    posts.receive(file)
    assert (posts.hash_of(), len(words(posts))) == (signed_only, 1)
    with pytest.raises(BehalfRefused, match="数字签名"):
        taken(posts, ledger(tmp_path, name="石牌镇2026年11月补报.csv"))


def test_the_same_file_counts_once_and_a_corrected_one_replaces_it(posts: Posts, tmp_path: Path) -> None:
    first = taken(posts, ledger(tmp_path))
    again = taken(posts, ledger(tmp_path))
    assert again.again and again.counts["same"] == 3 and again.batch == first.batch
    corrected = ledger(
        tmp_path, (*ROWS[:2], (*ROWS[2][:3], "桥头路灯不亮，有三盏", "转供电所")), "石牌镇11月（改）.csv"
    )
    done = taken(posts, corrected)
    assert (done.counts["same"], done.counts["new"], done.settled.gone) == (2, 1, 1)
    assert done.replaces == ("石牌镇2026年11月来访登记.csv",)
    assert len(words(posts)) == 3 and "桥头路灯不亮，有三盏" in words(posts)
    undo_on_behalf(posts.county, done.batch or "")
    assert "桥头路灯不亮" in words(posts) and len(words(posts)) == 3
    undo_on_behalf(posts.county, first.batch or "")
    assert words(posts) == []
    posts.hash_of()


def test_a_second_list_may_stand_beside_the_first(posts: Posts, tmp_path: Path) -> None:
    taken(posts, ledger(tmp_path))
    second = ledger(
        tmp_path, [("2026.11.20", "彭小满", "", "要求通班车", "转交通站")], "石牌镇响水点11月.csv"
    )
    assert taken(posts, second, beside=True).replaces == ()
    assert len(words(posts)) == 4


def test_names_of_one_township_never_meet_anothers(posts: Posts, tmp_path: Path) -> None:
    rows = [(*row, "中心联络站") for row in ROWS]
    for code, town in ((TOWN, "石牌镇"), (OTHER, "响水乡")):
        path = tmp_path / f"{town}2026年11月.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([(*HEAD, "站点"), *rows])
        taken(posts, path, code)
    with posts.county.store.reading() as reading:
        assert sorted(belonging(reading, Station).values()) == [TOWN, OTHER]
        owners = belonging(reading, Contact)
        stations = belonging(reading, Station)
        assert all(
            owners[each.uid] == stations[each.station] for each in reading.all(Contact) if each.station
        )
    assert len(words(posts)) == 6


def test_it_never_travels_and_nobody_types_over_it(posts: Posts, tmp_path: Path) -> None:
    taken(posts, ledger(tmp_path), OTHER, sure=True)
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    (receipt,) = write_receipts(posts.county, to=tmp_path / "down", codes=[TOWN])
    assert b"behalf" not in receipt.path.read_bytes()
    with posts.county.store.reading() as reading:
        owners = belonging(reading, Contact)
        mine = next(each for each in reading.all(Contact) if owners[each.uid] == OTHER)
    with pytest.raises(OnBehalfOnly), posts.county.store.writing(reason="改") as writing:
        writing.remove(Contact, mine.uid)


UNREADABLE = (
    ("拍的表.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "照片"),
    ("盖章件.pdf", b"%PDF-1.7 ", "PDF"),
    ("十一月.et", b"anything", "WPS"),
    ("空表.csv", b"\n\n", "空的"),
    ("加密.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ("只有字.csv", "今天天气很好".encode(), "表头"),
)


def test_what_cannot_be_read_is_said_with_the_next_act(posts: Posts, tmp_path: Path) -> None:
    for name, content, said in UNREADABLE:
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(BehalfRefused) as refused:
            taken(posts, path)
        assert said in refused.value.message and "数据没有改动" in refused.value.message
        assert "请" in refused.value.message
    assert words(posts) == []


def test_a_table_of_another_township_is_asked_about(posts: Posts, tmp_path: Path) -> None:
    path = ledger(tmp_path)
    assert (guess_file(posts.county, path).code, guess_file(posts.county, path).period) == (TOWN, "2026-11")
    with pytest.raises(BehalfRefused, match="石牌镇，不是响水乡"):
        taken(posts, path, OTHER)
    with pytest.raises(BehalfRefused, match="没有区划代码为"):
        taken(posts, path, "439901999")


FILLED: Mapping[str, Mapping[str, str | int | date]] = {
    "代表": {"姓名": "龙金花", "性别": "女", "代表层级": "乡、县", "联系电话": "13912340009", "选区": "第三选区"},
    "来访走访": {
        "接待时间": date(2026, 11, 3), "接待地点": "中心联络站", "接待代表": "龙金花", "来源": "接待日接访",
        "来访人": "向贵生", "性别": "男", "电话": "13912340001", "人数": 2, "反映问题": "长坪村三组水渠塌方，请求维修",
        "类别": "饮水水利", "处理意见": "转交办理", "承办单位": "镇水务站", "交办日期": date(2026, 11, 4),
    },
    "意见建议": {
        "接待时间": date(2026, 11, 6), "来源": "网络", "反映问题": "要求增开到县城的班车", "类别": "行路交通",
    },
    "接待日": {"接待时间": date(2026, 11, 17), "接待地点": "中心联络站", "接待代表": "龙金花", "反映问题": "无人来访"},
    "代表议案建议": {"标题": "关于修建便民桥的建议", "领衔代表": "龙金花", "提出日期": date(2026, 11, 9)},
    "履职活动": {"日期": date(2026, 11, 10), "活动类型": "视察", "主题": "视察秋冬水利", "参加人员": "龙金花"},
    "会议": {"日期": date(2026, 11, 11), "会议类型": "主席团会议", "会议名称": "第三次主席团会议"},
    "办实事": {"日期": date(2026, 11, 12), "代表": "龙金花", "事项": "帮助联系种苗", "受益户数": 12},
    "信息宣传": {"采用日期": date(2026, 11, 13), "标题": "代表进站听民声", "作者": "田大壮"},
}  # fmt: skip


def filled(posts: Posts, path: Path, told: Mapping[str, Mapping[str, str | int | date]]) -> Path:
    """The workbook that is handed out, filled as a clerk fills it: one row a sheet."""
    from openpyxl import load_workbook

    with posts.county.store.reading() as reading:
        path.write_bytes(blank_workbook(Paper(posts.county, reading, None, Period.parse("2026-11"))))
    book = load_workbook(path)
    for name, cells in told.items():
        page = book[name]
        heads = {str(cell.value).rstrip("*"): cell.column for cell in page[3] if cell.value}
        for label, value in cells.items():
            page.cell(4, heads[label]).value = value
    book.save(path)
    return path


def test_the_handed_out_workbook_filled_comes_back_whole_and_without_a_doubt(
    posts: Posts, tmp_path: Path
) -> None:
    path = filled(posts, tmp_path / "石牌镇2026年11月.xlsx", FILLED)
    assert guess_file(posts.county, path).code == TOWN
    done = read_on_behalf(posts.county, Asked(path, TOWN))
    assert {each.ledger for each in done} == {
        "deputies", "contact", "opinion", "suggestion", "activity", "meeting", "deed", "publicity",
    }  # fmt: skip
    for table in done:
        assert [(row.problems, row.readings) for row in table.rows if row.doubtful] == [], table.ledger
        assert table.counts["refused"] == 0 and table.period.code == "2026-11"
    with posts.county.store.reading() as reading:
        assert [each.persons for each in reading.all(Contact)] == [2]
        assert len(reading.all(ReceptionDay)) == 2 and len(reading.all(Person)) == 1
        assert {each.level for each in reading.all(Mandate)} == {"township", "county"}
        assert len(reading.all(Opinion)) == 3, "the visit's, the one from the net, and the suggestion's"
    posts.hash_of()
    with pytest.raises(BehalfRefused, match="没有一行"):
        read_on_behalf(posts.county, Asked(filled(posts, tmp_path / "石牌镇空的.xlsx", {}), TOWN))


def test_a_township_that_tells_only_totals_is_taken_at_its_word(posts: Posts, tmp_path: Path) -> None:
    row: dict[str, str | int | date] = {
        "乡镇": "石牌镇", "站（点）数": 3, "接待日次数": 2, "收集意见": 14, "办结": 9, "满意率": "92.5%",
    }  # fmt: skip
    path = filled(posts, tmp_path / "石牌镇2026年11月.xlsx", {"报表汇总": row})
    (done,) = read_on_behalf(posts.county, Asked(path, TOWN, "return"))
    assert done.totals == {
        "stations": 3, "reception_days": 2, "opinions": 14, "closed": 9, "satisfaction_rate": "92.5%",
    }  # fmt: skip
    with posts.county.store.reading() as reading:
        found = counted_by_town(reading, done.period, profile=posts.county.profile).line(TOWN)
    assert found is not None and found.figures["opinions"].value == 14
    undo_on_behalf(posts.county, done.batch or "")
    wrong = filled(posts, tmp_path / "响水乡2026年11月.xlsx", {"报表汇总": {**row, "乡镇": "响水乡"}})
    with pytest.raises(BehalfRefused, match="响水乡，不是石牌镇"):
        read_on_behalf(posts.county, Asked(wrong, TOWN, "return"))


def test_a_plain_report_is_read_until_a_signed_one_comes_and_goes_with_its_file(posts: Posts) -> None:
    other = posts.offices.other
    posts.visit(other)
    posts.visit(other, "要求增开到县城的班车", "彭小满", day=9)
    file = send_plain(other, period=period_of(other, "2026-11"), to=posts.offices.folder / "plain").path
    (verdict,) = with_plain_read(posts.county, posts.receive(file))
    assert verdict.outcome.code == "W507" and "已按普通报送计入" in verdict.outcome.message
    assert "没有一行" not in verdict.outcome.message, "a ledger the program left empty is no question"
    assert len(words(posts)) == 2
    with posts.county.store.reading() as reading:
        assert set(marks(reading, Contact).values()) == {"普通报送"}
        assert not reading.all(Visitor), "nobody's name travelled"
    (again,) = with_plain_read(posts.county, posts.receive(file))
    assert again.outcome.code == "W600" and again.new == 0
    # Of a later month: it holds the whole ledger, so the months that came unsigned must not count twice.
    later = send(other, period=period_of(other, "2026-12"), to=posts.offices.folder / "later")
    (signed,) = posts.receive(later.path)
    assert "代录的2条" in signed.outcome.message and len(words(posts)) == 2
    with posts.county.store.reading() as reading:
        assert not {each.uid for each in reading.all(Contact)} & set(marks(reading, Contact))
    undo_receive(posts.county, signed.bundle_id or "")
    assert len(words(posts)) == 2
    with posts.county.store.reading() as reading:
        (plain,) = received_files(reading.connection, "accepted", org=OTHER)
    undo_receive(posts.county, plain.place)
    assert words(posts) == []
    posts.hash_of()


def test_a_return_that_does_not_fit_its_ledgers_is_told_and_refuses_nothing(
    posts: Posts, tmp_path: Path
) -> None:
    told: dict[str, str | int | date] = {
        "乡镇": "响水乡",
        "接待群众人次": 5,
        "收集意见": 1,
        "当场答复": 0,
        "转交办理": 9,
    }
    path = filled(posts, tmp_path / "响水乡2026年11月.xlsx", {"报表汇总": told})
    (done,) = read_on_behalf(posts.county, Asked(path, OTHER, "return"))
    read_on_behalf(posts.county, Asked(ledger(tmp_path, name="响水乡.csv"), OTHER, "contact", sure=True))
    with posts.county.store.reading() as reading:
        found = differences(reading, OTHER, done.period, done.totals, profile=posts.county.profile)
    assert "收集意见填的是1，台账里是3" in found
    assert not any("转报县人大" in each for each in found), "what was not told is no difference"


LAYOUTS: Mapping[str, list[list[str]]] = {
    "一行表头": [list(HEAD), *map(list, ROWS)],
    "两行表头": [
        ["石牌镇11月群众来访台账"], ["单位：石牌镇人大", "", "", "2026年11月"],
        ["序号", "来访人", "", "接访日期", "反映问题", "办理情况"], ["", "姓名", "电话", "", "", ""],
        *([str(at), row[1], row[2], row[0], row[3], row[4]] for at, row in enumerate(ROWS, 1)),
        ["合计", "", "", "", "3件", ""],
    ],
    "走访日记": [
        ["代表走访群众记录"], ["走访时间", "走访对象", "走访内容", "答复意见", "备注"],
        *([row[0].replace("2026.", ""), row[1], row[3], row[4], ""] for row in ROWS),
    ],
}  # fmt: skip


def test_three_layouts_in_three_formats_say_the_same(posts: Posts, tmp_path: Path) -> None:
    for ending, layout in zip((".csv", ".xlsx", ".docx"), LAYOUTS.values(), strict=True):
        path = tmp_path / f"石牌镇2026年11月{ending}"
        written(path, layout)
        (done,) = read_on_behalf(posts.county, Asked(path, TOWN))
        assert (done.ledger, done.period.code, done.counts["refused"]) == ("contact", "2026-11", 0)
        assert done.counts["rows"] == 3
        assert words(posts) == sorted(row[3] for row in ROWS)


def written(path: Path, rows: Sequence[list[str]]) -> None:
    """These rows as a file of this kind."""
    if path.suffix == ".csv":
        with path.open("w", encoding="gb18030", newline="") as stream:
            csv.writer(stream).writerows(rows)
    elif path.suffix == ".xlsx":
        book = XlsxWorkbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        width = max(map(len, rows))
        document = Document()
        table = document.add_table(rows=len(rows), cols=width)
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                table.cell(at, place).text = text
        document.save(str(path))


def test_a_lost_county_database_comes_back_with_what_was_read_for_townships(
    posts: Posts, tmp_path: Path
) -> None:
    taken(posts, ledger(tmp_path))
    posts.visit(posts.offices.other)
    posts.receive(posts.send(posts.offices.other))
    before, told = posts.hash_of(), words(posts)
    keep_copy(posts.county)
    store = posts.county.store
    copied = RecordStore.create(
        tmp_path / "anew", store.key, Surroundings(store.now, store.random, "新电脑", tmp_path / "witness"),
        org_code="439901", actor="01",
    )  # fmt: skip
    shutil.copytree(store.home / "bundles", tmp_path / "anew" / "bundles", dirs_exist_ok=True)
    anew = Desk(copied, posts.county.profile)
    with copied.writing(reason="重建数据") as writing:
        for delivery in own_deliveries(copied, KeptBundles(copied.home, copied.key)):
            take_in(writing, delivery)
    with copied.reading() as reading:
        assert {each.words for each in reading.all(Contact)} == {row[3] for row in ROWS}
        assert set(belonging(reading, Contact).values()) == {TOWN}
    assert (posts.hash_of(), words(posts)) == (before, told)
    assert check(anew.store).problems == ()
    copied.close()
