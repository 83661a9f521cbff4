"""One reception day of twenty visits and what becomes of them, from the door to the county's return: keys only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.bootstrap import App, profile_named
from lianxin.cli.main import run
from lianxin.domain.figures.of_period import columns_of
from lianxin.domain.records import (
    Contact,
    Deed,
    HandlingUnit,
    Mandate,
    Opinion,
    Person,
    Region,
    Routing,
    Supervision,
    Telling,
)
from lianxin.installed import PASSPHRASE_VARIABLE
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.setting_up import set_up
from lianxin.office.sending.papers import return_value
from lianxin.store.passphrase import Argon2Cost, create_keyring
from lianxin.store.reading import Order
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.ui.figures import FiguresPage, figures_page
from lianxin.ui.figures.figure_list import amount
from lianxin.ui.finding import StoreSearch
from lianxin.ui.main import township_entries
from lianxin.ui.opinions import OpinionsPage
from lianxin.ui.reception import ReceptionPage
from lianxin.ui.shell import MainWindow
from tests.ui.clerk import Clerk, Key, page_of
from tests.ui.small_office import BEGINNING, PASSPHRASE, Keeping

TZ = timezone(timedelta(hours=8))
DAY = date(2026, 11, 20)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SIMPLE_VISIT = 13
"""Keys of a visit with sex, phone, village, 已告知 and a unit, beside its text."""
BRIEF_VISIT = 10
"""Keys of a visit with name, village and words that is answered on the spot."""


class TickingClock:
    """A second goes by whenever somebody looks: steps of one day are told apart by when they were taken."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 8, 30, tzinfo=TZ)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def morning_of(self, day: date) -> None:
        """The office opens again on another day."""
        self.now = datetime(day.year, day.month, day.day, 8, 30, tzinfo=TZ)


@dataclass
class Office:
    """The open office with what the test looks at."""

    desk: Desk
    clock: TickingClock
    home: Path

    def file(self, number: int) -> CaseFile:
        """The matter of this number of the year."""
        with self.desk.store.reading() as reading:
            found = [each for each in reading.all(Opinion) if (each.number or "").endswith(f"YJ{number:04d}")]
        file = case_file(self.desk, found[0].uid)
        assert file is not None
        return file

    def states(self) -> Counter[str]:
        """How many matters stand where."""
        with self.desk.store.reading() as reading:
            uids = [each.uid for each in reading.all(Opinion)]
        files = [case_file(self.desk, uid) for uid in uids]
        return Counter(file.state.code for file in files if file is not None)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    clock, home = TickingClock(), tmp_path / "home"
    around = Surroundings(clock, Random(11).randbytes, "甲", tmp_path / "witness")
    monkeypatch.setattr(bootstrap, "surroundings", lambda: around)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(figures_page, "_ask_save", lambda _, name: str(tmp_path / name))
    home.mkdir()
    key, _ = create_keyring(home, PASSPHRASE, random=Random(3).randbytes, cost=Argon2Cost(1, 1, 64))
    store = RecordStore.create(home, key, around, org_code=BEGINNING.code, actor="01")
    set_up(store, BEGINNING)
    with store.writing(reason="花名册") as writing:
        for name, level in (("周桂兰", "county"), ("向光明", "township")):
            person = Person(uid=writing.new_uid(), name=name)
            writing.put(person)
            writing.put(Mandate(uid=writing.new_uid(), person=person.uid, level=level))
        for village in ("长坪村", "卧龙村", "响水村"):
            writing.put(Region(uid=writing.new_uid(), name=village))
        for unit in ("镇水务站", "镇规建站", "镇民政办"):
            writing.put(HandlingUnit(uid=writing.new_uid(), name=unit))
    made = Office(Desk(store, profile_named("national")), clock, home)
    yield made
    store.close()


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    entries = township_entries(App(office.home, office.desk), Keeping(office.desk))
    made = MainWindow(entries, office="石牌镇人大", search=StoreSearch(office.desk), clock=office.clock)
    qtbot.addWidget(made)
    made.setMinimumSize(0, 0)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


# ---- at the door --------------------------------------------------------------------------------


def to_the_words(clerk: Clerk, name: str, village: str, *, persons: str = "") -> Clerk:
    """Name, village and how many came; the focus is in the words then."""
    clerk.say(name).enter(3).pick(village).enter()
    if persons:
        clerk.press(Key.Key_A, held=CTRL).type(persons)
    return clerk.enter(2)


def brief(clerk: Clerk, name: str, village: str, words: str, way: Key = Key.Key_1) -> None:
    """A visit of few words; answered on the spot by one key."""
    to_the_words(clerk, name, village).say(words).enter().press(way).save()


def handed(clerk: Clerk, name: str, village: str, words: str, unit: str, *, persons: str = "") -> None:
    """A visit handed to a unit: the key 2 goes straight to the unit."""
    to_the_words(clerk, name, village, persons=persons).say(words).enter().press(Key.Key_2).pick(unit).save()


def whole(clerk: Clerk) -> None:
    """Every usual field: sex, phone, village, address, 已告知, a unit."""
    clerk.say("田金玉").enter().press(Key.Key_2).enter().type("13912342217").enter()
    clerk.pick("长坪村").say("三组").enter(2).press(Key.Key_2).enter()
    clerk.say("三组饮水管破损，26户断水4天").enter().press(Key.Key_2).pick("水务").save()


def twenty_visits(clerk: Clerk, page: ReceptionPage) -> None:
    """The day; the matters get the numbers 1 to 19 in this order, the joined visit raises none."""
    form, hints = page.panel.form, page.panel.hints
    before = clerk.keys
    whole(clerk)
    assert clerk.keys - before == SIMPLE_VISIT
    handed(clerk, "彭世荣", "卧龙村", "危房改造补助没有到账", "规建")
    # 3: somebody else about the first matter; shown, and joined by one key.
    to_the_words(clerk, "石建国", "长坪村").say("三组饮水管破损，26户断水5天").enter()
    assert hints.alike_words().startswith("可能重复：2026-YJ0001")
    clerk.press(Key.Key_B, held=CTRL).save()
    assert clerk.told().endswith("并入 2026-YJ0001 三组饮水管破损，26户断水4天")
    before = clerk.keys
    brief(clerk, "龙腊梅", "响水村", "问医保异地报销怎么办")
    assert clerk.keys - before == BRIEF_VISIT
    # 5: who was here before is known by name and village, and the rest is taken over.
    clerk.say("田金玉").enter(3).pick("长坪村")
    assert hints.known_words().startswith("第2次来访 · 上次11月20日：三组饮水管破损")
    clerk.press(Key.Key_L, held=CTRL)
    assert form.who.value("phone") == "13912342217" and form.said.row("words").editor.control.hasFocus()
    clerk.say("通村路三组路段塌方，校车绕行").enter().press(Key.Key_2).pick("规建").save()
    # 6: seven people came; the chair looks before it is handed over.
    handed(clerk, "覃春生", "响水村", "征地补偿款没有发放到户", "规建", persons="7")
    assert clerk.told().endswith("拟转镇规建站；集体来访，待主席审阅")
    brief(clerk, "向长青", "卧龙村", "水库坝脚渗水，镇里解决不了", Key.Key_3)
    guided_visits(clerk, page)
    for place in range(6):
        brief(clerk, f"来访人{'甲乙丙丁戊己'[place]}", "卧龙村", f"问第{place + 1}种补贴怎么申请")
    for place, unit in enumerate(("水务", "规建", "民政", "水务")):
        words = ("水渠淤塞", "路灯不亮", "低保没有复核", "水费多收")[place]
        handed(clerk, f"户主{'甲乙丙丁'[place]}", "响水村", f"{words}，盼早日解决", unit)


def guided_visits(clerk: Clerk, page: ReceptionPage) -> None:
    """8: 转信访, told on the spot with its paper; 9: 告知引导; 10: settled by the deputy who receives."""
    to_the_words(clerk, "单大贵", "响水村").say("原村主任优亲厚友，要求上级查处").enter().press(
        Key.Key_0, Key.Key_1
    )
    clerk.say("县信访局").save()
    clerk.press(Key.Key_G, held=CTRL)
    assert "来访事项告知单_2026-GZ0001.docx" in clerk.told()
    to_the_words(clerk, "石大姐", "卧龙村").say("打官司赢了，判决一年没有执行").enter().press(Key.Key_4)
    clerk.say("县人民法院").save()
    to_the_words(clerk, "两家邻居", "长坪村").say("邻里为屋檐滴水吵架").enter().press(Key.Key_0, Key.Key_2)
    elsewhere = page.panel.form.matter.elsewhere
    assert elsewhere.deputy.shown().startswith("周桂兰")
    clerk.say("当场调解，两家商定装雨槽").save()


def the_day(clerk: Clerk, window: MainWindow, qtbot: QtBot) -> ReceptionPage:
    """接待日 by Alt+2, F2 for today; the focus is on the first visitor's name then."""
    clerk.press(Key.Key_2, held=ALT)
    page = page_of(window, "reception", ReceptionPage)
    clerk.press(Key.Key_F2)
    dialog = page.acts.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    clerk.save()
    with qtbot.waitActive(window):
        window.activateWindow()
    assert page.panel.form.who.row("name").editor.control.hasFocus()
    return page


# ---- what becomes of them -----------------------------------------------------------------------


class CaseClerk:
    """意见建议办理 by keys: a number, an act, its sheet."""

    def __init__(self, clerk: Clerk, page: OpinionsPage) -> None:
        self.clerk, self.page = clerk, page

    def settle(self) -> None:
        """Wait until what was read in the background is on the screen."""
        self.page.desk.hub.flush()
        self.clerk.qtbot.waitUntil(lambda: not self.page.desk.reads.busy(), timeout=10_000)

    def act(self, number: int, words: str) -> Clerk:
        """Ctrl+F, the number, Enter, the digit of the act."""
        self.clerk.press(Key.Key_F, held=CTRL).type(f"YJ{number:04d}").enter()
        self.settle()
        self.clerk.qtbot.waitUntil(lambda: self.page.list.shown_count() == 1)
        labels = self.page.detail.act_labels()
        assert words in labels, labels
        self.clerk.type(str(labels.index(words) + 1))
        assert self.page.form is not None
        return self.clerk

    def saved(self) -> None:
        """Ctrl+Enter; the sheet is gone."""
        self.clerk.save()
        assert self.page.form is None, self.page.form.problem()
        self.settle()


def supervised_and_answered(cases: CaseClerk, office: Office) -> None:
    """督办 by letter and by telephone; four papers come; the group's matter goes on after the chair's look."""
    cases.act(5, "主席审阅").say("请规建站抓紧办").enter()
    assert office.file(5).state.code == "chair"
    cases.saved()
    assert office.file(5).state.code in ("routed", "handling")
    cases.act(1, "督办").press(Key.Key_2)
    cases.saved()
    cases.act(2, "督办")
    cases.saved()
    for number, result in ((1, Key.Key_1), (2, Key.Key_2), (4, Key.Key_1), (16, Key.Key_1)):
        # The date of the paper, the class of the result.
        cases.act(number, "登记答复").type("11.25").enter().press(result)
        cases.saved()
        assert office.file(number).state.code == "answered"


def asked_and_done_again(cases: CaseClerk, office: Office) -> None:
    """不满意 opens a round with a clock of its own; answered again, satisfied, closed."""
    cases.act(1, "反馈评价").press(Key.Key_3)
    cases.saved()
    assert (office.file(1).state.code, office.file(1).state.round) == ("redo", 1)
    cases.act(1, "重新交办")
    cases.saved()
    state = office.file(1).state
    assert state.code == "rehandling"
    assert state.handling_due == office.desk.profile.limit(office.desk.today(), office.desk.profile.redo)
    cases.act(1, "登记答复").say("今天").enter().press(Key.Key_1)
    cases.saved()
    for number in (1, 2, 4):
        cases.act(number, "反馈评价").press(Key.Key_1 if number != 2 else Key.Key_2)
        cases.saved()
        assert office.file(number).state.code == "closed"
    assert [event.act for event in office.file(1).events if event.act != "来访"] == [
        "登记", "分流", "交办", "答复", "督办", "反馈", "交办", "答复", "反馈",
    ]  # fmt: skip


# ---- the same figures everywhere ----------------------------------------------------------------


def figures_of_the_page(clerk: Clerk, window: MainWindow, qtbot: QtBot) -> FiguresPage:
    """统计 by Alt+0; it shows the last month that is over."""
    clerk.press(Key.Key_0, held=ALT)
    page = page_of(window, "figures", FiguresPage)
    qtbot.waitUntil(lambda: page.sheet() is not None and not window.reads.busy(), timeout=10_000)
    return page


def in_the_return(path: Path) -> dict[str, object]:
    """Key → value of the Excel return, by the names its figures have."""
    book = openpyxl.load_workbook(path)
    found: dict[str, object] = {}
    for name, defined in book.defined_names.items():
        for sheet, cell in defined.destinations:
            found[name.removeprefix("figure_")] = book[sheet][cell.replace("$", "")].value
    return found


def on_the_page(page: FiguresPage) -> dict[str, str]:
    """Key → what the page shows."""
    model = page.figures.model
    return {model.key_at(row): model.cells(row)[1] for row in range(model.rowCount())}


def test_twenty_visits_from_the_door_to_the_return(
    qtbot: QtBot, office: Office, window: MainWindow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk = Clerk(qtbot, window)
    page = the_day(clerk, window, qtbot)
    twenty_visits(clerk, page)
    with office.desk.store.reading() as reading:
        contacts = reading.all(Contact, order=Order("number"))
        assert len(contacts) == 20 and {each.day for each in contacts} == {DAY}
        assert len(reading.all(Opinion)) == 19 and reading.drafts() == []
        ways = Counter(each.route for each in reading.all(Routing))
        assert len(reading.all(Deed)) == 1 and len(reading.all(Telling)) == 2
    assert ways == {
        "assigned": 8, "answered_on_spot": 7, "to_county": 1, "to_petition": 1, "guided": 1, "deputy_solved": 1,
    }  # fmt: skip
    assert page.counts.text() == "已接待20批26人次 · 意见19条 · 当场答复7条"
    clerk.press(Key.Key_4, held=ALT)
    cases = CaseClerk(clerk, page_of(window, "opinions", OpinionsPage))
    cases.settle()
    office.clock.morning_of(date(2026, 11, 26))
    supervised_and_answered(cases, office)
    office.clock.morning_of(date(2026, 11, 29))
    asked_and_done_again(cases, office)
    with office.desk.store.reading() as reading:
        means = Counter((each.means, bool(each.number)) for each in reading.all(Supervision))
    assert means == {("letter", True): 1, ("phone", False): 1}

    office.clock.morning_of(date(2026, 12, 3))
    shown = figures_of_the_page(clerk, window, qtbot)
    sheet = shown.sheet()
    assert sheet is not None and sheet.told.period.code == "2026-11"
    told = sheet.told
    assert {key: told[key].value for key in ("opinions", "answered_on_spot", "assigned", "redone", "deeds")} == {
        "opinions": 19, "answered_on_spot": 7, "assigned": 8, "redone": 1, "deeds": 1,
    }  # fmt: skip
    assert told["received_persons"].value == 26 and told.reconciliation.difference == 0
    clerk.press(Key.Key_F2)
    written = in_the_return(tmp_path / "月报表_2026年11月.xlsx")
    values = {key: return_value(told[key]) for key in columns_of(told.period)}
    assert {key: written[key] for key in values} == {
        key: "—" if value is None else value for key, value in values.items()
    }
    seen = on_the_page(shown)
    assert len(seen) > 20 and seen == {key: amount(told[key]) for key in seen}
    capsys.readouterr()
    assert run(["--home", str(office.home), "--json", "figures", "--period", "2026-11"]) == 0
    lines = {line["name"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    for figure in told.all:
        line = lines[figure.key]
        assert (line["shown"], line["uids"]) == (figure.shown, list(figure.uids)), figure.key
